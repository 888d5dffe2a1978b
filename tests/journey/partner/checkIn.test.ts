/** sonect.md 2.5 and 8, rows 15, 16 and 18-21: a check-in that we make ourselves, and the exchange of its code. */
import { describe, expect, test } from "vitest";
import { unseal } from "#kernel/seal";
import { SECOND_MS } from "#kernel/time";
import { revokeSession } from "#partner/checkin.item";
import { keyIn } from "#store/item";
import { idOf } from "#store/table";
import { takeCensus } from "../../support/census.ts";
import {
  A,
  ANN,
  B,
  codeIn,
  itemsOf,
  openPartnership,
  type Partnership,
  signIn,
  tokenIn,
  WEB_SDK,
} from "../../support/partnership.ts";
import { P6, P7, P9, P10, said, sdkError } from "./replies.ts";

const hers = { referenceId: ANN.referenceId };
const bea = { ...ANN, referenceId: "bank-user-43", email: "bea@example.com", phone: "+41790000043" };
const invalidCode = `401 ${sdkError("invalid_code")}`;

const withAnn = async (): Promise<Partnership> => {
  const partnership = await openPartnership();
  await partnership.createUser();
  return partnership;
};

/** The bank's numbers that users are linked to, by their references. */
const linksOf = (partnership: Partnership) =>
  Object.fromEntries(
    itemsOf(partnership, "user")
      .filter(({ bankUserId }) => bankUserId !== undefined)
      .map(({ reference, bankUserId }) => [reference, bankUserId]),
  );

