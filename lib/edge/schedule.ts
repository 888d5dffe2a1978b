/** Functions that the clock calls: observed like endpoints, but with nobody to answer. */
import middy from "@middy/core";
import type { Context } from "aws-lambda";
import { observe } from "#edge/middleware/observe";
import type { Live, Step } from "#edge/middleware/state";
import type { Ports } from "#ports";

/** How long a job may still take, in milliseconds: Lambda stops it after that. */
export interface Time {
  readonly remainingMs: () => number;
}

/** What happens each time. */
export type Job = (ports: Ports, time: Time) => Promise<void>;

const run = (job: Job): Step<{ ports: Ports }, unknown> => ({
  before: async ({ context, internal }) => {
    await job(internal.ports, { remainingMs: () => context.getRemainingTimeInMillis() });
  },
});

/** Wires a job to its schedule. The handler rejects when the job does, so that Lambda marks the invocation failed. */
export const scheduled = (
  name: string,
  job: Job,
  live: Live,
): ((event: unknown, context: Context) => Promise<void>) => {
  const chain = middy({ timeoutEarlyInMillis: 0 }).use(observe(name, live)).use(run(job));
  return async (event, context) => {
    await chain(event, context);
  };
};
