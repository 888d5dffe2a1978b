/** A sale as the gateway keeps it. Of a card it keeps a number of its own alone. */
import type { Plan } from "./faults.ts";

/** How a sale stands (sbc.md 8). */
export type SaleState = "PROCESSING" | "APPROVED" | "DECLINED";

/** One request to the connecting party, and what came of it. */
export interface Step {
  readonly step: "check" | "notification" | "callback";
  /** What was remarkable about it: a fault's name, or a repetition. */
  readonly as: string;
  /** None: no answer. */
  readonly status: number | undefined;
  /** What the connecting party did wrong in its answer; of what it has to refuse, that it did not. */
  readonly wrong: readonly string[];
}

/** What the app has said, without its card. */
export interface Performed {
  readonly invoiceId: string;
  readonly endpointId: string;
  readonly serialNumber: string;
  readonly accessToken: string;
  readonly nonce: string;
  readonly signature: string;
  readonly amountCentis: number;
  readonly currency: string;
  readonly clientCardId: string | undefined;
  /** The gateway's number of the card that was sent. */
  readonly serverCardId: string | undefined;
}

/** A sale; what changes is written by its flow alone. */
export interface Sale {
  readonly performed: Performed;
  readonly plan: Plan;
  readonly token: string;
  readonly orderId: string;
  readonly createdAtMs: number;
  readonly steps: Step[];
  state: SaleState;
  changedAtMs: number;
  /** Why it was declined. */
  why?: string;
}

/** The sale's steps as it is told to whoever tries an app: nothing of them is secret. */
export const tellSale = ({ performed, plan, orderId, state, steps, why }: Sale) => ({
  invoiceId: performed.invoiceId,
  orderId,
  plan,
  state,
  ...(why !== undefined && { why }),
  steps: steps.map(({ status, ...step }) => ({ ...step, status: status ?? "no answer" })),
});
