/** A withdrawal order in the table, and the conditional writes that open and move it. */
import { canMove, type MoveOf } from "#kernel/machine";
import { minor } from "#kernel/money";
import { Fault } from "#kernel/refusal";
import { above, absent, atMost, equals } from "#store/condition";
import { currencyIn, integerIn, maybeTextIn, timeIn, wordIn } from "#store/field";
import type { Item } from "#store/item";
import { withdrawalKey } from "#store/keys/withdrawal";
import { dueAt, dueFields, ttlAfter } from "#store/table";
import { put, type Rule, update, type Write } from "#store/write";
import type { Order, OrderState, TransactionId, UserId } from "#withdrawal/order";
import { orderMachine } from "#withdrawal/order.machine";

const states = Object.keys(orderMachine.states) as readonly OrderState[];

const movedField = (state: OrderState): string => `${state}AtMs`;

/** An order out of its item. */
export const orderOf = (tenant: string, item: Item): Order => {
  const reference = maybeTextIn(item, "reference");
  const store = maybeTextIn(item, "store");
  const reason = maybeTextIn(item, "reason");
  const moved = states.filter((state) => item[movedField(state)] !== undefined);
  return {
    tenant,
    transactionId: integerIn(item, "transactionId") as TransactionId,
    userId: integerIn(item, "userId") as UserId,
    state: wordIn(item, "state", states),
    amount: { minor: minor(integerIn(item, "amount")), currency: currencyIn(item, "currency") },
    skip: item.skip === true,
    ...(reference !== undefined && { reference }),
    ...(store !== undefined && { store }),
    ...(reason !== undefined && { reason }),
    partnerAtMs: timeIn(item, "partnerAtMs"),
    startedAtMs: timeIn(item, "startedAtMs"),
    movedAtMs: Object.fromEntries(moved.map((state) => [state, timeIn(item, movedField(state))])),
    expiresAtMs: timeIn(item, "expiresAtMs"),
  };
};

/** The write that opens an order: due at its expiry, and kept until it has ended. A taken TransactionId is stale: another is drawn. */
export const openOrder = (order: Order): Write => {
  const { tenant, transactionId, userId, state, amount, skip, reference, store, expiresAtMs } = order;
  const key = withdrawalKey(tenant, transactionId);
  const item: Item = {
    transactionId,
    userId,
    state,
    amount: amount.minor,
    currency: amount.currency,
    skip,
    ...(reference !== undefined && { reference }),
    ...(store !== undefined && { store }),
    partnerAtMs: BigInt(order.partnerAtMs),
    startedAtMs: BigInt(order.startedAtMs),
    expiresAtMs: BigInt(expiresAtMs),
    ...dueAt(key, expiresAtMs),
  };
  return put(key, item, [[absent(), "stale"]]);
};

/** A move of an order that there is. */
export type OrderMove = Exclude<MoveOf<typeof orderMachine>, "start">;

/** What the deadline asks of each move: the clock's comes after it, what needs the hold before it, a reversal at any time. */
const inTime = (move: OrderMove, nowMs: number): readonly Rule[] => {
  if (move === "reverse") return [];
  return [[move === "expire" ? atMost("expiresAtMs", BigInt(nowMs)) : above("expiresAtMs", BigInt(nowMs)), "stale"]];
};

/** What the partner says of a move. */
export interface Told {
  readonly reference?: string | undefined;
  readonly partnerAtMs: number;
  readonly reason?: string | undefined;
}

/** The write that moves an order on, if it still is as it was judged; it is no longer due, and may go when its retention is over. */
export const moveOrder = (order: Order, move: OrderMove, nowMs: number, retentionDays: number, told?: Told): Write => {
  if (!canMove(orderMachine, move, order.state)) throw new Fault(`no order that is ${order.state} can ${move}`);
  const { to } = orderMachine.moves[move];
  const set: Item = {
    state: to,
    [movedField(to)]: BigInt(nowMs),
    ttl: ttlAfter(nowMs, retentionDays),
    ...(told !== undefined && { partnerAtMs: BigInt(told.partnerAtMs) }),
    ...(told?.reference !== undefined && { reference: told.reference }),
    ...(told?.reason !== undefined && { reason: told.reason }),
  };
  return update(withdrawalKey(order.tenant, order.transactionId), { set, remove: dueFields }, [
    [equals("state", order.state), "stale"],
    [equals("reference", order.reference), "stale"],
    ...inTime(move, nowMs),
  ]);
};
