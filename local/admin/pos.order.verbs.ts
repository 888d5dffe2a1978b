/** The verb of orders of tills. */
import { isoInstant } from "#kernel/time";
import { majorIn } from "./amount.ts";
import { columns, instantText } from "./layout.ts";
import { type ShownOrder, showOrder } from "./pos.order.ts";
import { orderId } from "./pos.readings.ts";
import { defineVerb, type Verb } from "./verb.ts";

const timesOf = ({ createdAtMs, updatedAtMs, expiresAtMs, captureAtMs }: ShownOrder) =>
  [
    ["created", createdAtMs],
    ["changed", updatedAtMs],
    ["open until", expiresAtMs],
    ["captured at", captureAtMs],
  ] as const;

const amountsOf = (order: ShownOrder) => {
  const text = (minor: bigint): string => majorIn(order.currency, minor);
  const { discount, pointsDiscount, payable } = order.loyalty;
  return {
    total: text(order.total),
    loyalty: text(discount + pointsDiscount),
    payable: text(payable),
    closed: order.amount === undefined ? undefined : text(order.amount),
    held: text(order.held),
    captured: text(order.captured),
    refunded: text(order.refunded),
  };
};

const textOf = (order: ShownOrder): string => {
  const { closed = "not yet", ...amounts } = amountsOf(order);
  const reason = order.cancelReason === undefined ? "" : `, ${order.cancelReason}`;
  const { withdrawPoints, pointsEarned, campaigns } = order.loyalty;
  return [
    `Order ${order.id} of ${order.tenant}`,
    "",
    columns([
      ["state", `${order.state}${reason}`],
      ["payment", `${order.payment}, ${order.method ?? "no method"}`],
      ["till", `${order.cashId} in ${order.storeId}, ${order.mode}`],
      ["customer", order.customer ?? "none"],
      ["currency", order.currency],
      ...Object.entries({ ...amounts, closed }),
      ["refunds", String(order.refundCount)],
      ["points", `${withdrawPoints} used, ${pointsEarned} earned`],
      ["campaigns", campaigns.map(({ id }) => id).join(", ") || "none"],
      ...timesOf(order).flatMap(([name, atMs]) => (atMs === undefined ? [] : [[name, instantText(atMs)]])),
    ]),
  ].join("\n");
};

const documentOf = (order: ShownOrder): object => ({
  tenant: order.tenant,
  id: order.id,
  state: order.state,
  cancelReason: order.cancelReason ?? null,
  payment: order.payment,
  method: order.method ?? null,
  storeId: order.storeId,
  cashId: order.cashId,
  mode: order.mode,
  customer: order.customer ?? null,
  currency: order.currency,
  ...amountsOf(order),
  closed: amountsOf(order).closed ?? null,
  refunds: Number(order.refundCount),
  pointsUsed: String(order.loyalty.withdrawPoints),
  pointsEarned: String(order.loyalty.pointsEarned),
  campaigns: order.loyalty.campaigns.map(({ id }) => id),
  createdAt: isoInstant(order.createdAtMs),
  updatedAt: isoInstant(order.updatedAtMs),
  expiresAt: isoInstant(order.expiresAtMs),
  captureAt: order.captureAtMs === undefined ? null : isoInstant(order.captureAtMs),
});

/** The verbs of orders of tills. */
export const orderVerbs: readonly Verb[] = [
  defineVerb({
    name: "pos order show",
    help: "Shows how far an order of a till has come.",
    notes: ["What is bought, and the code that it is found by, are not shown."],
    arguments: { id: orderId },
    options: {},
    examples: ["pos order show 7f3f0d0e-6f0b-4a37-9b1e-2f6f2d7f1a10"],
    run: showOrder,
    say: (order) => ({ text: textOf(order), document: documentOf(order) }),
  }),
];
