/** Orders, refunds and lists in the words of swip.md 3 and 7. */
import { isoInstant } from "#kernel/time";
import { majorNumber, quantityNumber } from "#pos/money";
import { type Line, type Order, paidIn } from "#pos/order";
import { givenBackIn, type Listed, type Refund, type Seen, type View } from "#pos/view";

type Tell = (minor: bigint) => ReturnType<typeof majorNumber>;

const tellLine = ({ quantityThousandths, price, amount, ...line }: Line, discount: bigint, tell: Tell) => ({
  ...line,
  quantity: quantityNumber(quantityThousandths),
  price: tell(price),
  amount: tell(amount),
  discount: tell(discount),
});

const tellRefund = ({ amount, loyaltyReturned, createdAtMs, ...refund }: Refund, tell: Tell) => ({
  ...refund,
  amount: tell(amount),
  loyaltyReturned: tell(loyaltyReturned),
  createdAt: isoInstant(createdAtMs),
});

const tellPayment = ({ payment, method, held, captured, refunded }: Order, tell: Tell) => ({
  status: payment,
  method: method ?? null,
  held: tell(held),
  captured: tell(captured),
  refunded: tell(refunded),
});

const tellLoyalty = ({ order, state }: View, tell: Tell) => {
  const { discount, pointsDiscount, withdrawPoints, cashback, pointsEarned, payable } = order.loyalty;
  return {
    discount: tell(discount),
    pointsDiscount: tell(pointsDiscount),
    withdrawPoints,
    loyalty: tell(discount + pointsDiscount),
    loyaltyReturned: tell(givenBackIn(order, state)?.loyaltyReturned ?? 0n),
    cashback: tell(cashback),
    pointsEarned,
    payable: tell(payable),
  };
};

const tellOrder = (view: View) => {
  const { order, content, state, refunds, pointsBalance } = view;
  const { lines, sessionCode, merchantName, ...said } = content;
  const tell: Tell = (minor) => majorNumber(minor, order.currency);
  return {
    id: order.id,
    merchantId: order.tenant,
    merchantName,
    storeId: order.storeId,
    cashId: order.cashId,
    ...said,
    sessionCode,
    status: state,
    cancelReason: order.cancelReason ?? null,
    customerId: state === "CLOSED" ? (order.customer ?? null) : null,
    totalOriginal: tell(order.totalOriginal),
    total: tell(order.total),
    ...tellLoyalty(view, tell),
    paid: tell(paidIn(order, state)),
    amount: order.amount === undefined ? null : tell(order.amount),
    payment: tellPayment(order, tell),
    purchases: lines.map((line, nth) => tellLine(line, order.loyalty.lineDiscounts[nth] ?? 0n, tell)),
    ...(refunds && { refunds: refunds.map((refund) => tellRefund(refund, tell)) }),
    refundCount: order.refundCount,
    expiresAt: isoInstant(order.expiresAtMs),
    createdAt: isoInstant(order.createdAtMs),
    updatedAt: isoInstant(order.updatedAtMs),
    version: order.version,
    ...(pointsBalance !== undefined && { pointsBalance, pointsMax: order.loyalty.pointsMax }),
  };
};

/** Says an order. */
export const encodeSeen = ({ replayed, ...view }: Seen) => ({ status: 200, replayed, body: tellOrder(view) });

/** Says a page of orders. */
export const encodeListed = ({ views, next }: Listed) => ({
  status: 200,
  body: { orders: views.map(tellOrder), nextCursor: next ?? null },
});

/** What is said of a refund; money in minor units. */
export interface Refunded {
  readonly refundId: string;
  readonly currency: Order["currency"];
  readonly amount: bigint;
  readonly refunded: bigint;
  readonly remaining: bigint;
  readonly replayed: boolean;
}

/** Says a refund. */
export const encodeRefunded = ({ refundId, currency, amount, refunded, remaining, replayed }: Refunded) => ({
  status: 200,
  replayed,
  body: {
    status: "SUCCESS",
    description: "Refunded",
    refundId,
    amount: majorNumber(amount, currency),
    refunded: majorNumber(refunded, currency),
    remaining: majorNumber(remaining, currency),
  },
});

/** Says that a payment was cancelled. */
export const encodePaymentCancelled = ({ replayed }: { readonly replayed: boolean }) => ({
  status: 200,
  replayed,
  body: { status: "SUCCESS", description: "Payment cancelled" },
});
