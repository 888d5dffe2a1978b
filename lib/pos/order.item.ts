/** An order in the table, and the conditional writes that open and move it. */
import { readPrinted, writeJson } from "#kernel/json";
import { canMove, type MoveOf } from "#kernel/machine";
import { Fault } from "#kernel/refusal";
import { tillModes } from "#pos/merchant";
import { cancelReasons, type Loyalty, methods, type Order, type OrderState, type PaymentState } from "#pos/order";
import { orderMachine } from "#pos/order.machine";
import { paymentMachine } from "#pos/payment.machine";
import type { Active } from "#pos/till.item";
import { above, absent, atMost, equals, oneOf, present } from "#store/condition";
import {
  amountIn,
  currencyIn,
  defined,
  integerIn,
  maybeTextIn,
  maybeTimeIn,
  textIn,
  timeIn,
  wordIn,
} from "#store/field";
import type { Item } from "#store/item";
import { orderKey } from "#store/keys/pos";
import { dueAt, dueFields, listedAt } from "#store/table";
import { put, type Rule, update, type Write } from "#store/write";

const states = Object.keys(orderMachine.states) as readonly OrderState[];
const paymentStates = Object.keys(paymentMachine.states) as readonly PaymentState[];

/** The name under which a merchant's orders are listed by day. */
export const ORDERS = "orders";

const closingIn = (item: Item): Order["closing"] => {
  const said = maybeTextIn(item, "closingSaid");
  if (said === undefined) return undefined;
  return item.closingRefusal === undefined
    ? { said }
    : { said, refusal: wordIn(item, "closingRefusal", ["ABOVE_PAID", "MALFORMED"]) };
};

/** An order out of its item. */
export const orderOf = (id: string, item: Item): Order => ({
  id,
  tenant: textIn(item, "tenant"),
  storeId: textIn(item, "storeId"),
  cashId: textIn(item, "cashId"),
  mode: wordIn(item, "mode", tillModes),
  currency: currencyIn(item, "currency"),
  state: wordIn(item, "state", states),
  totalOriginal: integerIn(item, "totalOriginal"),
  total: integerIn(item, "total"),
  payment: wordIn(item, "payment", paymentStates),
  held: amountIn(item, "held"),
  captured: amountIn(item, "captured"),
  refunded: amountIn(item, "refunded"),
  refundCount: amountIn(item, "refundCount"),
  loyalty: readPrinted<Loyalty>(textIn(item, "loyalty")),
  contentBytes: integerIn(item, "contentBytes"),
  content: textIn(item, "content"),
  code: textIn(item, "code"),
  createdAtMs: timeIn(item, "createdAtMs"),
  updatedAtMs: timeIn(item, "updatedAtMs"),
  expiresAtMs: timeIn(item, "expiresAtMs"),
  keptUntil: integerIn(item, "keptUntil"),
  version: integerIn(item, "version"),
  ...defined({
    cancelReason: item.cancelReason === undefined ? undefined : wordIn(item, "cancelReason", cancelReasons),
    method: item.method === undefined ? undefined : wordIn(item, "method", methods),
    amount: item.amount === undefined ? undefined : integerIn(item, "amount"),
    customer: maybeTextIn(item, "customer"),
    fixedAtMs: maybeTimeIn(item, "fixedAtMs"),
    closing: closingIn(item),
    captureAtMs: maybeTimeIn(item, "captureAtMs"),
    paymentCancelledAtMs: maybeTimeIn(item, "paymentCancelledAtMs"),
  }),
});

const itemOf = (order: Order): Item => {
  const { id: _, loyalty, closing, fixedAtMs, captureAtMs, paymentCancelledAtMs, ...plain } = order;
  return {
    ...plain,
    loyalty: writeJson(loyalty),
    createdAtMs: BigInt(order.createdAtMs),
    updatedAtMs: BigInt(order.updatedAtMs),
    expiresAtMs: BigInt(order.expiresAtMs),
    ...(closing && { closingSaid: closing.said }),
    ...(closing?.refusal && { closingRefusal: closing.refusal }),
    ...(fixedAtMs !== undefined && { fixedAtMs: BigInt(fixedAtMs) }),
    ...(captureAtMs !== undefined && { captureAtMs: BigInt(captureAtMs) }),
    ...(paymentCancelledAtMs !== undefined && { paymentCancelledAtMs: BigInt(paymentCancelledAtMs) }),
  };
};

