/** The world of a test: the twin, a clock that stands still until it is moved, ids in order, and a record of what was told. */
import { keyedDigest } from "#kernel/crypto";
import type { LogFields, Metric, Ports } from "#ports";
import { openRecall } from "#store/recall";
import type { Store } from "#store/write";
import { openTwin, type Twin } from "./twin.ts";

/** 2026-11-25, a Wednesday, 08:00 UTC. */
export const NOW_MS = Date.UTC(2026, 10, 25, 8);

/** A clock that a test moves. */
export interface TestClock {
  nowMs: number;
  /** How far off the clock of whoever looks at it is; every Lambda has its own. */
  skewMs: () => number;
  readonly advance: (ms: number) => void;
}

/** What was logged and counted. */
export interface Told {
  readonly logs: { readonly level: string; readonly message: string; readonly fields: LogFields }[];
  readonly counts: { readonly metric: Metric; readonly value: number; readonly endpoint: string }[];
}

/** What a test has at hand; `store` may replace the twin by another. */
export interface TestWorld {
  readonly ports: Ports;
  readonly twin: Twin;
  readonly clock: TestClock;
  readonly telemetry: Told;
}

/** The tests' pepper. */
export const PEPPER = new TextEncoder().encode("the pepper of the tests: 32 byte");

/** The origin of the tests' API. */
export const ORIGIN = "https://desk.example.com";

/** The tests' signing key: that of the sandbox. */
export const SIGNING_KEY = {
  kid: "tests-1",
  d: "VJCP6QtugXgm0ZaoOqwDo17EgkdKYxEPsnQw46orXzY",
  x: "FHyA7qlGFhjMFX4WhkKa7WngWf6MWV4XLkW7abcH908",
};

/** Opens a world. */
export const openTestPorts = (replace: (twin: Twin) => Store = (twin) => twin): TestWorld => {
  const twin = openTwin();
  const store = replace(twin);
  const clock: TestClock = {
    nowMs: NOW_MS,
    skewMs: () => 0,
    advance: (ms) => {
      clock.nowMs += ms;
    },
  };
  const telemetry: Told = { logs: [], counts: [] };
  let made = 0;
  const next = (kind: string): string => keyedDigest(PEPPER, kind, String(++made));
  const ports: Ports = {
    store,
    clock: () => clock.nowMs + clock.skewMs(),
    ids: {
      number: () => BigInt(`0x${Buffer.from(next("transaction"), "base64url").toString("hex").slice(0, 13)}`) + 1n,
      uuid: () => `00000000-0000-7000-8000-${String(++made).padStart(12, "0")}`,
      uuid4: () => `00000000-0000-4000-8000-${String(++made).padStart(12, "0")}`,
      letters: (length) => String(++made).padStart(length, "Aa0"),
      digits: (length) => String(++made).padStart(length, "0").slice(-length),
      nonce: () => Buffer.from(next("nonce"), "base64url").subarray(0, 16).toString("base64"),
      ulid: () => String(++made).padStart(26, "0"),
      secret: () => next("secret"),
    },
    secrets: async () => ({ pepper: PEPPER, seal: [{ id: "tests-1", key: PEPPER }], sign: [SIGNING_KEY] }),
    origin: ORIGIN,
    post: async () => ({ connected: false, why: "nobody is there" }),
    // Settings count as warm in a test unless it moves the clock by more than a second.
    recall: openRecall(store, () => clock.nowMs, 1_000),
    pause: async () => {},
    telemetry: {
      log: (level, message, fields) => telemetry.logs.push({ level, message, fields }),
      count: (metric, value, endpoint) => telemetry.counts.push({ metric, value, endpoint }),
      flush: () => {},
    },
  };
  return { ports, twin, clock, telemetry };
};
