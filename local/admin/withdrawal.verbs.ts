/** The verbs of withdrawal orders. */
import { isoInstant } from "#kernel/time";
import { majorIn } from "./amount.ts";
import { columns, instantText } from "./layout.ts";
import { tenantName, transactionId } from "./readings.ts";
import { defineVerb, type Verb } from "./verb.ts";
import { type ShownWithdrawal, showWithdrawal } from "./withdrawal.ts";

const timesOf = ({ order }: ShownWithdrawal): readonly (readonly [state: string, atMs: number])[] => [
  ["started", order.startedAtMs],
  ...Object.entries(order.movedAtMs),
];

const textOf = (shown: ShownWithdrawal): string => {
  const { order, state } = shown;
  const isOverdue = state !== order.state;
  return [
    `Withdrawal ${order.transactionId} of ${order.tenant}`,
    "",
    columns([
      ["state", isOverdue ? `${state} (the sweep has yet to give its hold back)` : state],
      ["user", String(order.userId)],
      [
        "amount",
        `${majorIn(order.amount.currency, order.amount.minor)} ${order.amount.currency}${order.skip ? ", not booked (skip)" : ""}`,
      ],
      ...(order.reference === undefined ? [] : [["reference", order.reference]]),
      ...(order.store === undefined ? [] : [["store", order.store]]),
      ...(order.reason === undefined ? [] : [["reason", order.reason]]),
      ...timesOf(shown).map(([name, atMs]) => [name, instantText(atMs)]),
      ["expires", instantText(order.expiresAtMs)],
      ["partner's", `${instantText(order.partnerAtMs)}, of what it last asked`],
    ]),
  ].join("\n");
};

const documentOf = (shown: ShownWithdrawal): object => {
  const { order, state } = shown;
  return {
    tenant: order.tenant,
    transactionId: order.transactionId,
    state,
    userId: order.userId,
    amount: majorIn(order.amount.currency, order.amount.minor),
    currency: order.amount.currency,
    skip: order.skip,
    reference: order.reference,
    store: order.store,
    reason: order.reason,
    ...Object.fromEntries(timesOf(shown).map(([name, atMs]) => [`${name}At`, isoInstant(atMs)])),
    expiresAt: isoInstant(order.expiresAtMs),
    partnerAt: isoInstant(order.partnerAtMs),
  };
};

/** The verbs of withdrawal orders. */
export const withdrawalVerbs: readonly Verb[] = [
  defineVerb({
    name: "withdrawal show",
    help: "Shows a withdrawal order and its states' times.",
    arguments: { tenant: tenantName, transactionId },
    options: {},
    examples: ["withdrawal show bank-a 4503599627370001"],
    run: showWithdrawal,
    say: (shown) => ({ text: textOf(shown), document: documentOf(shown) }),
  }),
];
