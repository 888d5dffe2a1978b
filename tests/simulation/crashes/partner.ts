/** The partner slice's calls that commit. */
import { expect } from "vitest";
import { HOUR_MS } from "#kernel/time";
import { takeCensus } from "../../support/census.ts";
import type { Answered } from "../../support/desk.ts";
import { ANN, codeIn, itemsOf, openPartnership, type Partnership } from "../../support/partnership.ts";
import type { Crash } from "./crash.ts";

type Act = (partnership: Partnership, code: string) => Promise<Answered>;

interface Calls extends Pick<Crash, "again"> {
  /** Whether Ann exists already, with a code that was not exchanged. */
  readonly isCreated: boolean;
  readonly asked: Act;
  readonly rival: Act;
  /** Expects what a repeated call has led to. */
  readonly conclude: (partnership: Partnership, repeated: Answered) => void;
}

const crash = (endpoint: string, act: string, { isCreated, asked, rival, conclude, again }: Calls): Crash => ({
  endpoint,
  act,
  ...(again && { again }),
  open: async (replace) => {
    const partnership = await openPartnership({ replace });
    if (isCreated) await partnership.createUser();
    const code = isCreated ? codeIn(await partnership.checkIn()) : "";
    return {
      world: partnership.world,
      ask: () => asked(partnership, code),
      rival: () => rival(partnership, code),
      overdueInMs: HOUR_MS,
      examine: async () => takeCensus(partnership),
      conclude: (repeated) => repeated && conclude(partnership, repeated),
    };
  },
});

const linked = (userId: number): Act => {
  const wish = { referenceId: ANN.referenceId, additionalData: { userId } };
  return (partnership) => partnership.checkIn(wish);
};
const exchange: Act = (partnership, code) => partnership.openSession(code);

/** Users of this e-mail address. */
const namesakes = (partnership: Partnership) =>
  itemsOf(partnership, "user").filter(({ person }) => String(person).includes(ANN.email));

/** Each of them. */
export const partnerCrashes: readonly Crash[] = [
  crash("partner/createUser", "a new one", {
    isCreated: false,
    asked: (partnership) => partnership.createUser(),
    rival: (partnership) => partnership.createUser({ ...ANN, referenceId: "rival" }),
    conclude: (partnership, repeated) => {
      expect([200, 403]).toContain(repeated.status);
      expect(namesakes(partnership).map(({ reference }) => reference === ANN.referenceId)).toEqual([
        repeated.status === 200,
      ]);
    },
  }),
  crash("partner/checkIn", "with a link", {
    isCreated: true,
    asked: linked(7),
    rival: linked(8),
    // Every check-in has a code of its own.
    again: (repeated, again) => expect(again.status).toBe(repeated.status),
    conclude: (partnership, repeated) => {
      expect([200, 403]).toContain(repeated.status);
      expect(namesakes(partnership).map(({ bankUserId }) => bankUserId)).toEqual([repeated.status === 200 ? 7n : 8n]);
    },
  }),
  crash("partner/openSession", "a code", {
    isCreated: true,
    asked: exchange,
    rival: exchange,
    // A code that was good once is good for nothing.
    again: (_, again) => expect([again.status, again.body]).toEqual([401, '{"error":"invalid_code"}']),
    conclude: (_, repeated) => expect([200, 401]).toContain(repeated.status),
  }),
];
