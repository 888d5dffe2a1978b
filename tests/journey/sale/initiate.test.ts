/** sbc.md 4.1, 4.2: access tokens, and sales that they begin. */
import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time";
import { A, B, type Body, basicOf, type Checkout, type Json, openCheckout } from "../../support/checkout.ts";
import { NOW_MS } from "../../support/ports.ts";
import {
  begin,
  begunIn,
  initiation,
  itemsOf,
  malformed,
  REFUSED,
  SERIAL,
  said,
  seenBy,
  stateOf,
  tokenIn,
} from "../../support/sale.ts";

const printed = (value: unknown): string =>
  JSON.stringify(value, (_, each) => (typeof each === "bigint" ? String(each) : each));

const invalid = (paths: string) => malformed("40002", `Invalid: ${paths}`);
const unaccepted = malformed("40003", "Currency not accepted: transaction.currency");
const unrepresentable = malformed("40004", "Not representable: transaction.amountCentis");
const badKey = malformed("40005", "Invalid: Idempotency-Key");
const notAnObject = malformed("40001", "Body is not a JSON object");

const giveToken = async ({ requestToken }: Checkout, device?: Json): Promise<string> =>
  tokenIn(await requestToken({ consumer: { id: "c-42", ...(device && { device }) } }));

describe("an access token", () => {
  test("sbc #1: is 64 letters and digits, lives for half an hour, and is stored nowhere", async () => {
    const checkout = await openCheckout();
    const answered = await checkout.requestToken();
    const token = tokenIn(answered);
    expect(token).toMatch(/^[0-9A-Za-z]{64}$/);
    expect(said(answered)).toBe(
      `200 {"session":{"accessToken":"${token}","expiresAt":"${new Date(NOW_MS + 30 * MINUTE_MS).toISOString()}"}}`,
    );
    expect(answered.headers).toMatchObject({ "cache-control": "no-store", "x-request-id": expect.any(String) });
    expect(printed(checkout.world.twin.items())).not.toContain(token);
    expect(itemsOf(checkout, "saleToken")).toHaveLength(1);
  });

  test("sbc #2: is nobody's without the merchant's credentials, nor is a sale; another's is as unknown as none", async () => {
    const checkout = await openCheckout();
    const { invoiceId } = await begin(checkout);
    const body = '{"consumer":{"id":"c-42"}}';
    const shown = [{}, basicOf({ ...A, clientSecret: "wrong" }), basicOf({ ...A, clientId: "nobody" })];
    const answers = [
      ...(await Promise.all(
        shown.map((headers) => checkout.call("POST /auth/request-access-token", { body, headers })),
      )),
      ...(await Promise.all(shown.map((headers) => checkout.call(`GET /sale/${invoiceId}`, { headers })))),
      await checkout.getSale(invoiceId, B),
      await checkout.getSale("nothing"),
    ];
    expect(answers.map(said)).toEqual(answers.map(() => REFUSED));
  });

  test.each([
    ['{"consumer":{"id":""}}', "consumer.id"],
    [`{"consumer":{"id":"${"x".repeat(129)}"}}`, "consumer.id"],
    ['{"consumer":{"id":"c","email":"ab"}}', "consumer.email"],
    ['{"consumer":{"id":"c","device":{}}}', "consumer.device.serialNumber"],
    ['{"consumer":{"id":7,"email":7,"device":7}}', "consumer.device, consumer.email, consumer.id"],
    ['{"consumer":null}', "consumer"],
    ["{}", "consumer"],
  ])("is not given for %s", async (body, paths) => {
    const { requestToken } = await openCheckout();
    expect(said(await requestToken(body))).toBe(invalid(paths));
  });

  test("is given where what may be missing is null, and whatever else is said", async () => {
    const { requestToken } = await openCheckout();
    const body = '{"consumer":{"id":" c ","email":null,"device":null,"name":"Ann"},"more":[]}';
    expect((await requestToken(body)).status).toBe(200);
  });
});

