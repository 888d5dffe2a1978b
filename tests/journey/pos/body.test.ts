/** swip.md 1, 2, 6, 7: what bodies are to a till's and an app's calls. */
import { describe, expect, test } from "vitest";
import { signApp } from "../../support/market/opening.ts";
import { C_TILL, TILL } from "../../support/market/vendor.ts";
import { type Json, type Market, openMarket, tillHeaders } from "../../support/market.ts";
import { bind, close, create, P, said, succeeded, told, withLine } from "../../support/pos.ts";

describe("an order's body", () => {
  const padded = (bytes: number): string => {
    const text = JSON.stringify({ ...P, padding: "" });
    return text.replace('"padding":""', `"padding":"${"x".repeat(bytes - Buffer.byteLength(text))}"`);
  };

  test("may have 256 KiB, and no more", async () => {
    const { createOrder } = await openMarket();
    expect(said(await createOrder(padded(262_145)))).toBe("400 1003");
    expect(said(await createOrder(padded(262_144)))).toBe("200");
  });

  test.each<readonly [string, string | Uint8Array, string]>([
    ["that is a list", "[1]", "400 1003"],
    ["that is a number", "1", "400 1003"],
    ["that is a text", '"x"', "400 1003"],
    ["that is null", "null", "400 1003"],
    ["that is true", "true", "400 1003"],
    ["that is empty", "", "400 1001"],
    ["with a member twice", '{"total":1,"total":1}', "400 1001"],
    ["that is not UTF-8", Uint8Array.from([0x7b, 0xff, 0x7d]), "400 1001"],
    ["with more behind it", `${JSON.stringify(P)}}`, "400 1001"],
  ])("%s is refused", async (_, body, expected) => {
    const { call } = await openMarket();
    const headers = { ...tillHeaders(TILL), "content-type": "application/json" };
    expect(said(await call("POST /orders", { headers, body }))).toBe(expected);
  });

  test("that there is not needs no type either", async () => {
    const { call } = await openMarket();
    expect(said(await call("POST /orders", { headers: tillHeaders(TILL) }))).toBe("400 1001");
  });

  test.each([
    ["no type", ""],
    ["another type", "text/plain"],
  ])("of %s is refused by its header", async (_, type) => {
    const { createOrder } = await openMarket();
    const answered = await createOrder(P, TILL, { "content-type": type });
    const issue = { field: "Content-Type", message: "must be application/json" };
    expect([said(answered), told(answered).fieldErrors]).toEqual(["400 1002", [issue]]);
  });

  const spelt = (change: Json): string => JSON.stringify({ ...P, ...change }).replaceAll("<ill>", "\\ud800");

  test.each([
    ["a text", spelt({ otp: "<ill>" })],
    ["a list", spelt({ otp: [{ deep: ["<ill>"] }] })],
    ["a name", spelt({ "<ill>": 1 })],
    ["a line's text", spelt(withLine(P, { otp: "<ill>" }))],
  ])("with a lone surrogate in %s that nobody knows is the order without it", async (_, body) => {
    const { createOrder } = await openMarket();
    succeeded(await createOrder(body));
    expect(said(await createOrder(P))).toBe("200 replayed");
  });

  test.each([
    ["merchantCashier", spelt({ merchantCashier: "<ill>" })],
    ["sessionCode", spelt({ sessionCode: "<ill>" })],
    ["purchases[0].name", spelt(withLine(P, { name: "Meal <ill>" }))],
  ])("with a lone surrogate in %s is invalid there", async (field, body) => {
    const { createOrder } = await openMarket();
    const answered = await createOrder(body);
    const issue = { field, message: "must have no lone surrogate" };
    expect([said(answered), told(answered).fieldErrors]).toEqual(["400 1003", [issue]]);
  });
});

/** What a call is made on, by its route's end: an order that it would change. */
const calls: Readonly<Record<string, (market: Market) => Promise<string>>> = {
  refund: (market) => close(market),
  cancel: (market) => create(market),
  "cancel-payment": (market) => close(market, P, C_TILL),
  redeem: (market) => bind(market),
  pay: (market) => bind(market),
  "pay-at-till": (market) => bind(market),
};

