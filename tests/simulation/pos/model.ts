/** Orders, money and points as swip.md 5-8 tell of them, one call after the other: what the desk must have said, and how all stands then. */
import type { Reckoning } from "#loyalty/reckon";
import { halfEven, sumOf } from "#loyalty/share";
import type { Standing } from "../../support/pos.ts";
import { naiveGivenBack, naiveReckon } from "../../unit/loyalty/naive.ts";
import { type Content, campaigns, MONEY, type ModelLine, major, POINTS, points } from "./given.ts";

/** An order of the model; amounts in minor units. */
export interface Modelled {
  readonly till: number;
  readonly key: string;
  readonly content: number;
  lines: readonly ModelLine[];
  totalOriginal: bigint;
  total: bigint;
  status: "OPEN" | "CLOSED" | "CANCELLED" | "EXPIRED";
  cancelReason: string | null;
  customer?: string;
  wished: bigint;
  /** Units of the campaign `fifth` that the loyalty was reckoned with. */
  counted: bigint;
  reckoned: Reckoning;
  isFixed: boolean;
  payment: string;
  method: "WALLET" | "CASH" | "CARD" | null;
  held: bigint;
  captured: bigint;
  refunded: bigint;
  amount: bigint | null;
  /** What a counted close has said, and what was answered. */
  close?: { readonly said: string; readonly answer: string };
  readonly refunds: Map<string, string>;
  readonly cuts: Map<string, string>;
  readonly expiresAtMs: number;
  captureAtMs: number | null;
}

/** A customer of the model. */
export interface Purse {
  available: bigint;
  held: bigint;
  points: bigint;
  heldPoints: bigint;
  /** Units of the campaign `fifth`. */
  units: bigint;
  readonly payments: Map<string, string>;
}

/** All that the model knows. */
export interface Model {
  readonly mode: "hold" | "debit";
  readonly delayMs: number;
  readonly orders: Modelled[];
  readonly purses: ReadonlyMap<string, Purse>;
  nowMs: number;
}

const purse = (points: bigint): Purse => ({
  available: MONEY,
  held: 0n,
  points,
  heldPoints: 0n,
  units: 0n,
  payments: new Map(),
});

/** A market without orders. */
export const openModel = (mode: Model["mode"], delayMs: number, nowMs: number): Model => ({
  mode,
  delayMs,
  nowMs,
  orders: [],
  purses: new Map([
    ["c-1", purse(POINTS)],
    ["c-2", purse(0n)],
  ]),
});

/** A customer's purse. */
export const purseOf = ({ purses }: Model, customer = "c-1"): Purse => {
  const found = purses.get(customer);
  if (found === undefined) throw new Error(`the model has no ${customer}`);
  return found;
};

/** What an order's customer saves and earns who has bought so many units before. */
export const reckonFor = (order: Pick<Modelled, "lines" | "total" | "wished">, units: bigint): Reckoning =>
  naiveReckon({
    lines: order.lines,
    total: order.total,
    campaigns,
    counts: new Map([["fifth", units]]),
    points,
    withdrawPoints: order.wished,
  });

const nothing = (total: bigint): Reckoning =>
  naiveReckon({
    lines: [{ amount: total, price: total, quantityThousandths: 1n }],
    total,
    campaigns: [],
    counts: new Map(),
    withdrawPoints: 0n,
  });

/** A new order. */
export const orderOf = (
  till: number,
  key: string,
  content: number,
  { lines, total }: Content,
  expiresAtMs: number,
): Modelled => ({
  till,
  key,
  content,
  lines,
  totalOriginal: sumOf(lines.map(({ amount }) => amount)),
  total,
  status: "OPEN",
  cancelReason: null,
  wished: 0n,
  counted: 0n,
  reckoned: nothing(total),
  isFixed: false,
  payment: "NONE",
  method: null,
  held: 0n,
  captured: 0n,
  refunded: 0n,
  amount: null,
  refunds: new Map(),
  cuts: new Map(),
  expiresAtMs,
  captureAtMs: null,
});

/** Reckons an order's loyalty anew; after so many units, or after those that its customer has bought by now. */
export const recompute = (model: Model, order: Modelled, units?: bigint): void => {
  if (order.customer === undefined) {
    order.reckoned = nothing(order.total);
    return;
  }
  order.counted = units ?? purseOf(model, order.customer).units;
  order.reckoned = reckonFor(order, order.counted);
  order.wished = order.reckoned.withdrawPoints;
};

/** Makes an order a customer's. */
export const bind = (model: Model, order: Modelled, customer: string): void => {
  if (order.customer !== undefined) return;
  order.customer = customer;
  recompute(model, order);
};

/** Holds the points and counts the units. */
export const fix = (model: Model, order: Modelled): void => {
  const owner = purseOf(model, order.customer);
  owner.points -= order.reckoned.withdrawPoints;
  owner.heldPoints += order.reckoned.withdrawPoints;
  owner.units += order.reckoned.counted.get("fifth") ?? 0n;
  order.isFixed = true;
};