describe("a sale", () => {
  test("sbc #3: is signed and begun on the device of the token's first, and on no other", async () => {
    const checkout = await openCheckout();
    const accessToken = await giveToken(checkout);
    const begun = begunIn(await checkout.initiate(initiation(accessToken)), accessToken);
    const { invoiceId, nonce } = begun;
    expect(invoiceId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(nonce).toMatch(/^[0-9A-Za-z]{64}$/);
    const signed = `${accessToken}${SERIAL}1234${nonce}${invoiceId}1050EUR`;
    const key = Buffer.from("00112233445566778899aabbccddeeff", "hex");
    expect(begun.signature).toBe(createHmac("sha1", key).update(signed).digest("hex").toUpperCase());
    expect(await stateOf(checkout, begun)).toBe("initiated");
    const elsewhere = initiation(accessToken, { "consumer.device.serialNumber": "SN-000002" });
    expect(said(await checkout.initiate(elsewhere))).toBe(REFUSED);
    expect((await checkout.initiate(initiation(accessToken))).status).toBe(200);
    expect(itemsOf(checkout, "sale")).toHaveLength(2);
  });

  test("sbc #4: is not begun by an unknown token, an expired one, or one of another device: all hear the same", async () => {
    const checkout = await openCheckout();
    const [mine, bound] = [await giveToken(checkout), await giveToken(checkout, { serialNumber: "SN-000002" })];
    const unknown = await checkout.initiate(initiation("x".repeat(64)));
    const foreign = await checkout.initiate(initiation(bound));
    checkout.world.clock.advance(30 * MINUTE_MS - 1);
    expect((await checkout.initiate(initiation(mine))).status).toBe(200);
    checkout.world.clock.advance(1);
    const expired = await checkout.initiate(initiation(mine));
    expect([unknown, foreign, expired].map(said)).toEqual([REFUSED, REFUSED, REFUSED]);
    expect(itemsOf(checkout, "sale")).toHaveLength(1);
  });

  test.each([
    ["0", invalid("transaction.amountCentis")],
    ["-1", invalid("transaction.amountCentis")],
    ["1.5", invalid("transaction.amountCentis")],
    ['"1050"', invalid("transaction.amountCentis")],
    ["9007199254740992", invalid("transaction.amountCentis")],
    ["1050.0", invalid("transaction.amountCentis")],
    ["1.05e3", invalid("transaction.amountCentis")],
    ["null", invalid("transaction.amountCentis")],
    ["1", "200"],
    ["9007199254740991", "200"],
  ])("sbc #5: of %s hundredths of a euro: %s", async (amount, expected) => {
    const checkout = await openCheckout();
    const body = JSON.stringify(initiation(await giveToken(checkout))).replace("1050", amount);
    expect(said(await checkout.initiate(body)).slice(0, expected.length)).toBe(expected);
  });

  test.each([
    ["JPY", 50_000, "500 0"],
    ["JPY", 50_050, unrepresentable],
    ["KWD", 1_050, "10500 3"],
    ["KWD", 900_719_925_474_099, "9007199254740990 3"],
    ["KWD", 900_719_925_474_100, unrepresentable],
  ])("sbc #6: in %s, %s hundredths are %s", async (currency, amountCentis, expected) => {
    const checkout = await openCheckout();
    const accessToken = await giveToken(checkout);
    const changes = { "transaction.currency": currency, "transaction.amountCentis": amountCentis };
    const answered = await checkout.initiate(initiation(accessToken, changes));
    if (answered.status !== 200) expect(said(answered)).toBe(expected);
    else {
      const { transaction } = await seenBy(checkout, begunIn(answered, accessToken));
      expect(transaction).toEqual({
        amountCentis,
        currency,
        amountMinor: transaction.amountMinor,
        exponent: transaction.exponent,
      });
      expect(`${transaction.amountMinor} ${transaction.exponent}`).toBe(expected);
    }
  });

  test.each([
    [{ "transaction.currency": "USD" }, unaccepted],
    [{ "transaction.currency": "XXZ" }, unaccepted],
    [{ "transaction.currency": "eur" }, invalid("transaction.currency")],
    [{ "consumer.device.serialNumber": "x".repeat(51) }, invalid("consumer.device.serialNumber")],
    [{ "consumer.device.serialNumber": "\ud800" }, invalid("consumer.device.serialNumber")],
    [{ "consumer.device.serialNumber": "\u0085" }, invalid("consumer.device.serialNumber")],
    [
      { "consumer.device.serialNumber": "\udc00", "session.accessToken": "short", transaction: null },
      invalid("consumer.device.serialNumber, session.accessToken, transaction"),
    ],
    [{ "consumer.device.serialNumber": "😀".repeat(50) }, "200"],
  ])("sbc #7: with %j: %s", async (changes, expected) => {
    const checkout = await openCheckout();
    const answered = await checkout.initiate(initiation(await giveToken(checkout), changes));
    expect(said(answered).slice(0, expected.length)).toBe(expected);
  });

  test("may say where it is and through what it came, which is looked at and not kept", async () => {
    const checkout = await openCheckout();
    const accessToken = await giveToken(checkout);
    const with_ = (changes: Json) => JSON.stringify(initiation(accessToken, changes));
    const seen = {
      "consumer.device.imei": "490154203237518",
      "consumer.ipAddresses": ["192.0.2.1", "198.51.100.7"],
      location: { lat: -89.123456789, lng: 180 },
    };
    const small = with_({ location: { lat: 0, lng: 1 } }).replace('"lat":0,"lng":1', '"lat":-0.0,"lng":1.5E-7');
    const bare = with_({ "consumer.device.imei": null, "consumer.ipAddresses": null, location: { lat: null } });
    for (const body of [with_(seen), small, bare, with_({ location: null, more: { lat: "x" } })])
      expect(said(await checkout.initiate(body))).toMatch(/^200 /);
    expect(printed(checkout.world.twin.items())).not.toMatch(/490154203237518|192\.0\.2\.1|89\.123/);
    const wrong = {
      "consumer.device.imei": "1234567890123",
      "consumer.ipAddresses": ["192.0.2.1", "1.1.1", null],
      location: { lat: 90.1, lng: "7" },
    };
    expect(said(await checkout.initiate(with_(wrong)))).toBe(
      invalid("consumer.device.imei, consumer.ipAddresses.1, consumer.ipAddresses.2, location.lat, location.lng"),
    );
    expect(said(await checkout.initiate(with_({ "consumer.ipAddresses": Array(11).fill("192.0.2.1") })))).toBe(
      invalid("consumer.ipAddresses"),
    );
  });

  test.each<readonly [string, string | Uint8Array, Readonly<Record<string, string>>]>([
    ["a list", "[]", {}],
    ["no JSON", "{", {}],
    ["nothing", "", {}],
    ["another type", "{}", { "content-type": "text/plain" }],
    ["bytes that are not UTF-8", Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d), {}],
    ["16,385 bytes", JSON.stringify({ more: "x".repeat(16_385 - '{"more":""}'.length) }), {}],
  ])("is not begun by %s", async (_, body, headers) => {
    const { call } = await openCheckout();
    expect(said(await call("POST /sale/initiate-sale", { body, headers }))).toBe(notAnObject);
  });

  test("may be asked for in 16,384 bytes", async () => {
    const checkout = await openCheckout();
    const body = JSON.stringify(initiation(await giveToken(checkout)));
    expect((await checkout.initiate(body.padEnd(16_384))).status).toBe(200);
  });

  test("names twenty wrong fields at the most, and nothing of what was sent", async () => {
    const { initiate } = await openCheckout();
    const answered = await initiate({ consumer: { ipAddresses: Array(10).fill("secret") }, secret: "secret" });
    expect(answered.body).toContain('"Invalid: consumer.device, consumer.ipAddresses.0, consumer.ipAddresses.1');
    expect(answered.body).not.toContain("secret");
  });
});

