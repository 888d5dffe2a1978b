/** What a use case may reach of the world. `live.ts` makes the real ones, `tests/support/` those of the tests. */
import type { SealRing } from "#kernel/seal";
import type { SignRing } from "#kernel/token";
import type { Item, Key } from "#store/item";
import type { Store } from "#store/write";

/** The one clock: epoch milliseconds. */
export type Clock = () => number;

/** Where new identifiers come from. */
export interface Ids {
  /** A random positive integer below 2^53: JSON readers that use floats still read it exactly. */
  readonly number: () => bigint;
  /** A UUID v7 of the clock's time: sorts by when it was made. */
  readonly uuid: () => string;
  /** A ULID of the clock's time: 26 characters, sorts by when it was made. */
  readonly ulid: () => string;
  /** A UUID v4: tells nothing, not even when it was made. */
  readonly uuid4: () => string;
  /** So many of 0-9, A-Z and a-z, all equally likely. */
  readonly letters: (length: number) => string;
  /** So many decimal digits, all equally likely; 1-14. */
  readonly digits: (length: number) => string;
  /** 128 random bits, Base64, 24 characters. */
  readonly nonce: () => string;
  /** A machine secret: 256 random bits, base64url, 43 characters. */
  readonly secret: () => string;
}

/** What the stage keeps secret. */
export interface Secrets {
  /** Keys every digest of a credential or a dedupe key; fixed for the life of the table. */
  readonly pepper: Uint8Array;
  /** Seals what has to be used again. */
  readonly seal: SealRing;
  /** Signs sessions and tokens. */
  readonly sign: SignRing;
}

/** A request to a partner's own system. Times in milliseconds. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long a connection may take. */
  readonly connectMs: number;
  /** How long the answer may take from then on. */
  readonly answerMs: number;
  /** The longest answer, in bytes. */
  readonly maxBytes: number;
}

/** What came of it: an answer, whole and whatever its status; or none, and whether there was a connection at all. */
export type Posted =
  | { readonly status: number; readonly body: string }
  | { readonly status?: undefined; readonly connected: boolean; readonly why: string };

/** The fields that a log line may have; there are no others. */
export interface LogFields {
  readonly endpoint?: string;
  readonly requestId?: string;
  readonly tenant?: string;
  /** What it was about: an order's TransactionId, a user's id or a sale's invoiceId, which are random. */
  readonly subject?: string;
  readonly status?: number;
  readonly refusal?: string;
  readonly replayed?: boolean;
  readonly durationMs?: number;
  readonly coldStart?: boolean;
  /** Name, message and stack of a fault; never of anything that holds a request's data. */
  readonly fault?: string;
  readonly swept?: number;
  readonly skipped?: number;
  readonly failed?: number;
  readonly oldestOverdueMs?: number;
}

/** A metric that an alarm or a graph reads; its unit is part of its name. */
export type Metric =
  | "Requests"
  | "Refusals"
  | "Faults"
  | "Busy"
  | "Upstream"
  | "Unlimited"
  | "SweepExpired"
  | "SweepFailed"
  | "SweepOldestOverdueMs";

/** Log and metrics. */
export interface Telemetry {
  readonly log: (level: "info" | "warn" | "error", message: string, fields: LogFields) => void;
  readonly count: (metric: Metric, value: number, endpoint: string) => void;
  /** Writes out what was counted; called once at the end of an invocation. */
  readonly flush: () => void;
}

/** The world. */
export interface Ports {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly secrets: () => Promise<Secrets>;
  /** The API's own origin, `https://api.example.com`. */
  readonly origin: string;
  /** Asks a partner's own system, once; never throws, follows no redirect. */
  readonly post: (wish: Post) => Promise<Posted>;
  /** A record that changes seldom (a credential, a tenant's settings), remembered for some seconds; so is that there is none, where it may be absent. */
  readonly recall: (key: Key, mayBeAbsent?: boolean) => Promise<Item | undefined>;
  /** Waits a random time below this, so that rivals part. */
  readonly pause: (belowMs: number) => Promise<void>;
  readonly telemetry: Telemetry;
}