describe("a check-in", () => {
  test("sonect #15: gives a code that is exchanged for a session, once", async () => {
    const { checkIn, openSession, showMe } = await withAnn();
    const checkedIn = await checkIn();
    const code = codeIn(checkedIn);
    expect(said(checkedIn)).toBe(`200 ${P6(`${WEB_SDK}/#c=${code}`)}`);
    const session = await openSession(code);
    expect(said(session)).toBe(`200 {"accessToken":"${tokenIn(session)}","tokenType":"Bearer","expiresIn":1800}`);
    expect((await showMe(tokenIn(session))).status).toBe(200);
    expect(said(await openSession(code))).toBe(invalidCode);
  });

  test("leads to a web SDK whose address has a path", async () => {
    const { change, checkIn } = await withAnn();
    await change(A, { checkin: { mode: "local", webSdk: "https://bank.example.com/cash/sdk" } });
    expect(codeIn(await checkIn())).toHaveLength(43);
    expect((await checkIn()).body).toContain('"https://bank.example.com/cash/sdk/#c=');
  });

  test("has a code of its own each time, and each is good", async () => {
    const { checkIn, openSession } = await withAnn();
    const codes = [codeIn(await checkIn()), codeIn(await checkIn())];
    expect(new Set(codes).size).toBe(2);
    for (const code of codes) expect((await openSession(code)).status).toBe(200);
  });

  test("sonect #18: of an unknown user, or of another partner's, says the same", async () => {
    const { checkIn } = await withAnn();
    expect(said(await checkIn({ referenceId: "nobody" }))).toBe(`400 ${P7}`);
    expect(said(await checkIn(hers, B))).toBe(`400 ${P7}`);
    // Shops and cashiers have no web SDK.
    expect(said(await checkIn({ referenceId: "shop-1" }))).toBe(`400 ${P7}`);
    expect(said(await checkIn({ referenceId: "nobody", additionalData: { userId: 7 } }))).toBe(`400 ${P7}`);
  });

  const brim = { more: "" };
  const bytes = (total: number) => ({ more: "x".repeat(total - JSON.stringify(brim).length) });
  test.each([
    ["of 4,097 bytes", bytes(4_097)],
    ["of 4,097 bytes in fewer characters", { more: `é${"x".repeat(4_097 - JSON.stringify(brim).length - 2)}` }],
    ["in a list", [{ userId: 7 }]],
    ["that is text", "userId=7"],
    ["that is a number", 7],
    ["with the userId as text", { userId: "7" }],
    ["with a userId of 0", { userId: 0 }],
    ["with a fraction of a userId", { userId: 7.5 }],
    ["with a userId above 2^53-1", '{"referenceId":"bank-user-42","additionalData":{"userId":9007199254740992}}'],
    ["with a userId in exponent notation", '{"referenceId":"bank-user-42","additionalData":{"userId":7e0}}'],
    ["with a userId in a list", { userId: [7] }],
  ])("sonect #19: takes no data %s", async (_, data) => {
    const partnership = await withAnn();
    const body = typeof data === "string" && data.startsWith("{") ? data : { ...hers, additionalData: data };
    expect(said(await partnership.checkIn(body))).toBe(`400 ${P9}`);
    expect([linksOf(partnership), itemsOf(partnership, "checkin")]).toEqual([{}, []]);
  });

  test.each([
    ["4,096 bytes", bytes(4_096)],
    ["nothing", {}],
    ["null", null],
    ["a blank", " "],
    ["null for a userId", { userId: null }],
    ["the largest userId", { userId: 2 ** 53 - 1 }],
    ["whatever the bank likes", { theme: "dark", nested: [{ deep: [1e2, true, null, "ü"] }], constructor: "x" }],
  ])("sonect #19: takes %s", async (_, data) => {
    const { checkIn } = await withAnn();
    expect((await checkIn({ ...hers, additionalData: data })).status).toBe(200);
  });

  test.each([{}, { referenceId: null }, { referenceId: "" }, { referenceId: 42 }, { referenceId: "bank user" }])(
    "asks for a reference: not %j",
    async (body) => {
      const { checkIn } = await withAnn();
      expect(said(await checkIn(body))).toBe(`400 ${P9}`);
    },
  );

  test("keeps its data sealed, compact and as it was spelt", async () => {
    const partnership = await withAnn();
    await partnership.checkIn('{"referenceId":"bank-user-42", "additionalData": { "amount" : 50.00, "for": "Ä" } }');
    const [item] = itemsOf(partnership, "checkin");
    const { seal } = await partnership.world.ports.secrets();
    if (item === undefined) throw new Error("there is no check-in");
    expect(unseal(seal, { ...keyIn(item), field: "data" }, String(item.data))).toBe('{"amount":50.00,"for":"Ä"}');
    expect(item.ttl).toBe(BigInt(Date.UTC(2026, 10, 26, 8, 5) / SECOND_MS));
  });

  test("sonect #20: links a user to one bank customer, and stays with it", async () => {
    const partnership = await withAnn();
    const { checkIn, createUser } = partnership;
    expect((await checkIn({ ...hers, additionalData: { userId: 7 } })).status).toBe(200);
    expect(said(await checkIn({ ...hers, additionalData: { userId: 8 } }))).toBe(`403 ${P10}`);
    expect(linksOf(partnership)).toEqual({ [ANN.referenceId]: 7n });
    for (const wish of [hers, { ...hers, additionalData: { userId: 7 } }])
      expect((await checkIn(wish)).status).toBe(200);
    await createUser(bea);
    // The other way round, and of another partner.
    expect(said(await checkIn({ referenceId: bea.referenceId, additionalData: { userId: 7 } }))).toBe(`403 ${P10}`);
    await createUser(ANN, B);
    expect((await checkIn({ ...hers, additionalData: { userId: 7 } }, B)).status).toBe(200);
    takeCensus(partnership);
    expect(itemsOf(partnership, "checkin")).toHaveLength(4);
  });

  test.each([
    ["the same customer", [7, 7, 7], [200, 200, 200]],
    ["two customers", [7, 8], [200, 403]],
  ])("sonect #20: that are made at once and link %s", async (_, userIds, expected) => {
    const partnership = await withAnn();
    const answers = await Promise.all(
      userIds.map((userId) => partnership.checkIn({ ...hers, additionalData: { userId } })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual(expected);
    takeCensus(partnership);
  });

  test("sonect #20: that are made at once by two users and link one customer", async () => {
    const partnership = await withAnn();
    await partnership.createUser(bea);
    const answers = await Promise.all(
      [ANN, bea].map(({ referenceId }) => partnership.checkIn({ referenceId, additionalData: { userId: 7 } })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 403]);
    expect(Object.values(linksOf(partnership))).toEqual([7n]);
    takeCensus(partnership);
  });

  test("sonect #21: of a blocked user says so, and gives a URL that can be read with", async () => {
    const { checkIn, changeUser, openSession, showMe } = await withAnn();
    await changeUser(ANN.referenceId, { status: "blocked" });
    const checkedIn = await checkIn();
    const code = codeIn(checkedIn);
    expect(said(checkedIn)).toBe(`200 ${P6(`${WEB_SDK}/#c=${code}`, "blocked")}`);
    const me = await showMe(tokenIn(await openSession(code)));
    expect([me.status, JSON.parse(me.body).status]).toEqual([200, "blocked"]);
  });
});

describe("a code", () => {
  const exchangedAfter = async (ms: number) => {
    const { checkIn, openSession, world } = await withAnn();
    const code = codeIn(await checkIn());
    world.clock.advance(ms);
    return said(await openSession(code));
  };

  test("sonect #16: of 301 seconds is refused like a used one", async () => {
    expect(await exchangedAfter(301 * SECOND_MS)).toBe(invalidCode);
  });

  test("is good until the instant that the check-in told, and not at it", async () => {
    expect(await exchangedAfter(300 * SECOND_MS - 1)).toMatch(/^200 /);
    expect(await exchangedAfter(300 * SECOND_MS)).toBe(invalidCode);
  });

  test("that two exchange at once is one's", async () => {
    const { checkIn, openSession } = await withAnn();
    const code = codeIn(await checkIn());
    const answers = await Promise.all([openSession(code), openSession(code), openSession(code)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401]);
  });

  test.each(["x", "0".repeat(43), "A".repeat(128), "ü🙂", "../../etc"])(
    "of nobody's is refused like a used one: %s",
    async (code) => {
      const { openSession } = await openPartnership();
      expect(said(await openSession(code))).toBe(invalidCode);
    },
  );

  test.each([
    "{}",
    "[]",
    "",
    '{"code":7}',
    '{"code":null}',
    '{"code":""}',
    '{"code":" "}',
    `{"code":"${"x".repeat(129)}"}`,
  ])("is asked for in an object: not %s", async (body) => {
    const { call } = await openPartnership();
    const answered = await call("POST /sdk/v1/session", { body });
    expect(said(answered)).toBe(`400 ${sdkError("invalid_request")}`);
  });

  test("of a partner that was suspended meanwhile is refused, and of one that may not check in any more is not", async () => {
    const suspended = await withAnn();
    const first = codeIn(await suspended.checkIn());
    await suspended.change(A, { state: "suspended" });
    expect(said(await suspended.openSession(first))).toBe(invalidCode);
    const other = await withAnn();
    const second = codeIn(await other.checkIn());
    await other.change(A, { calls: [] });
    expect((await other.openSession(second)).status).toBe(200);
  });

  test("whose check-in was revoked is refused", async () => {
    const { checkIn, openSession, world } = await withAnn();
    const code = codeIn(await checkIn());
    const [checkin] = world.twin.items().filter(({ sk }) => sk === "checkin");
    if (checkin === undefined) throw new Error("there is no check-in");
    await world.twin.commit([revokeSession({ id: idOf(keyIn(checkin)) }, world.clock.nowMs)], "revoke");
    expect(said(await openSession(code))).toBe(invalidCode);
  });

  test("is used up by its session, which is kept a day longer than it lives", async () => {
    const partnership = await openPartnership();
    await signIn(partnership);
    const [item] = itemsOf(partnership, "checkin");
    expect(item?.ttl).toBe(BigInt(Date.UTC(2026, 10, 26, 8, 30) / SECOND_MS));
  });
});
