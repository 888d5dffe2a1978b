/** How a gateway behaves where the vendor says nothing (sbc.md 9), and whom it serves. */
import type { NotificationPath } from "./calls.ts";

/** What a gateway is opened with. */
export interface Settings {
  /** The connecting party's base URL. */
  readonly base: string;
  /** As it was issued, dashes and all. */
  readonly controlKey: string;
  /** Those of the merchant; empty: any. */
  readonly endpoints: readonly string[];
  /** What the paths of Perform and Sale status begin with. */
  readonly prefix: string;
  readonly checkTimeoutMs: number;
  /** How often a check without an answer is asked. */
  readonly checkTries: number;
  /** What a check that fails leads to, besides the sale's end. */
  readonly failedCheck: "declined" | "nothing";
  /** Whether a check's answer may be signed in lower-case digits. */
  readonly toleratesLowerCase: boolean;
  readonly notificationPath: NotificationPath;
  /** What a callback's `type` says. */
  readonly callbackType: string;
  /** How often a callback is sent that is not acknowledged; the vendor's does it 30 times in 14 days. */
  readonly callbackTries: number;
  readonly callbackPauseMs: number;
}

/** What a gateway is like unless it is told. */
export const usual = {
  endpoints: [],
  prefix: "/paynet/dapi/v1",
  checkTimeoutMs: 20_000,
  checkTries: 1,
  failedCheck: "declined",
  toleratesLowerCase: true,
  notificationPath: "common",
  callbackType: "sale",
  callbackTries: 3,
  callbackPauseMs: 1_000,
} as const satisfies Partial<Settings>;

/** What has to be told, and what may be. */
export type Wish = Pick<Settings, "base" | "controlKey"> & Partial<Settings>;

/** What a gateway reaches of the world. */
export interface World {
  readonly now: () => number;
  /** Waits; ends at once, without an error, where the signal says so. */
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<void>;
}
