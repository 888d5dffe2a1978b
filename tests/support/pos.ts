/** What tills and apps say and hear of an order (swip.md 3, 8.1), and how the orders of its section 10 come about. */
import type { Answered } from "./desk.ts";
import type { Till } from "./market/vendor.ts";
import type { Json, Market } from "./market.ts";

/** The order of most rows: 100 for two lines. Money in major units. */
export const P: Json = {
  merchantOrderId: "P-1",
  merchantCashier: "Ann Meier",
  saleDate: 1540485815026,
  total: 100,
  totalOriginal: 100,
  purchases: [
    { id: "l-1", name: "Meal", quantity: 1, price: 60, amount: 60 },
    { id: "l-2", name: "Drink", quantity: 2, price: 20, amount: 40 },
  ],
};

/** The vendor's quick start, as it is sent. */
export const QUICK_START: Json = {
  merchantOrderId: "QS-11",
  merchantOrderNumber: "11",
  merchantCashier: "Cashier name",
  merchantCashierId: "cashier-uuid",
  saleDate: 1540485815026,
  total: 50,
  totalOriginal: 50,
  sessionCode: "https://swip.one/?qr=01234567890",
  purchases: [
    {
      id: "line-uuid",
      parentId: null,
      productId: null,
      name: "Sprite 0,33 l",
      quantity: 1,
      unit: "pcs",
      price: 50,
      amount: 50,
    },
  ],
};

/** An order of lines of these amounts, one piece each, and nothing off: major units. */
export const orderOf = (merchantOrderId: string, ...amounts: readonly number[]): Json => {
  const total = Number(amounts.reduce((sum, amount) => sum + amount, 0).toFixed(2));
  return {
    ...P,
    merchantOrderId,
    total,
    totalOriginal: total,
    purchases: amounts.map((amount, n) => ({
      id: `l-${n + 1}`,
      name: `Line ${n + 1}`,
      quantity: 1,
      price: amount,
      amount,
    })),
  };
};

/** An order whose first line is changed. */
export const withLine = (order: Json, changes: Json): Json => {
  const [first, ...rest] = order.purchases as readonly Json[];
  return { ...order, purchases: [{ ...first, ...changes }, ...rest] };
};

/** An answer's object. */
export const told = ({ body }: Answered) => JSON.parse(body);

/** The object of an answer that must be a success. */
export const succeeded = (answered: Answered) => {
  if (answered.status !== 200) throw new Error(`refused: ${answered.status} ${answered.body}`);
  return told(answered);
};

/** Whether an answer is the one that was given before. */
export const isReplay = ({ headers }: Answered): boolean => headers["idempotency-replayed"] === "true";

/** An answer as `<status>[ replayed]`, with a refusal's code. */
export const said = (answered: Answered): string => {
  const { code } = told(answered);
  return `${answered.status}${isReplay(answered) ? " replayed" : ""}${code === undefined ? "" : ` ${code}`}`;
};

/** How an order stands: all that a payment changes of it. */
export interface Standing {
  readonly status: string;
  readonly cancelReason: string | null;
  readonly amount: number | null;
  readonly paid: number;
  readonly payable: number;
  readonly loyalty: number;
  readonly loyaltyReturned: number;
  readonly payment: Json;
}

/** What an order's answer tells of that. */
export const standingIn = (order: Standing): Standing => {
  const { status, cancelReason, amount, paid, payable, loyalty, loyaltyReturned, payment } = order;
  return { status, cancelReason, amount, paid, payable, loyalty, loyaltyReturned, payment };
};

/** P, as it is once the app has seen it, but for these. */
export const standing = ({ payment, ...changes }: Partial<Standing> = {}): Standing => ({
  status: "OPEN",
  cancelReason: null,
  amount: null,
  paid: 0,
  payable: 90,
  loyalty: 10,
  loyaltyReturned: 0,
  ...changes,
  payment: { status: "NONE", method: null, held: 0, captured: 0, refunded: 0, ...payment },
});

/** An order's standing, as the till sees it. */
export const standingOf = async ({ getOrder }: Market, id: string, at?: Till): Promise<Standing> =>
  standingIn(succeeded(await getOrder(id, at)));

/** P created, and nothing else. */
export const create = async ({ createOrder }: Market, order: Json = P, at?: Till): Promise<string> =>
  succeeded(await createOrder(order, at)).id;

/** P created and viewed in the app. */
export const bind = async (market: Market, order: Json = P, at?: Till): Promise<string> => {
  const id = await create(market, order, at);
  succeeded(await market.viewOrder(id));
  return id;
};

/** P paid in the app. */
export const pay = async (market: Market, order: Json = P, at?: Till): Promise<string> => {
  const id = await bind(market, order, at);
  succeeded(await market.payOrder(id, { paymentId: `p-${order.merchantOrderId}` }));
  return id;
};

/** P paid in the app and closed with what was paid. */
export const close = async (market: Market, order: Json = P, at?: Till): Promise<string> => {
  const id = await pay(market, order, at);
  const { paid } = await standingOf(market, id, at);
  succeeded(await market.closeOrder(id, { amount: paid }, at));
  return id;
};
