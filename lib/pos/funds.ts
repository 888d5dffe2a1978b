/** What happens to the money of an order's payment, as writes on the desk's ledger (swip.md 5). Amounts in minor units. */
import { minor } from "#kernel/money";
import { Fault } from "#kernel/refusal";
import { type AccountRef, type Posting, post } from "#ledger/posting";
import { type Purse, type Shift, shift } from "#ledger/purse";
import { merchantAccount, pendingAccount, walletOf } from "#pos/customer.item";
import type { Order } from "#pos/order";
import { DESK } from "#store/table";
import type { Write } from "#store/write";

/** When something is booked, and under which numbers. */
export interface Booking {
  readonly nowMs: number;
  readonly drawId: () => string;
}

const walletIn = ({ customer, currency }: Order): Purse => {
  if (customer === undefined) throw new Fault("an order without a customer has no wallet");
  return { tenant: DESK, account: walletOf(customer, currency) };
};

const shiftWallet = (order: Order, by: Shift): readonly Write[] => shift(walletIn(order), by);

const move = (
  order: Order,
  reason: Posting["reason"],
  [from, to]: readonly [AccountRef, AccountRef],
  amount: bigint,
  { nowMs, drawId }: Booking,
): readonly Write[] =>
  amount === 0n
    ? []
    : post({
        id: drawId(),
        tenant: DESK,
        atMs: nowMs,
        reason,
        from,
        to,
        amount: { minor: minor(amount), currency: order.currency },
        subject: order.id,
      });

const placesOf = (order: Order) => ({
  wallet: { bounded: walletIn(order).account },
  pending: pendingAccount(order.tenant, order.currency),
  merchant: merchantAccount(order.tenant, order.currency),
});

/** Sets the amount aside in the wallet; refuses FUNDS_SHORT. */
export const holdMoney = (order: Order, amount: bigint): readonly Write[] =>
  shiftWallet(order, { available: -amount, held: amount });

/** Takes the amount out of the wallet, until the order is closed; refuses FUNDS_SHORT. */
export const debitMoney = (order: Order, amount: bigint, booking: Booking): readonly Write[] => {
  const { wallet, pending } = placesOf(order);
  return [...shiftWallet(order, { available: -amount }), ...move(order, "debit", [wallet, pending], amount, booking)];
};

/** Gives a part of what is held back, and keeps the amount. */
export const keepMoney = (order: Order, amount: bigint): readonly Write[] => {
  const rest = order.held - amount;
  return shiftWallet(order, { held: -rest, available: rest });
};

/** Gives the amount of what is held, or was debited, to the merchant, and the rest back. */
export const captureMoney = (order: Order, amount: bigint, booking: Booking): readonly Write[] => {
  const { wallet, pending, merchant } = placesOf(order);
  if (order.payment === "HELD")
    return [
      ...shiftWallet(order, { held: -order.held, available: order.held - amount }),
      ...move(order, "capture", [wallet, merchant], amount, booking),
    ];
  const rest = order.captured - amount;
  return [
    ...shiftWallet(order, { available: rest }),
    ...move(order, "capture", [pending, merchant], amount, booking),
    ...move(order, "return", [pending, wallet], rest, booking),
  ];
};

/** Gives back all that is held, or was debited and not yet captured by a close; nothing where the wallet has not paid. */
export const voidMoney = (order: Order, booking: Booking): readonly Write[] => {
  if (order.payment === "HELD") return shiftWallet(order, { held: -order.held, available: order.held });
  return order.payment === "CAPTURED" ? captureMoney(order, 0n, booking) : [];
};

/** Gives captured money back; nothing where the till took it. */
export const refundMoney = (order: Order, amount: bigint, booking: Booking): readonly Write[] => {
  if (order.method !== "WALLET") return [];
  const { wallet, merchant } = placesOf(order);
  return [...shiftWallet(order, { available: amount }), ...move(order, "refund", [merchant, wallet], amount, booking)];
};
