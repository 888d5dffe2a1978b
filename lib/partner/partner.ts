/** A partner: the bank as SONECT's operator knows it. A tenant is one partner at the most (decision 0008). */
import type { Configuration } from "#partner/configuration";

/** The calls of the partner API, each of which may be allowed or not. */
export const calls = ["exists", "user", "partnerCheckin"] as const;

/** A call of the partner API. */
export type Call = (typeof calls)[number];

/** Whether a partner may call at all. */
export const partnerStates = ["active", "suspended"] as const;

/** How its users check in (sonect.md 2.5). */
export type CheckinMode = Local | Upstream;

/** We make the check-in: a URL of the web SDK with a one-time code. */
export interface Local {
  readonly mode: "local";
  /** The web SDK's address; may have a path. */
  readonly webSdk: string;
}

/** SONECT makes it: what we are asked is passed on. */
export interface Upstream {
  readonly mode: "upstream";
  /** The base of SONECT's partner API; absent until somebody has set it. */
  readonly baseUrl?: string;
  readonly clientId?: string;
  /** Sealed. */
  readonly clientSecret?: string;
}

/** A partner. */
export interface Partner {
  readonly tenant: string;
  readonly clientId: string;
  readonly state: (typeof partnerStates)[number];
  readonly calls: readonly Call[];
  readonly configuration: Configuration;
  readonly checkin: CheckinMode;
  /** Sealed; what the native SDK's signatures are made with (sonect.md 3). */
  readonly hmacKey: string;
  /** Counts its changes: who has judged by it commits only while it stands. */
  readonly revision: bigint;
}

/** Who calls the partner API. */
export interface PartnerCaller {
  readonly tenant: string;
  readonly partner: Partner;
}

/** Whether it may make this call. */
export const mayCall = ({ state, calls: allowed }: Partner, call: Call): boolean =>
  state === "active" && allowed.includes(call);
