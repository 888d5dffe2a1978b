/** A merchant as a connecting party: where its sales go, and what they are signed with (sbc.md 2). A tenant is one at the most. */
import type { Currency } from "#kernel/currency";

/** A control key of the gateway's; its text is sealed. */
export interface ControlKey {
  readonly id: string;
  readonly sealed: string;
  readonly activeFromMs: number;
  readonly retireAtMs?: number;
}

/** What a merchant has set. Times in milliseconds. */
export interface Merchant {
  readonly tenant: string;
  readonly clientId: string;
  /** The gateway's endpoint for each currency that is accepted. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly keys: readonly ControlKey[];
  /** The networks that the gateway calls from, as CIDR; from anywhere where there is none, since its calls say nothing of who makes them. */
  readonly gatewaySources: readonly string[];
  /** The callbacks that may move a sale. */
  readonly callbackTypes: readonly string[];
  readonly tokenLifeMs: number;
  readonly sessionLifeMs: number;
  readonly outcomeWaitMs: number;
  readonly retentionDays: number;
  /** Counts its changes. */
  readonly revision: bigint;
}

/** Who calls from the merchant's back end. */
export interface MerchantCaller {
  readonly tenant: string;
  readonly merchant: Merchant;
}

/** The endpoint of a currency; undefined where it is not accepted. */
export const endpointFor = ({ endpoints }: Merchant, currency: Currency): string | undefined =>
  Object.hasOwn(endpoints, currency) ? endpoints[currency] : undefined;

/** How far a key has come at an instant: live ones sign, and nothing goes by a retired one. */
export const keyStateAt = ({ activeFromMs, retireAtMs }: ControlKey, nowMs: number): "waiting" | "live" | "retired" => {
  if (retireAtMs !== undefined && nowMs >= retireAtMs) return "retired";
  return nowMs < activeFromMs ? "waiting" : "live";
};

/** The keys in use, the latest first: that one signs new sales. */
export const liveKeys = ({ keys }: Merchant, nowMs: number): readonly ControlKey[] =>
  keys
    .filter((key) => keyStateAt(key, nowMs) === "live")
    .toSorted((one, other) => other.activeFromMs - one.activeFromMs);

/** The key that a sale was signed with, until it is retired; whoever's clock is behind does not ask since when it signs. */
export const keyNamed = ({ keys }: Merchant, id: string, nowMs: number): ControlKey | undefined =>
  keys.find((key) => key.id === id && keyStateAt(key, nowMs) !== "retired");
