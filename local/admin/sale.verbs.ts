/** The verb of card sales. */
import { isoInstant } from "#kernel/time";
import { majorIn } from "./amount.ts";
import { columns, instantText } from "./layout.ts";
import { invoiceId } from "./merchant.readings.ts";
import { type ShownSale, showSale } from "./sale.ts";
import { defineVerb, type Verb } from "./verb.ts";

const timesOf = ({ createdAtMs, checkedAtMs, finalAtMs, sessionExpiresAtMs, openUntilMs }: ShownSale) =>
  [
    ["created", createdAtMs],
    ["checked", checkedAtMs],
    ["final", finalAtMs],
    ["session over", sessionExpiresAtMs],
    ["open until", openUntilMs],
  ] as const;

const textOf = (sale: ShownSale): string =>
  [
    `Sale ${sale.invoiceId} of ${sale.tenant}`,
    "",
    columns([
      ["state", sale.state],
      ["amount", `${majorIn(sale.currency, sale.amountMinor)} ${sale.currency}`],
      ["centis", `${sale.amountCentis}: what was signed`],
      ["consumer", sale.consumerId],
      ["endpoint", sale.endpointId],
      ["control key", sale.keyId],
      ["card", sale.hasCard ? "mapped" : "none"],
      ["gateway", sale.gatewayStatus === undefined ? "none yet" : `${sale.gatewayStatus}, order ${sale.orderId}`],
      ["anomalies", sale.anomalies.join(", ") || "none"],
      ...timesOf(sale).flatMap(([name, atMs]) => (atMs === undefined ? [] : [[name, instantText(atMs)]])),
    ]),
  ].join("\n");

const documentOf = (sale: ShownSale): object => ({
  tenant: sale.tenant,
  invoiceId: sale.invoiceId,
  state: sale.state,
  amount: majorIn(sale.currency, sale.amountMinor),
  currency: sale.currency,
  amountCentis: String(sale.amountCentis),
  consumer: sale.consumerId,
  endpointId: sale.endpointId,
  keyId: sale.keyId,
  hasCard: sale.hasCard,
  gatewayStatus: sale.gatewayStatus ?? null,
  orderId: sale.orderId ?? null,
  anomalies: sale.anomalies,
  createdAt: isoInstant(sale.createdAtMs),
  checkedAt: sale.checkedAtMs === undefined ? null : isoInstant(sale.checkedAtMs),
  finalAt: sale.finalAtMs === undefined ? null : isoInstant(sale.finalAtMs),
  sessionExpiresAt: isoInstant(sale.sessionExpiresAtMs),
  openUntil: isoInstant(sale.openUntilMs),
});

/** The verbs of card sales. */
export const saleVerbs: readonly Verb[] = [
  defineVerb({
    name: "sale show",
    help: "Shows how far a card sale has come, and what is odd.",
    notes: ["Never its nonce, signatures, session or card."],
    arguments: { invoiceId },
    options: {},
    examples: ["sale show 7f3f0d0e-6f0b-4a37-9b1e-2f6f2d7f1a10"],
    run: showSale,
    say: (sale) => ({ text: textOf(sale), document: documentOf(sale) }),
  }),
];
