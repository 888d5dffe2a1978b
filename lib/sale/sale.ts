/** A card sale: what was asked, whom the answers are for, and how far it has come (sbc.md 1, 5). Pure. */
import type { Currency } from "#kernel/currency";
import { canMove } from "#kernel/machine";
import { saleMachine } from "#sale/sale.machine";

/** A state of a sale. */
export type SaleState = keyof (typeof saleMachine)["states"];

/** What does not fit, and changes nothing (sbc.md 5). */
export const anomalies = ["APPROVED_UNCHECKED", "LATE_CALLBACK", "CONFLICTING_FINAL", "AMOUNT_MISMATCH"] as const;

/** Something that does not fit. */
export type Anomaly = (typeof anomalies)[number];

/** A sale. */
export interface Sale {
  readonly invoiceId: string;
  readonly tenant: string;
  readonly state: SaleState;
  /** Keyed digest of the access token that began it. */
  readonly tokenDigest: string;
  readonly consumerId: string;
  readonly email?: string;
  readonly serialNumber: string;
  readonly endpointId: string;
  readonly nonce: string;
  readonly signature: string;
  readonly keyId: string;
  readonly amountCentis: bigint;
  readonly amountMinor: bigint;
  readonly currency: Currency;
  readonly createdAtMs: number;
  /** From this instant it can no longer be checked. */
  readonly sessionExpiresAtMs: number;
  /** From this instant it is expired, unless it has ended. */
  readonly openUntilMs: number;
  readonly checkedAtMs?: number;
  readonly finalAtMs?: number;
  /** Keyed digest of all that the check said. */
  readonly fingerprint?: string;
  /** The gateway's number of the card that the check's answer told. */
  readonly toldCardId?: string;
  /** The card that the gateway has notified us of. */
  readonly serverCardId?: string;
  readonly clientCardId?: string;
  readonly gatewayStatus?: string;
  readonly orderId?: string;
  readonly anomalies: readonly Anomaly[];
  /** Counts its changes. */
  readonly version: bigint;
}

/** Whether a sale in this state may still end. */
export const isOpen = (state: SaleState): boolean => canMove(saleMachine, "expire", state);

/** The state at an instant: an open sale whose time is over is expired, whoever has looked. */
export const stateAt = (sale: Sale, nowMs: number): SaleState =>
  isOpen(sale.state) && nowMs >= sale.openUntilMs ? "expired" : sale.state;
