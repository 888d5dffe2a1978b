/** The byte examples of sbc.md 7, through the real chains: same bytes, same lengths. */
import { describe, expect, test } from "vitest";
import { HOUR_MS } from "#kernel/time";
import { openCheckout } from "../../support/checkout.ts";
import { contextOf } from "../../support/desk.ts";
import { handlerOf, readEvent } from "../../support/handlers.ts";
import { begin, checkOf, initiation, notificationOf, SERIAL, SESSION, said } from "../../support/sale.ts";

const T = "tok_0123456789abcdef0123456789abcdef";
const N = "nonce-0123456789abcdef0123456789abcdef";
const I = "7f3f0d0e-6f0b-4a37-9b1e-2f6f2d7f1a10";
const CLIENT_CARD = "Zk3vQ8mT1xW7cB5nR2yL9pD4sG6hJ0fA";
const V1 = "93A578B675DBEED0F240CB3224944BC067D4FEA2";
const V2 = "60B0E914536A4F28618DBA96C8751794A5A6962B";
const V3 = "70BBD0BF08C4990D5EA4572291488586735DC108";
const V8 = "458DB2194DE67F5CFBBF8FD48D45F85B4C5D9C67";

/** 1 January 2030, noon UTC: when the examples were made. */
const THEN_MS = Date.UTC(2030, 0, 1, 12);

/** A desk at that time that draws these letters, in this order, and this invoiceId. */
const openExamples = async (letters: readonly string[] = []) => {
  const checkout = await openCheckout();
  const { ports, clock } = checkout.world;
  clock.nowMs = THEN_MS;
  const drawn = letters.values();
  Object.assign(ports.ids, { letters: () => drawn.next().value ?? "none", uuid4: () => I });
  return checkout;
};

/** The example's sale of a consumer, begun. */
const beginExample = async (consumer: object = { id: "c-42" }) => {
  const checkout = await openExamples([T, N]);
  return { checkout, begun: await begin(checkout, { consumer: { ...consumer } }) };
};

const expectBytes = (text: string, body: string, bytes: number): void => {
  expect(text).toBe(body);
  expect(Buffer.byteLength(text)).toBe(bytes);
};

describe("the bytes of", () => {
  test("4.1", async () => {
    const token = "A".repeat(64);
    const { body } = await (await openExamples([token])).requestToken();
    expectBytes(body, `{"session":{"accessToken":"${token}","expiresAt":"2030-01-01T12:30:00.000Z"}}`, 133);
  });

  test("4.2, asked and answered", async () => {
    const { initiate, requestToken } = await openExamples([T, N]);
    await requestToken();
    const asked = JSON.stringify(initiation(T));
    expectBytes(
      asked,
      `{"consumer":{"device":{"serialNumber":"${SERIAL}"}},"session":{"accessToken":"${T}"},"transaction":{"amountCentis":1050,"currency":"EUR"}}`,
      170,
    );
    const { body } = await initiate(asked);
    expectBytes(body, `{"endpointId":"1234","invoiceId":"${I}","session":{"nonce":"${N}","signature":"${V1}"}}`, 188);
  });

  test("4.3 without a card", async () => {
    const { checkout, begun } = await beginExample();
    const { body } = await checkout.check(I, checkOf(begun));
    expectBytes(
      body,
      `{"invoiceId":"${I}","session":{"checkSignature":"${V2}","nonce":"${N}","token":"${SESSION}"},"transaction":{"currency":"EUR"}}`,
      253,
    );
  });

  test("4.3 with e-mail address and card, asked and answered", async () => {
    const consumer = { id: "c-42", email: "a@b.io" };
    const checkout = await openExamples([`${T}-first`, N, CLIENT_CARD, T, N]);
    Object.assign(checkout.world.ports.ids, { uuid4: () => "11111111-1111-4111-8111-111111111111" });
    const before = await begin(checkout, { consumer });
    await checkout.check(before.invoiceId, checkOf(before, { "session.token": "the-session-before" }));
    await checkout.notify(notificationOf(before, { "session.token": "the-session-before" }));
    Object.assign(checkout.world.ports.ids, { uuid4: () => I });
    const begun = await begin(checkout, { consumer });
    const asked = JSON.stringify(checkOf(begun, { "sourceOfFunds.reference.clientCardId": CLIENT_CARD }));
    expectBytes(
      asked,
      `{"consumer":{"device":{"serialNumber":"${SERIAL}"}},"session":{"accessToken":"${T}","nonce":"${N}","signature":"${V1}","token":"${SESSION}"},"sourceOfFunds":{"reference":{"clientCardId":"${CLIENT_CARD}"}}}`,
      350,
    );
    const { body } = await checkout.check(I, asked);
    expectBytes(
      body,
      `{"consumer":{"email":"a@b.io"},"invoiceId":"${I}","session":{"checkSignature":"${V3}","nonce":"${N}","token":"${SESSION}"},"sourceOfFunds":{"reference":{"serverCardId":"1001"}},"transaction":{"currency":"EUR"}}`,
      337,
    );
  });

  test("4.4", async () => {
    const { checkout, begun } = await beginExample();
    await checkout.check(I, checkOf(begun));
    const { body } = await checkout.notify(notificationOf(begun));
    expectBytes(
      body,
      `{"invoiceId":"${I}","session":{"checkSignature":"${V8}","nonce":"${N}","token":"${SESSION}"}}`,
      220,
    );
  });

  test("4.5, asked as it stands there", async () => {
    const { checkout, begun } = await beginExample();
    await checkout.check(I, checkOf(begun));
    const answered = await checkout.call(
      `GET /sale/callback?status=approved&type=sale&orderid=900001&client_orderid=${I}&merchant_order=${I}&amount=10.50&control=da57166f704909407b776a593873abad2c59bd92`,
    );
    expect(said(answered)).toBe("200 OK");
    expect(answered.headers["content-type"]).toBe("text/plain");
  });

  test("4.6, and of a sale that is over", async () => {
    const { checkout, begun } = await beginExample();
    const { body } = await checkout.getSale(I);
    expectBytes(
      body,
      `{"anomalies":[],"consumer":{"id":"c-42"},"createdAt":"2030-01-01T12:00:00.000Z","endpointId":"1234","expiresAt":"2030-01-01T12:15:00.000Z","invoiceId":"${I}","state":"initiated","transaction":{"amountCentis":1050,"amountMinor":1050,"currency":"EUR","exponent":2}}`,
      295,
    );
    await checkout.check(I, checkOf(begun));
    await checkout.notify(notificationOf(begun));
    checkout.world.clock.advance(HOUR_MS);
    await checkout.call(
      `GET /sale/callback?status=approved&type=sale&orderid=900001&client_orderid=${I}&merchant_order=${I}&amount=10.51&control=da57166f704909407b776a593873abad2c59bd92`,
    );
    expect((await checkout.getSale(I)).body).toBe(
      `{"anomalies":["AMOUNT_MISMATCH"],"checkedAt":"2030-01-01T12:00:00.000Z","consumer":{"id":"c-42"},"createdAt":"2030-01-01T12:00:00.000Z","endpointId":"1234","expiresAt":"2030-01-01T12:15:00.000Z","finalAt":"2030-01-01T13:00:00.000Z","gatewayStatus":"approved","invoiceId":"${I}","orderId":"900001","sourceOfFunds":{"reference":{"clientCardId":"none"}},"state":"approved","transaction":{"amountCentis":1050,"amountMinor":1050,"currency":"EUR","exponent":2}}`,
    );
  });
});

