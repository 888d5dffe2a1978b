/** swip.md 1, 9: which tokens an app is known by, how often one may ask, and what is nowhere. */
import { importJWK, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { SECOND_MS } from "#kernel/time";
import { contextOf } from "../../support/desk.ts";
import { handlerOf, readEvent } from "../../support/handlers.ts";
import { A, B, TILL } from "../../support/market/vendor.ts";
import { type Market, openMarket, tillHeaders } from "../../support/market.ts";
import { NOW_MS, SIGNING_KEY } from "../../support/ports.ts";
import { create, P, said, succeeded, told } from "../../support/pos.ts";

const NOW_S = NOW_MS / SECOND_MS;
const DAY_S = 86_400;

/** The claims of sandbox.md, and its header. */
const CLAIMS = { iss: "tillgate", aud: "tillgate-app", sub: "c-1", iat: NOW_S, exp: NOW_S + DAY_S };
const HEADER = { alg: "EdDSA", typ: "JWT", kid: SIGNING_KEY.kid };

/** A token of these claims; undefined takes a claim away. */
const tokenOf = async (claims: object = {}, header: object = {}): Promise<string> => {
  const { kid: _, ...key } = SIGNING_KEY;
  const signing = await importJWK({ kty: "OKP", crv: "Ed25519", ...key }, "EdDSA");
  return new SignJWT({ ...CLAIMS, ...claims }).setProtectedHeader({ ...HEADER, ...header }).sign(signing);
};

const lookWith = async ({ call }: Market, token: string | undefined) =>
  said(await call("GET /app/orders", { headers: token === undefined ? {} : { "x-auth-token": token } }));

describe("an app's token", () => {
  test("as it is written down opens the app's side, to its last millisecond", async () => {
    const market = await openMarket();
    const token = await tokenOf();
    expect(await lookWith(market, token)).toBe("200");
    market.world.clock.advance(DAY_S * SECOND_MS - 1);
    expect(await lookWith(market, token)).toBe("200");
    market.world.clock.advance(1);
    expect(await lookWith(market, token)).toBe("401 1004");
  });

  const wrongs: readonly { readonly what: string; readonly claims?: object; readonly header?: object }[] = [
    { what: "of another issuer", claims: { iss: "https://desk.example.com" } },
    { what: "for another audience", claims: { aud: "tillgate-web-sdk" } },
    { what: "for several", claims: { aud: ["tillgate-app", "another"] } },
    { what: "that lives longer than a day", claims: { exp: NOW_S + DAY_S + 1 } },
    { what: "that is over", claims: { iat: NOW_S - 60, exp: NOW_S } },
    { what: "without an end", claims: { exp: undefined } },
    { what: "without a beginning", claims: { iat: undefined } },
    { what: "of nobody", claims: { sub: undefined } },
    { what: "of a customer that is unknown", claims: { sub: "c-99" } },
    { what: "of no customer's name", claims: { sub: "c#1" } },
    { what: "from tomorrow", claims: { iat: NOW_S + DAY_S, exp: NOW_S + DAY_S + 60 } },
    { what: "of a key that is not ours", header: { kid: "another" } },
    { what: "of another type", header: { typ: "at+jwt" } },
    { what: "of no type", header: { typ: undefined } },
  ];

  test.each(wrongs)("$what is none", async ({ claims, header }) => {
    expect(await lookWith(await openMarket(), await tokenOf(claims, header))).toBe("401 1004");
  });

  test("that is none at all, unsigned, changed or a till's is none", async () => {
    const market = await openMarket();
    const [head = "", body = "", signature = ""] = (await tokenOf()).split(".");
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
    const other = Buffer.from(JSON.stringify({ ...CLAIMS, sub: "c-2" })).toString("base64url");
    const tokens = [
      undefined,
      "",
      "x",
      A.token,
      `${none}.${body}.`,
      `${head}.${other}.${signature}`,
      `${head}.${body}.`,
    ];
    for (const token of tokens) expect([token, await lookWith(market, token)]).toEqual([token, "401 1004"]);
  });

  test("is heard before anything else is looked at", async () => {
    const market = await openMarket();
    const answered = await market.call("POST /app/orders/none/pay", { headers: { "x-auth-token": "x" }, body: "{" });
    expect(said(answered)).toBe("401 1004");
    expect(told(answered)).toEqual({
      code: 1004,
      description: "Unauthorised",
      timestamp: "2026-11-25T08:00:00.000Z",
      fieldErrors: [],
    });
  });

  test("opens no till's side, nor a till's token the app's", async () => {
    const market = await openMarket();
    const token = await tokenOf();
    const id = await create(market);
    const asTill = { ...tillHeaders(TILL), authorization: `Bearer ${token}` };
    expect(said(await market.call(`GET /orders/${id}`, { headers: asTill }))).toBe("401 1004");
    expect(said(await market.call(`GET /app/orders/${id}`, { headers: tillHeaders(TILL) }))).toBe("401 1004");
  });
});

describe("who asks too often", () => {
  const many = async (times: number, ask: () => Promise<unknown>) => {
    for (let n = 0; n < times; n += 1) await ask();
  };

  test("at a till is told to come back after 500 calls, and every other till goes on", async () => {
    const market = await openMarket();
    const id = await create(market);
    await many(499, () => market.getOrder(id));
    const refused = await market.getOrder(id);
    expect([said(refused), told(refused).description]).toEqual(["429 1016", "Too many requests"]);
    expect(refused.headers["retry-after"]).toMatch(/^[1-9]\d*$/);
    expect(said(await market.createOrder("{"))).toBe("429 1016");
    expect(said(await market.getOrder(id, { ...TILL, cashId: "2" }))).toBe("200");
    market.world.clock.advance(SECOND_MS);
    expect(said(await market.getOrder(id))).toBe("200");
  });

  test("from an app is told to come back after 100 calls, and every other customer goes on", async () => {
    const market = await openMarket();
    await many(100, () => market.findOrders());
    expect(said(await market.findOrders())).toBe("429 1016");
    expect(said(await market.findOrders({}, "c-2"))).toBe("200");
    market.world.clock.advance(SECOND_MS);
    expect(said(await market.findOrders())).toBe("200");
  });
});

describe("what is nowhere", () => {
  test.each([
    ["DELETE", "/orders"],
    ["PATCH", "/orders/7d0c0000-0000-7000-8000-000000000001"],
    ["GET", "/orders/7d0c0000-0000-7000-8000-000000000001/close"],
    ["POST", "/orders/7d0c0000-0000-7000-8000-000000000001/reopen"],
    ["PUT", "/app/orders/7d0c0000-0000-7000-8000-000000000001/pay"],
    ["GET", "/app"],
  ])("%s %s is not found, in the protocol's words", async (method, path) => {
    const { world } = await openMarket();
    const event = readEvent("desk/unknownRoute.404.json");
    const { http } = event.requestContext;
    const context = { ...event.requestContext, http: { ...http, method, path } };
    const asked = { ...event, rawPath: path, requestContext: context };
    const answered = await (await handlerOf("desk/unknownRoute", world.ports))(asked, contextOf("unknown"));
    expect([answered.statusCode, JSON.parse(String(answered.body))]).toEqual([
      404,
      { code: 1006, description: "Not found", timestamp: "2026-11-25T08:00:00.000Z", fieldErrors: [] },
    ]);
  });

  test.each(["nothing", "7d0c", "7D0C0000-0000-7000-8000-00000000000", "a%23b", "%F0%9F%98%80"])(
    "an order %s is not found",
    async (id) => {
      const { call } = await openMarket();
      expect(said(await call(`GET /orders/${id}`, { headers: tillHeaders(TILL) }))).toBe("404 1006");
      const close = { headers: tillHeaders(TILL), body: '{"amount":"x"}' };
      expect(said(await call(`PUT /orders/${id}/close`, close))).toBe("404 1006");
    },
  );
});

describe("a merchant's token", () => {
  test("that is told of two merchants is only one's", async () => {
    const { call } = await openMarket();
    const headers = { ...tillHeaders(TILL), authorization: `Bearer ${B.token}` };
    expect(said(await call("GET /orders", { headers }))).toBe("403 1005");
  });

  test("is spelt as HTTP spells it", async () => {
    const market = await openMarket();
    const body = JSON.stringify(P);
    const headers = { ...tillHeaders(TILL), authorization: `bearer ${A.token}` };
    succeeded(await market.call("POST /orders", { headers, body }));
    const wrong = { ...tillHeaders(TILL), authorization: A.token };
    expect(said(await market.call("POST /orders", { headers: wrong, body }))).toBe("401 1004");
  });
});
