/** The limiter of one instance of a function, in a test's world. */
import type { Limit } from "#edge/contract";
import { limit } from "#edge/middleware/limit";
import { Refused } from "#kernel/refusal";
import type { TestWorld } from "../../support/ports.ts";
import { askedWith } from "./given.ts";

/** A limit by who asks. */
export type Row = Limit<string>;

/** The partner API's: 50 a second. */
export const partner: Row = { per: "client", by: (_, who) => who, everyMs: 20, burst: 250 };

/** Another pace. */
export const paced = (everyMs: number, burst: number): Row => ({ ...partner, everyMs, burst });

/** One instance of a function: gives the seconds that its limiter tells a caller to wait, 0 for one that it lets pass. */
export const openInstance = ({ ports }: TestWorld, row: Row) => {
  const { before } = limit(row, "greeting/greet");
  return async (caller = "ann"): Promise<number> => {
    try {
      await before?.({ internal: { ports, asked: askedWith({}), caller } } as never);
      return 0;
    } catch (error) {
      if (error instanceof Refused && error.refusal.code === "RATE_LIMITED")
        return Number(error.refusal.facts.retryAfterSeconds);
      throw error;
    }
  };
};