type Call = keyof typeof calls;

const isOfApp = (call: Call): boolean => ["redeem", "pay", "pay-at-till"].includes(call);

/** Calls with a body of JSON's type, or without either; the order as its till sees it before and after. */
const callWith = async (call: Call, body?: string) => {
  const market = await openMarket({ others: { C: { captureDelaySeconds: 3600 } } });
  const id = (await calls[call]?.(market)) ?? "";
  const at = call === "cancel-payment" ? C_TILL : TILL;
  const sent = {
    headers: isOfApp(call) ? { "x-auth-token": await signApp(market.world, "c-1") } : tillHeaders(at),
    ...(body !== undefined && { body }),
  };
  const before = await market.getOrder(id, at);
  const answered = await market.call(`POST ${isOfApp(call) ? "/app" : ""}/orders/${id}/${call}`, sent);
  return { answered, isAsBefore: (await market.getOrder(id, at)).body === before.body };
};

const every = Object.keys(calls);
const read = every.filter((call) => call !== "cancel-payment");

describe("a body of another call", () => {
  test.each(every)("has to be JSON: %s", async (call) => {
    for (const body of ["{", "x", " ", '{"x":1,"x":2}', '{"x":"\ufffd"}']) {
      const { answered, isAsBefore } = await callWith(call, body);
      expect([body, said(answered), isAsBefore]).toEqual([body, "400 1001", true]);
    }
  });

  test.each(every)("may have 256 KiB: %s", async (call) => {
    const { answered, isAsBefore } = await callWith(call, JSON.stringify({ padding: "x".repeat(262_144) }));
    expect([said(answered), isAsBefore]).toEqual(["400 1003", true]);
  });

  test.each(read)("has to be an object: %s", async (call) => {
    for (const body of ["null", "[]", '"x"', '""', "0", "false"]) {
      const { answered, isAsBefore } = await callWith(call, body);
      expect([body, said(answered), isAsBefore]).toEqual([body, "400 1003", true]);
    }
  });

  test.each([
    ["refund", "200"],
    ["cancel", "200"],
    ["cancel-payment", "200"],
    ["redeem", "400 1001"],
    ["pay", "400 1001"],
    ["pay-at-till", "400 1001"],
  ])("that there is not needs no type: %s is %s", async (call, answer) => {
    expect(said((await callWith(call)).answered)).toBe(answer);
  });

  test.each(["null", "[]", '"x"', "{}", '{"amount":"\\ud800"}'])(
    "is not looked into by cancel-payment: %s",
    async (body) => {
      expect(said((await callWith("cancel-payment", body)).answered)).toBe("200");
    },
  );

  test.each([
    ["refund", '"amount":1', "200"],
    ["cancel", '"purchases":[{"id":"l-2","otp":"\\ud800"}]', "200"],
    ["redeem", '"points":0', "200"],
    ["pay", '"paymentId":"p-1"', "200"],
    ["pay-at-till", '"method":"CASH"', "200"],
  ])("may have anything in fields that nobody knows: %s", async (call, fields, answer) => {
    const { answered } = await callWith(call, `{"otp":"\\ud800","\\udc00":["\\ud800"],${fields}}`);
    expect(said(answered)).toBe(answer);
  });

  test.each([
    ["refund", "refundId", '{"refundId":"\\ud800"}'],
    ["refund", "reason", '{"reason":"cold \\udc00"}'],
    ["cancel", "cancelId", '{"cancelId":"\\ud800"}'],
    ["cancel", "purchases[0].id", '{"purchases":[{"id":"\\ud800"}]}'],
    ["redeem", "points", '{"points":"\\ud800"}'],
    ["pay", "paymentId", '{"paymentId":"\\ud800"}'],
    ["pay-at-till", "method", '{"method":"\\ud800"}'],
  ])("with a lone surrogate is invalid where it is: %s's %s", async (call, field, body) => {
    const { answered, isAsBefore } = await callWith(call, body);
    const fields = told(answered).fieldErrors.map((issue: Json) => issue.field);
    expect([said(answered), fields, isAsBefore]).toEqual(["400 1003", [field], true]);
  });
});
