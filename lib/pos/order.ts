/** An order: what is to be paid, by whom, and how far that has come. Pure (swip.md 3, 5). Amounts in minor units of its currency. */
import type { Currency } from "#kernel/currency";
import type { StateOf } from "#kernel/machine";
import type { PointsRule } from "#loyalty/campaign";
import type { Reckoning } from "#loyalty/reckon";
import type { CampaignRef, Till, TillMode } from "#pos/merchant";
import type { orderMachine } from "#pos/order.machine";
import type { paymentMachine } from "#pos/payment.machine";

/** A state of an order. */
export type OrderState = StateOf<typeof orderMachine>;

/** A state of its payment. */
export type PaymentState = StateOf<typeof paymentMachine>;

/** Why an order was cancelled. */
export const cancelReasons = ["REQUESTED", "REPLACED", "CLOSE_FAILED"] as const;

/** How an order is paid: from the customer's wallet, or at the till. */
export const methods = ["WALLET", "CASH", "CARD"] as const;

/** A line of an order. */
export interface Line {
  readonly id: string;
  /** Null was sent as null, absent was not sent. */
  readonly parentId?: string | null;
  readonly productId?: string | null;
  readonly name: string;
  readonly quantityThousandths: bigint;
  readonly unit?: string | null;
  readonly price: bigint;
  readonly amount: bigint;
}

/** What an order is of, and what its till has said of it. */
export interface Content {
  readonly merchantName: string;
  readonly merchantOrderId: string;
  readonly merchantOrderNumber?: string;
  readonly merchantCashier: string;
  readonly merchantCashierId?: string;
  readonly saleDate: bigint;
  readonly sessionCode: string;
  readonly lines: readonly Line[];
}

/** Numbers by campaign. */
export type ByCampaign = Readonly<Record<string, bigint>>;

/** What an order's customer saves and earns, and what that was reckoned from (swip.md 8.3). */
export interface Loyalty extends Omit<Reckoning, "counted"> {
  /** Each line's share of discount and points, in the order of the lines; empty where there is nothing to share. */
  readonly lineDiscounts: readonly bigint[];
  /** What was kept when the order was bound: versions of campaigns, and the merchant's points. */
  readonly campaigns: readonly Pick<CampaignRef, "id" | "revision">[];
  readonly points?: PointsRule;
  /** The customer's counts that it was reckoned with, and what the order adds to them. */
  readonly counts: ByCampaign;
  readonly counted: ByCampaign;
}

/** What a counted close has said, as a digest, and the refusal that it heard. */
export interface Closing {
  readonly said: string;
  readonly refusal?: "ABOVE_PAID" | "MALFORMED";
}

/** An order. */
export interface Order extends Till {
  readonly id: string;
  readonly mode: TillMode;
  readonly currency: Currency;
  readonly state: OrderState;
  readonly cancelReason?: (typeof cancelReasons)[number];
  readonly totalOriginal: bigint;
  readonly total: bigint;
  readonly payment: PaymentState;
  readonly method?: (typeof methods)[number];
  readonly held: bigint;
  /** Before refunds. */
  readonly captured: bigint;
  readonly refunded: bigint;
  readonly refundCount: bigint;
  /** The closing amount. */
  readonly amount?: bigint;
  /** Whose app has bound it. */
  readonly customer?: string;
  readonly loyalty: Loyalty;
  /** Since when the loyalty is fixed, its points held and its units counted: by a payment, a method or the close. */
  readonly fixedAtMs?: number;
  readonly closing?: Closing;
  /** When what is held has to be captured, once closed. */
  readonly captureAtMs?: number;
  readonly paymentCancelledAtMs?: number;
  /** How many bytes the item of its lines has, about. */
  readonly contentBytes: bigint;
  /** Digests: of what its till has sent, and of its session code. */
  readonly content: string;
  readonly code: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly expiresAtMs: number;
  /** DynamoDB's time to live of all its parts. */
  readonly keptUntil: bigint;
  readonly version: bigint;
}

/** The state at an instant: an overdue order has expired, whether or not the sweep has been there. */
export const stateAt = ({ state, expiresAtMs }: Order, nowMs: number): OrderState =>
  state === "OPEN" && nowMs >= expiresAtMs ? "EXPIRED" : state;

/** What an order without a customer saves and earns: nothing (swip.md 8.3, step 7). */
export const noLoyalty = (total: bigint): Loyalty => ({
  discount: 0n,
  withdrawPoints: 0n,
  pointsDiscount: 0n,
  pointsMax: 0n,
  cashback: 0n,
  pointsEarned: 0n,
  payable: total,
  lineDiscounts: [],
  campaigns: [],
  counts: {},
  counted: {},
});

/** What the payment amounts to in a state of the order, before refunds: it decides whether an order is paid (swip.md 3). */
export const paidIn = ({ held, captured }: Order, state: OrderState): bigint =>
  state === "CANCELLED" || state === "EXPIRED" ? 0n : held + captured;