/** The write that opens an order: due at its expiry, listed by its day. One that was opened meanwhile is stale. */
export const openOrder = (order: Order): Write => {
  const key = orderKey(order.id);
  const lists = { ...dueAt(key, order.expiresAtMs), ...listedAt(order.tenant, ORDERS, order.createdAtMs, order.id) };
  return put(key, { ...itemOf(order), ...lists }, [[absent(), "stale"]]);
};

/** A move of an order that there is. */
export type OrderMove = Exclude<MoveOf<typeof orderMachine>, "create">;

/** What the clock asks of each move: an open order moves before its expiry, the clock's moves come after their deadlines. */
const inTime = (move: OrderMove, order: Order, nowMs: number): readonly Rule[] => {
  const now = BigInt(nowMs);
  const row = orderMachine.moves[move];
  if ("deadline" in row) return [[atMost(row.deadline, now), "stale"]];
  if (move === "cancelPayment") return [[above("captureAtMs", now), "stale"]];
  return order.state === "OPEN" ? [[above("expiresAtMs", now), "stale"]] : [];
};

/** When the clock has to move an order again, if ever. */
const deadlineOf = ({ state, payment, expiresAtMs, captureAtMs }: Order): number | undefined => {
  if (state === "OPEN") return expiresAtMs;
  return payment === "HELD" ? captureAtMs : undefined;
};

/** A move of an order, and of its payment where that moves too. */
export interface Moves {
  readonly order: OrderMove;
  readonly payment?: MoveOf<typeof paymentMachine>;
}

type States = Pick<Order, "state" | "payment">;

const statesAfter = ({ state, payment }: States, moves: Moves): States => {
  if (!canMove(orderMachine, moves.order, state)) throw new Fault(`no order that is ${state} can ${moves.order}`);
  const { to } = orderMachine.moves[moves.order];
  if (moves.payment === undefined) return { state: to, payment };
  if (!canMove(paymentMachine, moves.payment, payment))
    throw new Fault(`no payment that is ${payment} can ${moves.payment}`);
  return { state: to, payment: paymentMachine.moves[moves.payment].to };
};

/** The fields of the index `due`, or of the time to live, that a move changes. */
const clockFields = (before: Order, after: Order): { readonly set: Item; readonly remove: readonly string[] } => {
  const deadlineMs = deadlineOf(after);
  if (deadlineMs === deadlineOf(before)) return { set: {}, remove: [] };
  return deadlineMs === undefined
    ? { set: { ttl: after.keptUntil }, remove: dueFields }
    : { set: dueAt(orderKey(after.id), deadlineMs), remove: [] };
};

/** An order after a move, and the write that makes it so. */
export interface Moved {
  readonly order: Order;
  readonly write: Write;
}

/**
 * Moves an order, one step after another in one write, if it still is as it was judged, and in time. It is due at its next
 * deadline; without one it may go when its retention is over.
 */
export const moveOrder = (before: Order, steps: readonly Moves[], change: Partial<Order>, nowMs: number): Moved => {
  const order: Order = {
    ...before,
    ...change,
    ...steps.reduce(statesAfter, before),
    updatedAtMs: nowMs,
    version: before.version + 1n,
  };
  const was = itemOf(before);
  const changed = Object.fromEntries(Object.entries(itemOf(order)).filter(([field, value]) => was[field] !== value));
  const { set, remove } = clockFields(before, order);
  const write = update(orderKey(order.id), { set: { ...changed, ...set }, remove }, [
    [equals("version", before.version), "stale"],
    [equals("state", before.state), "stale"],
    [equals("payment", before.payment), "stale"],
    ...steps.flatMap((moves) => inTime(moves.order, before, nowMs)),
  ]);
  return { order, write };
};

/** The write that cancels a till's active order for a newer one: without reading it, if nobody has paid or chosen since the till was read. */
export const replaceOrder = (active: Active, nowMs: number): Write => {
  const { from, to } = orderMachine.moves.replace;
  const set: Item = { state: to, cancelReason: "REPLACED", updatedAtMs: BigInt(nowMs), ttl: active.keptUntil };
  return update(orderKey(active.order), { set, add: { version: 1n }, remove: dueFields }, [
    [oneOf("state", from), "stale"],
    [equals("payment", "NONE"), "stale"],
    [active.aside === undefined ? absent("fixedAtMs") : present("fixedAtMs"), "stale"],
    [above("expiresAtMs", BigInt(nowMs)), "stale"],
  ]);
};
