/** sonect.md 1, 2.1 and 2.5: what nobody may learn, from an answer, from what answering takes, from the table or from a log. */
import { describe, expect, test } from "vitest";
import { keyIn } from "#store/item";
import { kindOf } from "#store/table";
import type { Store } from "#store/write";
import type { Answered } from "../../support/desk.ts";
import {
  A,
  ANN,
  B,
  basicOf,
  codeIn,
  openPartnership,
  type Partnership,
  SHOWN_UPSTREAM,
  signIn,
  tokenIn,
  UPSTREAM,
  VAT,
} from "../../support/partnership.ts";
import { SIGNING_KEY } from "../../support/ports.ts";
import type { Twin } from "../../support/twin.ts";
import { said } from "./replies.ts";

/** A partnership, and what is done to its table, by kind. */
const watched = async () => {
  const done: string[] = [];
  const replace = (twin: Twin): Store => ({
    ...twin,
    read: (keys) => {
      done.push(`read ${keys.map(kindOf).join(" ")}`);
      return twin.read(keys);
    },
    readEach: (keys) => {
      done.push(`read ${keys.map(kindOf).join(" ")}`);
      return twin.readEach(keys);
    },
    commit: (writes, token) => {
      done.push(`commit ${writes.map(({ kind, key }) => `${kind} ${kindOf(key)}`).join(" ")}`);
      return twin.commit(writes, token);
    },
  });
  return { partnership: await openPartnership({ replace }), done };
};

type Ask = (partnership: Partnership) => Promise<Answered>;

/** What a call says, headers too, and what it does, where everybody exists who can. */
const lookAt = async (ask: Ask) => {
  const { partnership, done } = await watched();
  await partnership.createUser(ANN, A);
  await partnership.checkIn(undefined, A);
  await partnership.exists({}, B);
  done.length = 0;
  return { answered: await ask(partnership), done };
};

const asked =
  (id: string, idType: string, userType: string): Ask =>
  ({ exists }) =>
    exists({ id, idType, userType }, B);
const checkedIn =
  (referenceId: string): Ask =>
  ({ checkIn }) =>
    checkIn({ referenceId, additionalData: { userId: 7 } }, B);

describe("of another partner's party one learns nothing", () => {
  test.each([
    ["user by its reference", asked(ANN.referenceId, "id", "user"), asked("nobody", "id", "user")],
    ["user by its phone number", asked(ANN.phone, "phone", "user"), asked("+41790000099", "phone", "user")],
    ["shop by its reference", asked("shop-1", "id", "atm"), asked("shop-2", "id", "atm")],
    ["shop by its VAT number", asked(VAT, "vat", "atm"), asked("CHE987654321", "vat", "atm")],
    ["cashier by its reference", asked("cashier-1", "id", "worker"), asked("cashier-2", "id", "worker")],
    ["user by a check-in", checkedIn(ANN.referenceId), checkedIn("nobody")],
  ])("sonect #4: a %s is as unknown as nobody's, and looked for alike", async (_, foreign, unknown) => {
    const [seen, nobody] = [await lookAt(foreign), await lookAt(unknown)];
    expect(seen).toEqual(nobody);
    expect(seen.done.filter((act) => act.startsWith("read"))).toHaveLength(1);
  });

  test("whether a client is there, the answer does not tell", async () => {
    const ask =
      (clientId: string): Ask =>
      ({ call }) =>
        call("POST /v7/exists", { body: "{}", headers: basicOf({ clientId, clientSecret: "wrong" }) });
    const [known, unknown] = [await lookAt(ask(A.clientId)), await lookAt(ask("nobody"))];
    expect(known.answered).toEqual(unknown.answered);
  });

  test("whether a code was ever one, neither", async () => {
    const { partnership } = await watched();
    const { code } = await signIn(partnership);
    const answers = [await partnership.openSession(code), await partnership.openSession("A".repeat(43))];
    expect(answers.map(said)).toEqual(Array(2).fill('401 {"error":"invalid_code"}'));
  });
});

