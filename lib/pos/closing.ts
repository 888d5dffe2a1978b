/** A counted close: what its amount says, what that makes of the order's payment, and how it is known again (swip.md 5, 6). */
import { plainDecimal } from "#kernel/canonical";
import { digest } from "#kernel/crypto";
import { JsonNumber, writeJson } from "#kernel/json";
import type { MoveOf } from "#kernel/machine";
import { SECOND_MS } from "#kernel/time";
import { leaveCode } from "#pos/code.item";
import type { Ended } from "#pos/ending";
import { type Booking, captureMoney, keepMoney, voidMoney } from "#pos/funds";
import { minorIn, readNumber } from "#pos/money";
import { type Closing, type Loyalty, noLoyalty, type Order, paidIn } from "#pos/order";
import { moveOrder } from "#pos/order.item";
import type { paymentMachine } from "#pos/payment.machine";
import { settlePoints } from "#pos/points";
import { freeTill } from "#pos/till.item";
import { givenBackIn } from "#pos/view";
import type { Write } from "#store/write";

/** A digest of a closing amount as it was sent: two spellings of a number are one amount; missing is one too. */
export const digestOfAmount = (said: unknown): string => {
  const decimal = JsonNumber.is(said) ? readNumber(said.text) : undefined;
  if (decimal !== undefined) return digest(`number ${plainDecimal(decimal)}`);
  return digest(said === undefined ? "missing" : `other ${writeJson(said)}`);
};

/** The closing amount in minor units, or why a counted close fails: it is no amount, or above what was paid or asked. */
export const closingAmount = (order: Order, said: unknown): bigint | NonNullable<Closing["refusal"]> => {
  const decimal = JsonNumber.is(said) ? readNumber(said.text) : undefined;
  const amount = decimal && minorIn(order.currency, decimal);
  if (amount === undefined) return "MALFORMED";
  if (order.payment !== "NONE") return amount > paidIn(order, order.state) ? "ABOVE_PAID" : amount;
  return amount > order.totalOriginal ? "MALFORMED" : amount;
};

interface Paying {
  readonly move?: MoveOf<typeof paymentMachine>;
  readonly change: Partial<Order>;
  readonly money: readonly Write[];
}

/** What a close does to the payment and its money. */
const payingBy = (order: Order, amount: bigint, delaySeconds: number, booking: Booking): Paying => {
  if (order.payment === "NONE")
    return amount > 0n ? { move: "takeAtTill", change: { captured: amount }, money: [] } : { change: {}, money: [] };
  if (amount === 0n) return { move: "void", change: { held: 0n, captured: 0n }, money: voidMoney(order, booking) };
  if (order.payment === "HELD" && delaySeconds > 0) {
    const captureAtMs = booking.nowMs + delaySeconds * SECOND_MS;
    return { move: "keepHeld", change: { held: amount, captureAtMs }, money: keepMoney(order, amount) };
  }
  return { move: "capture", change: { held: 0n, captured: amount }, money: captureMoney(order, amount, booking) };
};

/** What is captured when, and how the close is known again. */
export interface CloseTerms {
  readonly closing: Closing;
  readonly delaySeconds: number;
}

/**
 * The loyalty that a sale leaves a customer whose app has fixed none: what was shown, if it takes nothing of which there is
 * only so much. Points and units that nobody has set aside may have been promised to other orders too: then it is none.
 */
const unfixedLoyalty = ({ loyalty, total }: Order): Loyalty => {
  const isScarce = loyalty.withdrawPoints > 0n || Object.values(loyalty.counted).some((units) => units > 0n);
  return isScarce ? noLoyalty(total) : loyalty;
};

/** Closes an open order with an amount. */
export const closeWith = (
  before: Order,
  amount: bigint,
  { closing, delaySeconds }: CloseTerms,
  booking: Booking,
): Ended => {
  const { move, change, money } = payingBy(before, amount, delaySeconds, booking);
  const fixes = before.customer !== undefined && before.fixedAtMs === undefined && amount > 0n;
  const moves = { order: "close", ...(move && { payment: move }) } as const;
  const fixed = fixes && { fixedAtMs: booking.nowMs, loyalty: unfixedLoyalty(before) };
  const { order, write } = moveOrder(before, [moves], { ...change, amount, closing, ...fixed }, booking.nowMs);
  const given = givenBackIn(order, order.state);
  const points = given ? settlePoints({ ...before, loyalty: order.loyalty }, given, booking) : [];
  return { order, writes: [write, ...money, ...points, ...freeTill(before), ...leaveCode(before)] };
};
