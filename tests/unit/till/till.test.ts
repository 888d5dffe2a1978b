/** The till simulator alone: what it sends, how it adds up, and how it goes on when little comes back. */
import { describe, expect, test } from "vitest";
import type { Currency } from "#kernel/currency";
import { purchasesOf, totalOf } from "../../../local/till/basket.ts";
import { insisting } from "../../../local/till/line.ts";
import { Declined, orderIn, ordersIn } from "../../../local/till/order.ts";
import { openTill } from "../../../local/till/till.ts";
import { answer, openWorld, order, scripted, settings } from "./given.ts";

describe("a basket", () => {
  test.each([
    ["49.50", "1", "EUR", "49.50"],
    ["20", "2", "EUR", "40.00"],
    ["3.99", "0.333", "EUR", "1.33"],
    ["0.01", "0.5", "EUR", "0.01"],
    ["1500", "3", "JPY", "4500"],
    ["1.005", "2", "KWD", "2.010"],
  ])("of %s times %s in %s comes to %s", (price, quantity, code, amount) => {
    const currency = code as Currency;
    const basket = [{ name: "Thing", price, quantity }];
    expect(JSON.stringify(totalOf(basket, currency))).toBe(amount);
    expect(JSON.stringify(purchasesOf(basket, currency))).toBe(
      `[{"name":"Thing","quantity":${quantity},"price":${price},"amount":${amount}}]`,
    );
  });

  test.each([
    ["12.345", "1"],
    ["1e2", "1"],
    ["1", "two"],
  ])("of %s times %s is none", (price, quantity) => {
    expect(() => totalOf([{ name: "Thing", price, quantity }], settings.currency)).toThrow(RangeError);
  });
});

describe("a till", () => {
  const headers = {
    Authorization: "Bearer t0ken",
    "X-Merchant-ID": "SWTS",
    "X-Store-ID": "SwipTestStore",
    "X-Cash-ID": "1",
    "Api-Version": "2",
  };
  const { line, asked } = scripted(answer({}));
  const till = openTill(settings, line);

  test.each([
    [
      "create",
      () =>
        till.create([{ id: "l-1", name: "Sprite", price: "50.0" }], { merchantOrderId: "QS-11", sessionCode: "qr" }),
      "POST /orders",
      '{"merchantOrderId":"QS-11","merchantCashier":"Cashier","saleDate":1540485815026,"totalOriginal":50.00,"total":50.00,' +
        '"sessionCode":"qr","purchases":[{"id":"l-1","name":"Sprite","quantity":1,"price":50.0,"amount":50.00}]}',
    ],
    ["look", () => till.look("o-1"), "GET /orders/o-1/status", undefined],
    ["close", () => till.close("o-1", "49.5"), "PUT /orders/o-1/close", '{"amount":49.5}'],
    [
      "refund",
      () => till.refund("o-1", { amount: "30", refundId: "R-1", reason: "cold" }),
      "PUT /orders/o-1/refund",
      '{"amount":30,"refundId":"R-1","reason":"cold"}',
    ],
    ["cancelPayment", () => till.cancelPayment("o-1"), "PUT /orders/o-1/cancel-payment", undefined],
    ["cancel", () => till.cancel("o-1"), "PUT /orders/o-1/cancel", undefined],
    [
      "cancel in parts",
      () => till.cancel("o-1", [{ id: "l-1" }, { id: "l-2", quantity: "1" }], "C-1"),
      "PUT /orders/o-1/cancel",
      '{"purchases":[{"id":"l-1"},{"id":"l-2","quantity":1}],"cancelId":"C-1"}',
    ],
    ["list", () => till.list({ limit: "2" }), "GET /orders?limit=2", undefined],
  ])("%s is asked as swip.md 2 has it", async (_, act, route, body) => {
    await act();
    expect(asked.at(-1)).toEqual({ route, headers, ...(body !== undefined && { body }) });
  });

  test("gives every order and refund a key of its own", async () => {
    await till.create([{ name: "Sprite", price: "50" }]);
    await till.create([{ name: "Sprite", price: "50" }]);
    await till.refund("o-1");
    await till.refund("o-1");
    const keys = asked
      .slice(-4)
      .map(({ body = "" }) => /"(?:merchantOrderId|refundId)":"([^"]{20,64})"/.exec(body)?.[1]);
    expect(new Set(keys).size).toBe(4);
    expect(keys).not.toContain(undefined);
  });
});

describe("an order", () => {
  test("is read with its numbers as they are written, and what is unknown left out", () => {
    const told = answer(order({ paid: 49.5, tomorrow: true }));
    expect(orderIn(told)).toMatchObject({ id: "o-1", paid: "49.5", payable: "100", amount: null });
    expect(ordersIn(answer({ orders: [order()], nextCursor: null })).orders.map(({ id }) => id)).toEqual(["o-1"]);
  });

  test.each([
    [answer({ code: 1014, description: "Already closed" }, 409), 1014, "1014: Already closed"],
    [answer({ Message: "no" }, 502), undefined, "an answer of status 502 that is none of swip.md"],
    [answer({ id: "o-1" }), undefined, "an answer of status 200 that is none of swip.md"],
    [{ status: 200, headers: {}, body: "<html>" }, undefined, "an answer of status 200 that is none of swip.md"],
  ])("that is none is a no: %o", (told, code, message) => {
    const failed = (() => {
      try {
        return orderIn(told);
      } catch (error) {
        return error;
      }
    })();
    expect(failed).toBeInstanceOf(Declined);
    expect(failed).toMatchObject({ code, message });
  });
});

describe("whoever insists", () => {
  const ok = answer({ fine: true });
  const busy = answer({ code: 1018 }, 503, { "retry-after": "2" });
  const down = "connection refused";
  const no = answer({ code: 1015 }, 409);

  test.each([
    ["is answered at once", [ok], 1, []],
    ["takes a no for a no", [no], 1, []],
    ["asks again where nothing came back", [down, ok], 2, [1000]],
    ["waits as long as the desk says", [busy, answer({}, 500), ok], 3, [2000, 1000]],
    ["tells the fifth trouble", [busy], 5, [2000, 2000, 2000, 2000]],
  ])("%s", async (_, answers, times, waited) => {
    const world = openWorld();
    const { line, asked } = scripted(...answers);
    const heard = await insisting(line, world)("POST /orders", { body: "{}" });
    expect(heard).toBe(answers.at(-1));
    expect([asked.length, world.waited]).toEqual([times, waited]);
    expect(new Set(asked.map(({ route, body }) => `${route} ${body}`))).toEqual(new Set(["POST /orders {}"]));
  });

  test("gives up with what was wrong", async () => {
    await expect(insisting(scripted(down).line, openWorld())("GET /orders", {})).rejects.toThrow(down);
  });
});