describe("an Idempotency-Key", () => {
  const key = { "Idempotency-Key": "once" };

  test("sbc #8: makes one sale of equal initiations at once, and refuses other ones", async () => {
    const checkout = await openCheckout();
    const accessToken = await giveToken(checkout);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => checkout.initiate(initiation(accessToken), key)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers["idempotency-replayed"] === undefined)).toHaveLength(1);
    expect(itemsOf(checkout, "sale")).toHaveLength(1);
    const other = initiation(accessToken, { "transaction.amountCentis": 1051 });
    expect(said(await checkout.initiate(other, key))).toBe(badKey);
    expect(itemsOf(checkout, "sale")).toHaveLength(1);
  });

  test("is its token's own, and lives as long", async () => {
    const checkout = await openCheckout();
    const [one, other] = [await giveToken(checkout), await giveToken(checkout)];
    const first = await checkout.initiate(initiation(one), key);
    const second = await checkout.initiate(initiation(other), key);
    expect(first.body).not.toBe(second.body);
    checkout.world.clock.advance(30 * MINUTE_MS - 1);
    expect(said(await checkout.initiate(initiation(one), key))).toBe(`200 replayed ${first.body}`);
    checkout.world.clock.advance(1);
    expect(said(await checkout.initiate(initiation(one), key))).toBe(REFUSED);
  });

  test("repeats its answer whatever the merchant accepts by now; of other fields it comes last", async () => {
    const checkout = await openCheckout();
    const accessToken = await giveToken(checkout);
    const first = await checkout.initiate(initiation(accessToken), key);
    const dollars = initiation(accessToken, { "transaction.currency": "USD" });
    expect(said(await checkout.initiate(dollars, key))).toBe(unaccepted);
    await checkout.change(A, { endpoints: {} });
    expect(said(await checkout.initiate(initiation(accessToken), key))).toBe(`200 replayed ${first.body}`);
  });

  test.each(["", "x".repeat(65), "a b", "é"])("is not %j", async (wrong) => {
    const checkout = await openCheckout();
    const body = initiation(await giveToken(checkout));
    expect(said(await checkout.initiate(body, { "idempotency-key": wrong }))).toBe(badKey);
  });

  test("that is malformed is judged after all else", async () => {
    const checkout = await openCheckout();
    const accessToken = await giveToken(checkout);
    const hear = async (body: Body) => said(await checkout.initiate(body, { "idempotency-key": "a b" }));
    expect(await hear("[]")).toBe(notAnObject);
    expect(await hear(initiation("x".repeat(64)))).toBe(REFUSED);
    expect(await hear(initiation(accessToken, { "transaction.currency": "USD" }))).toBe(unaccepted);
    expect(await hear(initiation(accessToken))).toBe(badKey);
    expect(itemsOf(checkout, "sale")).toEqual([]);
  });

  test("does not mind what is not kept: a phone has moved between two tries", async () => {
    const checkout = await openCheckout();
    const accessToken = await giveToken(checkout);
    const first = await checkout.initiate(initiation(accessToken, { location: { lat: 47.4, lng: 8.5 } }), key);
    const moved = initiation(accessToken, { location: { lat: 47.5, lng: 8.5 }, "consumer.ipAddresses": ["192.0.2.1"] });
    expect(said(await checkout.initiate(moved, key))).toBe(`200 replayed ${first.body}`);
  });

  test("is 64 visible letters at the most", async () => {
    const checkout = await openCheckout();
    const body = initiation(await giveToken(checkout));
    expect((await checkout.initiate(body, { "idempotency-key": "~".repeat(64) })).status).toBe(200);
  });
});
