/** sonect.md 2.1 and 8, rows 1, 2 and 7: who may call the partner API, and what is no request at all. */
import { describe, expect, test } from "vitest";
import { SECOND_MS } from "#kernel/time";
import { calls } from "#partner/partner";
import { openUser } from "#partner/user.item";
import { clientOf, digestOfSecret, dropPrevious, keyOfClient, rotateClient } from "#party/client";
import type { Store, Write } from "#store/write";
import { A, ANN, B, basicOf, openPartnership, type Partnership } from "../../support/partnership.ts";
import { PEPPER } from "../../support/ports.ts";
import type { Twin } from "../../support/twin.ts";
import { P1, P5, P8, P9, P10, said } from "./replies.ts";

const routes = ["POST /v7/exists", "POST /v7/user", "POST /v7/user/create", "POST /v7/partnerCheckin"];
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString("base64");
const right = `${A.clientId}:${A.clientSecret}`;
const ann = {
  tenant: A.tenant,
  type: "user",
  id: "usr_00000000000000000000000042",
  reference: ANN.referenceId,
  status: "active",
  sessionsFromMs: 0,
  createdAtMs: 0,
} as const;
const hers = { id: ANN.referenceId, idType: "id", userType: "user" };

describe.each(routes)("%s", (route) => {
  const ask = async (headers: Readonly<Record<string, string>>, body: string | Uint8Array = "{}") =>
    (await openPartnership()).call(route, { headers, body });

  test.each([
    ["nothing", {}],
    ["an empty header", { authorization: "" }],
    ["another scheme", { authorization: `Bearer ${base64(right)}` }],
    ["no credentials", { authorization: "Basic " }],
    ["no colon", { authorization: `Basic ${base64(A.clientId)}` }],
    ["a wrong secret", basicOf({ ...A, clientSecret: B.clientSecret })],
    ["a secret cut short", basicOf({ ...A, clientSecret: A.clientSecret.slice(0, -1) })],
    ["no secret", basicOf({ ...A, clientSecret: "" })],
    ["an unknown client", basicOf({ ...A, clientId: "00000000-0000-4000-8000-000000000000" })],
    ["no client", basicOf({ ...A, clientId: "" })],
    ["a client with a blank behind", basicOf({ ...A, clientId: `${A.clientId} ` })],
    ["bytes that are no UTF-8", { authorization: `Basic ${base64(Uint8Array.of(0xff, 0x3a, 0xfe))}` }],
    ["base64 without its padding", { authorization: `Basic ${base64(right).replace(/=+$/, "")}` }],
    ["base64url", { authorization: `Basic ${Buffer.from(`${A.clientId}:>>??`).toString("base64url")}` }],
    ["too much", { authorization: `Basic ${base64(`${right}${" ".repeat(1_000)}`)}` }],
    ["two headers in one", { authorization: `Basic ${base64(right)}, Basic ${base64(right)}` }],
  ])("sonect #1: who shows %s is unauthorized", async (_, headers) => {
    const answered = await ask(headers, "not even JSON");
    expect(said(answered)).toBe(`401 ${P10}`);
    expect(answered.headers).toMatchObject({
      "www-authenticate": 'Basic realm="tillgate", charset="UTF-8"',
      "content-type": "application/json",
      "cache-control": "no-store",
    });
  });

  test.each([
    ["in lower case", { authorization: `basic ${base64(right)}` }],
    ["with spaces around", { authorization: ` Basic  ${base64(right)} ` }],
  ])("knows a client that shows its credentials %s", async (_, headers) => {
    expect(said(await ask(headers))).toBe(`400 ${P9}`);
  });

  test.each([
    ["32,769 bytes", {}, JSON.stringify({ ...ANN, more: "" }).replace('""', `"${"x".repeat(32_769)}"`)],
    ["text/plain", { "content-type": "text/plain" }, JSON.stringify(ANN)],
    ["an array", {}, "[]"],
    ["null", {}, "null"],
    ["nothing", {}, ""],
    ["half an object", {}, '{"referenceId":'],
    ["a repeated name", {}, '{"referenceId":"a","referenceId":"a"}'],
    ["bytes that are no UTF-8", {}, Uint8Array.of(0x7b, 0xff, 0x7d)],
  ])("sonect #7: %s is no request", async (_, headers, body) => {
    expect(said(await ask({ ...basicOf(A), ...headers }, body))).toBe(`400 ${P9}`);
  });
});

test("sonect #7: a body of 32,768 bytes is one", async () => {
  const { call } = await openPartnership();
  const empty = JSON.stringify({ ...hers, more: "" });
  const body = empty.replace('""', `"${"x".repeat(32_768 - empty.length)}"`);
  expect(Buffer.byteLength(body)).toBe(32_768);
  expect(said(await call("POST /v7/exists", { body, headers: basicOf(A) }))).toBe(`200 ${P1(false)}`);
});