/** What has been given back, as totals: none while an order is open. */
const backOf = ({ reckoned, status, payment, amount, refunded }: Modelled) => {
  if (status === "OPEN") return { pointsReturned: 0n, loyaltyReturned: 0n, pointsCredited: 0n, isAll: false };
  const isVoid = status !== "CLOSED" || payment === "VOIDED" || amount === null;
  return naiveGivenBack(
    { ...reckoned, pointValueMinor: points.pointValueMinor },
    isVoid ? "all" : { amount, refunded },
  );
};

/** Moves an order, and lets points and units follow. */
export const move = (model: Model, order: Modelled, change: () => void): void => {
  const before = backOf(order);
  const wasOpen = order.status === "OPEN";
  change();
  if (!order.isFixed) return;
  const now = backOf(order);
  const owner = purseOf(model, order.customer);
  if (wasOpen && order.status !== "OPEN") owner.heldPoints -= order.reckoned.withdrawPoints;
  owner.points += now.pointsReturned - before.pointsReturned + now.pointsCredited - before.pointsCredited;
  if (now.isAll && !before.isAll) owner.units -= order.reckoned.counted.get("fifth") ?? 0n;
};

/** Puts what an order has of the wallet back into it, but for so much. */
const settle = (model: Model, order: Modelled, kept: bigint, isDelayed: boolean): void => {
  const owner = purseOf(model, order.customer);
  const paid = order.held + order.captured;
  owner.held -= order.held;
  owner.available += paid - kept;
  if (isDelayed) owner.held += kept;
  order.held = isDelayed ? kept : 0n;
  order.captured = isDelayed ? 0n : kept;
  order.payment = kept === 0n ? "VOIDED" : isDelayed ? "HELD" : "CAPTURED";
  order.captureAtMs = isDelayed ? model.nowMs + model.delayMs : null;
};

const isPaidInApp = ({ method, payment }: Modelled): boolean => method === "WALLET" && payment !== "VOIDED";

/** Ends an open order without a sale. */
export const end = (model: Model, order: Modelled, status: "CANCELLED" | "EXPIRED", reason: string | null): void =>
  move(model, order, () => {
    if (isPaidInApp(order)) settle(model, order, 0n, false);
    order.status = status;
    order.cancelReason = reason;
  });

/**
 * Closes an order with an amount that it may be closed with; a sale fixes the loyalty that its customer has seen, unless
 * that takes points or units which nobody has set aside.
 */
export const closeWith = (model: Model, order: Modelled, amount: bigint): void => {
  if (amount > 0n && order.customer !== undefined && !order.isFixed) {
    const { withdrawPoints, counted } = order.reckoned;
    const isScarce = withdrawPoints > 0n || [...counted.values()].some((units) => units > 0n);
    if (isScarce) order.reckoned = nothing(order.total);
    fix(model, order);
  }
  move(model, order, () => {
    if (isPaidInApp(order)) settle(model, order, amount, amount > 0n && model.mode === "hold" && model.delayMs > 0);
    else if (amount > 0n) Object.assign(order, { payment: "CAPTURED", captured: amount });
    order.status = "CLOSED";
    order.amount = amount;
  });
};

/** Cuts a unit of a line; what is left says whether there is anything to pay. */
export const cutUnit = (order: Modelled, lineId: string): boolean => {
  const lines = order.lines.flatMap((line) => {
    if (line.id !== lineId) return [line];
    const quantityThousandths = line.quantityThousandths - 1_000n;
    if (quantityThousandths === 0n) return [];
    return [{ ...line, quantityThousandths, amount: halfEven(line.price * quantityThousandths, 1_000n) }];
  });
  const totalOriginal = sumOf(lines.map(({ amount }) => amount));
  const total = halfEven(order.total * totalOriginal, order.totalOriginal);
  if (total === 0n) return false;
  Object.assign(order, { lines, totalOriginal, total });
  return true;
};

/** Lets time pass, and the sweep with it. */
export const pass = (model: Model, ms: number): void => {
  model.nowMs += ms;
  for (const order of model.orders) {
    if (order.status === "OPEN" && order.expiresAtMs <= model.nowMs) end(model, order, "EXPIRED", null);
    if (order.payment === "HELD" && order.captureAtMs !== null && order.captureAtMs <= model.nowMs) {
      purseOf(model, order.customer).held -= order.held;
      Object.assign(order, { payment: "CAPTURED", captured: order.held, held: 0n, captureAtMs: null });
    }
  }
};

/** How an order stands, in the words of an answer. */
export const standingIn = (order: Modelled): Standing => {
  const { reckoned } = order;
  const isOver = order.status === "CANCELLED" || order.status === "EXPIRED";
  return {
    status: order.status,
    cancelReason: order.cancelReason,
    amount: order.amount === null ? null : major(order.amount),
    paid: isOver ? 0 : major(order.held + order.captured),
    payable: major(reckoned.payable),
    loyalty: major(reckoned.discount + reckoned.pointsDiscount),
    loyaltyReturned: major(backOf(order).loyaltyReturned),
    payment: {
      status: order.payment,
      method: order.method,
      held: major(order.held),
      captured: major(order.captured),
      refunded: major(order.refunded),
    },
  };
};
