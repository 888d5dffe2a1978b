/** The app simulator alone: what it sends, and how a customer checks out with it. */
import { describe, expect, test } from "vitest";
import { openApp } from "../../../local/app/app.ts";
import { checkOut, findOrder } from "../../../local/app/checkOut.ts";
import { type Order, orderIn } from "../../../local/till/order.ts";
import { answer, order, scripted } from "../till/given.ts";

const headers = { "X-Auth-Token": "j.w.t" };

describe("an app", () => {
  const { line, asked } = scripted(answer({}));
  const app = openApp("j.w.t", line);

  test.each([
    ["find", () => app.find({ sessionCode: "a b&c" }), "GET /app/orders?sessionCode=a+b%26c", undefined],
    [
      "find by till",
      () => app.find({ merchantId: "SWTS", storeId: "S", cashId: "1" }),
      "GET /app/orders?merchantId=SWTS&storeId=S&cashId=1",
      undefined,
    ],
    ["history", () => app.history(), "GET /app/orders", undefined],
    ["view", () => app.view("o-1"), "GET /app/orders/o-1", undefined],
    ["redeem", () => app.redeem("o-1", 20), "POST /app/orders/o-1/redeem", '{"points":20}'],
    [
      "pay",
      () => app.pay("o-1", { paymentId: "p-1", payable: "90.5" }),
      "POST /app/orders/o-1/pay",
      '{"paymentId":"p-1","payable":90.5}',
    ],
    ["payAtTill", () => app.payAtTill("o-1", "CARD"), "POST /app/orders/o-1/pay-at-till", '{"method":"CARD"}'],
  ])("%s is asked as swip.md 2 has it", async (_, act, route, body) => {
    await act();
    expect(asked.at(-1)).toEqual({ route, headers, ...(body !== undefined && { body }) });
  });
});

describe("a customer", () => {
  const seen = (change: object): Order => orderIn(answer(order(change)));
  const bodies = (asked: readonly { readonly route: string; readonly body?: string }[]): readonly string[] =>
    asked.map(({ route, body = "" }) => `${route} ${body.replace(/"paymentId":"[^"]+"/, '"paymentId":"…"')}`.trim());

  test("finds the newest order of a code, and looks at it", async () => {
    const { line, asked } = scripted(answer({ orders: [order()], nextCursor: null }), answer(order({ payable: 90 })));
    const found = await findOrder(openApp("j.w.t", line), { sessionCode: "qr" });
    expect([found.payable, bodies(asked)]).toEqual(["90", ["GET /app/orders?sessionCode=qr", "GET /app/orders/o-1"]]);
  });

  test.each([
    ["in the app, what was seen", {}, {}, ['POST /app/orders/o-1/pay {"paymentId":"…","payable":90}']],
    ["in cash", {}, { method: "CASH" }, ['POST /app/orders/o-1/pay-at-till {"method":"CASH"}']],
    [
      "with as many points as the order admits",
      { pointsMax: 27, pointsBalance: 50 },
      { points: 40 },
      ['POST /app/orders/o-1/redeem {"points":27}', 'POST /app/orders/o-1/pay {"paymentId":"…","payable":63}'],
    ],
    [
      "with no more points than there are",
      { pointsMax: 27, pointsBalance: -3 },
      { points: 40 },
      ['POST /app/orders/o-1/pay {"paymentId":"…","payable":90}'],
    ],
  ] as const)("pays %s", async (_, change, how, said) => {
    const { line, asked } = scripted(answer(order({ payable: said.length > 1 ? 63 : 90 })));
    await checkOut(openApp("j.w.t", line), seen({ payable: 90, ...change }), how);
    expect(bodies(asked)).toEqual(said);
  });
});