describe("a partner", () => {
  const answersOf = async ({ exists, createUser, checkIn }: Partnership) =>
    [await exists(hers), await createUser(), await checkIn()].map(said);
  const forbidden = [`403 ${P10}`, `403 ${P5}`, `403 ${P10}`];

  test("sonect #2: that is suspended may not call, whatever it says", async () => {
    const partnership = await openPartnership();
    await partnership.change(A, { state: "suspended" });
    expect(await answersOf(partnership)).toEqual(forbidden);
    expect(said(await partnership.createUser("no JSON"))).toBe(`403 ${P5}`);
    // Its operator finds whom this happens to.
    expect(partnership.world.telemetry.logs.at(-1)?.fields).toMatchObject({ tenant: A.tenant, refusal: "FORBIDDEN" });
    expect(said(await partnership.exists({ ...hers }, { ...A, clientSecret: "wrong" }))).toBe(`401 ${P10}`);
    await partnership.change(A, { state: "active" });
    expect(said(await partnership.exists(hers))).toBe(`200 ${P1(false)}`);
  });

  test.each(calls.map((call, nth) => [call, nth] as const))(
    "may not make a call that is not enabled: %s",
    async (call, nth) => {
      const partnership = await openPartnership();
      await partnership.change(A, { calls: calls.filter((each) => each !== call) });
      const answers = await answersOf(partnership);
      expect(answers[nth]).toBe(forbidden[nth]);
      expect(answers.filter((answer) => answer.startsWith("403"))).toHaveLength(1);
    },
  );

  test("may say what nobody asks for", async () => {
    const { exists } = await openPartnership();
    expect(said(await exists({ ...hers, unheard: [{ of: null }] }))).toBe(`200 ${P1(false)}`);
  });
});

test("whoever meets a table over its rate is told to come back, in the call's own shape", async () => {
  const throttled = (twin: Twin): Store => ({
    ...twin,
    commit: async () => ({ done: false, otherwise: "throttled" }),
  });
  const { createUser, checkIn, world } = await openPartnership({ replace: throttled });
  const busy = await createUser();
  expect([said(busy), busy.headers["retry-after"]]).toEqual([`500 ${P9}`, "1"]);
  await world.twin.commit(openUser({ ...ann, person: ANN }, PEPPER, {}), "ann");
  const again = await checkIn();
  expect([said(again), again.headers["retry-after"]]).toEqual([`500 ${P8}`, "1"]);
});

describe("a client's secret", () => {
  const withSecrets = async () => {
    const partnership = await openPartnership();
    const { twin, clock, ports } = partnership.world;
    const change = async (by: (client: ReturnType<typeof clientOf>) => Write) => {
      const [item] = await twin.read([keyOfClient({ protocol: "partner", id: A.clientId })]);
      if (item === undefined) throw new Error("there is no client");
      expect(await twin.commit([by(clientOf("partner", item))], ports.ids.uuid())).toMatchObject({ done: true });
    };
    const rotate = (secret: string) =>
      change((client) => rotateClient(client, digestOfSecret(PEPPER, "partner", A.clientId, secret)));
    const isGood = async (clientSecret: string): Promise<boolean> =>
      (await partnership.exists(hers, { ...A, clientSecret })).status === 200;
    return { rotate, drop: () => change(dropPrevious), isGood, advance: clock.advance, partnership };
  };

  test("lives on beside the next one, until the one after that", async () => {
    const { rotate, isGood, advance } = await withSecrets();
    await rotate("second");
    advance(1_001);
    expect([await isGood(A.clientSecret), await isGood("second")]).toEqual([true, true]);
    await rotate("third");
    advance(1_001);
    expect([await isGood(A.clientSecret), await isGood("second"), await isGood("third")]).toEqual([false, true, true]);
  });

  test("dies at once where the rotation is ended", async () => {
    const { rotate, drop, isGood, advance } = await withSecrets();
    await rotate("second");
    await drop();
    advance(1_001);
    expect([await isGood(A.clientSecret), await isGood("second")]).toEqual([false, true]);
  });

  test("is known as long as settings are remembered, and no longer; a new one at once", async () => {
    const { rotate, drop, isGood, advance } = await withSecrets();
    expect(await isGood(A.clientSecret)).toBe(true);
    await rotate("second");
    await drop();
    expect([await isGood(A.clientSecret), await isGood("second")]).toEqual([true, true]);
    advance(SECOND_MS);
    expect([await isGood(A.clientSecret), await isGood("second")]).toEqual([false, true]);
  });

  test("opens no other client", async () => {
    const { partnership } = await withSecrets();
    expect(said(await partnership.createUser(ANN, { ...B, clientSecret: A.clientSecret }))).toBe(`401 ${P10}`);
    expect(said(await partnership.createUser(ANN, B))).toMatch(/^200 \{"result":0/);
  });

  test("is proven after a colon of the secret's own, too", async () => {
    const { rotate, isGood, advance } = await withSecrets();
    await rotate("a:b:ü🙂");
    advance(1_001);
    expect([await isGood("a:b:ü🙂"), await isGood("a")]).toEqual([true, false]);
  });
});
