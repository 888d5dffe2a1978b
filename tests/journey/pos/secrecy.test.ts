/** swip.md 1, DESIGN 4: what of tills and apps stands nowhere. */
import { expect, test } from "vitest";
import { keyIn } from "#store/item";
import { signApp } from "../../support/market/opening.ts";
import { A, B, RESTAURANT, TEN, TILL } from "../../support/market/vendor.ts";
import { openMarket, tillHeaders } from "../../support/market.ts";
import { close, create, P, succeeded } from "../../support/pos.ts";

const CODE = "https://swip.one/?qr=secret-of-the-till";
const PERSONAL = ["Ann Meier", "cashier-uuid", "Meal", "a cold meal"];

/** Everything once, well and badly. */
const doEverything = async () => {
  const market = await openMarket({ campaigns: [TEN], captureDelaySeconds: 60 });
  const token = await signApp(market.world, "c-1");
  const order = { ...P, merchantCashierId: "cashier-uuid", sessionCode: CODE };
  const id = await close(market, order);
  const { sessionCode } = succeeded(await market.createOrder({ ...P, merchantOrderId: "P-2" }, RESTAURANT));
  await market.cancelPayment(id);
  await market.refundOrder(id, { amount: 1, refundId: "refund-of-mine", reason: "a cold meal" });
  const other = await create(market, { ...order, merchantOrderId: "P-3" });
  await market.findOrders({ sessionCode: CODE });
  await market.cancelOrder(other, { purchases: [{ id: "l-2", quantity: 1 }], cancelId: "cancel-of-mine" });
  await market.redeemPoints(other, { points: 1 });
  await market.payAtTill(other, { method: "CASH" });
  await market.closeOrder(other, '{"amount":"a cold meal"}');
  await market.closeOrder(token, { amount: 1 });
  await market.createOrder({ ...order, merchantOrderId: "P-4", total: "a cold meal" });
  await market.createOrder('{"merchantCashier":"Ann Meier"');
  await market.listOrders();
  await market.findOrders();
  await market.call("GET /orders", { headers: { ...tillHeaders(TILL), authorization: `Bearer ${B.token}x` } });
  await market.call("GET /orders", { headers: { ...tillHeaders(TILL), authorization: `Bearer ${B.token}` } });
  await market.call("GET /app/orders", { headers: { "x-auth-token": `${token}x` } });
  return { market, tokens: [A.token, B.token, token], codes: [CODE, sessionCode] };
};

const printed = (value: unknown): string =>
  JSON.stringify(value, (_, each) => (typeof each === "bigint" ? String(each) : each));

const saidIn = (text: string, words: readonly string[]) => words.filter((word) => text.includes(word));

test("no token is in the table", async () => {
  const { market, tokens } = await doEverything();
  expect(saidIn(printed(market.world.twin.items()), tokens)).toEqual([]);
});

test("no token, session code, key of a caller's or text of an order is in the log, and nothing has failed", async () => {
  const { market, tokens, codes } = await doEverything();
  const { logs, counts } = market.world.telemetry;
  const unlogged = [...tokens, ...codes, ...PERSONAL, "p-P-1", "refund-of-mine", "cancel-of-mine", "P-1", "c-1"];
  expect(saidIn(printed([logs, counts]), unlogged)).toEqual([]);
  expect(logs.filter(({ fields }) => fields.fault !== undefined)).toEqual([]);
});

test("nothing personal, no code and no key of a caller's is in a key", async () => {
  const { market, tokens, codes } = await doEverything();
  const keys = market.world.twin.items().map((item) => printed(keyIn(item)));
  const unsaid = [...tokens, ...codes, ...PERSONAL, "refund-of-mine", "cancel-of-mine", "p-P-1", "P-3"];
  expect(saidIn(keys.join("\n"), unsaid)).toEqual([]);
});