describe("where there is no such route", () => {
  test.each([
    ["PUT", "/sale/callback", 405, "GET"],
    ["DELETE", "/sale/7f3f0d0e-6f0b-4a37-9b1e-2f6f2d7f1a10/check", 405, "POST"],
    ["POST", "/sale", 404, undefined],
    ["GET", "/sale/callback/", 404, undefined],
    ["POST", "/auth/request-access-tokens", 404, undefined],
  ])("%s %s is %i, and says nothing", async (method, path, status, allow) => {
    const { world } = await openCheckout();
    const event = readEvent("desk/unknownRoute.404.json");
    const { http } = event.requestContext;
    const asked = {
      ...event,
      rawPath: path,
      requestContext: { ...event.requestContext, http: { ...http, method, path } },
    };
    const answered = await (await handlerOf("desk/unknownRoute", world.ports))(asked, contextOf("unknown"));
    expect([answered.statusCode, answered.headers?.Allow, answered.body]).toEqual([status, allow, undefined]);
  });
});

describe("the bytes of a refusal", () => {
  const named = `,"invoiceId":"${I}"`;

  test("for a field, and of a check", async () => {
    const { checkout, begun } = await beginExample();
    const bare = checkOf(begun, { "session.nonce": undefined, "session.token": undefined });
    const refusal = (suffix: string) =>
      `{"error":{"cause":"INVALID_REQUEST","code":"SALE-40002","message":"Invalid: session.nonce, session.token"}${suffix}}`;
    expect(Buffer.byteLength(refusal(""))).toBe(107);
    expectBytes((await checkout.check(I, bare)).body, refusal(named), 107 + 51);
  });

  test("for whatever is wrong, and of a check", async () => {
    const checkout = await openExamples();
    const refusal = (suffix: string) =>
      `{"error":{"cause":"FILTERED","code":"SALE-40301","message":"Request refused"}${suffix}}`;
    expectBytes((await checkout.initiate(initiation("x".repeat(64)))).body, refusal(""), 78);
    const begun = { accessToken: T, serialNumber: SERIAL, endpointId: "1234", invoiceId: I, nonce: N, signature: V1 };
    expectBytes((await checkout.check(I, checkOf(begun))).body, refusal(named), 129);
  });

  test("for a fault, and of a check, whenever it happens", async () => {
    const { checkout, begun } = await beginExample();
    const refusal = (suffix: string) =>
      `{"error":{"cause":"SERVER_FAILED","code":"SALE-50001","message":"Internal error"}${suffix}}`;
    Object.assign(checkout.world.ports, {
      secrets: async () => {
        throw new Error("a bug");
      },
    });
    expectBytes((await checkout.initiate(initiation(T))).body, refusal(""), 82);
    expectBytes((await checkout.check(I, checkOf(begun))).body, refusal(named), 82 + 51);
  });
});