describe("what stays unsaid", () => {
  /** Everything is done once, well and badly, and upstream is asked. */
  const doEverything = async () => {
    const url = "https://sonect.example.com/?jwt=upstream-token";
    const sent: string[] = [];
    const partnership = await openPartnership({
      post: async ({ body, headers }) => {
        sent.push(body, JSON.stringify(headers));
        return body.includes("down")
          ? { connected: true, why: "ECONNRESET" }
          : { status: 200, body: `{"payload":{"checkinUrl":"${url}"}}` };
      },
    });
    const { createUser, exists, checkIn, openSession, showMe } = partnership;
    const data = { additionalData: { userId: 31_415_926, note: "the note of the bank" } };
    const { code, token } = await signIn(partnership);
    await createUser({ ...ANN, lastName: "Other" });
    await createUser({ ...ANN, referenceId: "another" });
    await createUser({ ...ANN, phone: 7 });
    await exists({ id: ANN.phone, idType: "phone", userType: "user" });
    const fresh = codeIn(await checkIn({ referenceId: ANN.referenceId, ...data }));
    await checkIn({ referenceId: ANN.referenceId, ...data }, UPSTREAM);
    await checkIn({ referenceId: "down", ...data }, UPSTREAM);
    await exists({}, { ...A, clientSecret: "a-wrong-secret" });
    await openSession(code);
    await showMe(token);
    await showMe(`${token}x`);
    const more = tokenIn(await openSession(fresh));
    const { pepper } = await partnership.world.ports.secrets();
    const secrets = [
      ...[code, fresh, token, more, url, "upstream-token", "the note of the bank", "a-wrong-secret"],
      ...[A, B, UPSTREAM, SHOWN_UPSTREAM].map(({ clientSecret }) => clientSecret),
      ...[
        basicOf(A).authorization.slice(6),
        "fedcba9876543210".repeat(4),
        SIGNING_KEY.d,
        Buffer.from(pepper).toString(),
      ],
    ];
    return { partnership, secrets, sent };
  };
  const printed = (value: unknown): string =>
    JSON.stringify(value, (_, each) => (typeof each === "bigint" ? String(each) : each));
  const saidIn = (text: string, words: readonly string[]) => words.filter((word) => text.includes(word));

  test("codes, tokens, secrets and what was kept with a check-in stand nowhere in the table", async () => {
    const { partnership, secrets } = await doEverything();
    expect(saidIn(printed(partnership.world.twin.items()), secrets)).toEqual([]);
  });

  test("personal data stands in no key", async () => {
    const { partnership } = await doEverything();
    const keys = partnership.world.twin.items().map((item) => printed(keyIn(item)));
    const personal = [...Object.values(ANN), VAT, "31415926", "shop-1", "cashier-1", A.clientId];
    expect(saidIn(keys.join("\n"), personal)).toEqual([]);
    expect(keys.filter((key) => !/^\{"pk":"[\w-]+#\w+#(?:partner#)?[\w-]+","sk":"\w+"\}$/.test(key))).toEqual([]);
  });

  test("nothing of either is logged or counted; a creation is known by the user's id", async () => {
    const { partnership, secrets } = await doEverything();
    const { logs, counts } = partnership.world.telemetry;
    const personal = [ANN.referenceId, "Ann", "Meier", ANN.email, ANN.phone, VAT, "31415926"];
    expect(saidIn(printed([logs, counts]), [...secrets, ...personal])).toEqual([]);
    expect(logs.filter(({ fields }) => fields.fault !== undefined)).toEqual([]);
    expect(logs[0]?.fields).toMatchObject({ endpoint: "partner/createUser", tenant: A.tenant, status: 200 });
    expect(logs[0]?.fields.subject).toMatch(/^usr_/);
  });

  test("upstream hears the reference, the data and what we show there, and nothing of ours", async () => {
    const { sent } = await doEverything();
    expect(sent[0]).toBe(
      `{"referenceId":"${ANN.referenceId}","additionalData":{"userId":31415926,"note":"the note of the bank"}}`,
    );
    expect(saidIn(sent.join("\n"), [A.clientSecret, UPSTREAM.clientSecret, UPSTREAM.clientId])).toEqual([]);
    expect(sent[1]).toContain(basicOf(SHOWN_UPSTREAM).authorization);
  });

  test("a fault says nothing but that there was one", async () => {
    const { partnership } = await watched();
    Object.assign(partnership.world.ports, {
      secrets: async () => {
        throw new Error("the pepper is pepper");
      },
    });
    const answers = [
      await partnership.exists({}),
      await partnership.createUser(),
      await partnership.checkIn(),
      await partnership.openSession("x"),
      await partnership.showMe("x"),
    ];
    expect(answers.map(said)).toEqual([
      '500 {"result":-1,"payload":{"result":-1}}',
      '500 {"result":-1,"payload":{"result":-1}}',
      '500 {"result":-1,"payload":{"result":-1,"checkInUrl":null}}',
      '500 {"error":"server_error"}',
      '500 {"error":"server_error"}',
    ]);
  });
});
