/** The verb of web SDK sessions. */
import { sessionId } from "./partner.readings.ts";
import { revokeSession } from "./session.ts";
import { defineVerb, type Verb } from "./verb.ts";

/** The verbs of sessions. */
export const sessionVerbs: readonly Verb[] = [
  defineVerb({
    name: "session revoke",
    help: "Ends one session of the web SDK at once.",
    notes: ['Its id is the "sid" of its token. One that begins with a dash goes behind "--".'],
    arguments: { session: sessionId },
    options: {},
    examples: ["session revoke Zm9yLXRlc3RzLW9ubHktMzItYnl0ZXMtb2YtY29kZSE"],
    run: revokeSession,
    say: ({ tenant, session, changed }) => ({
      text: changed
        ? `Ended the session ${session}\nof a user of ${tenant}.`
        : "It was over already: nothing was changed.",
      document: { tenant, session, changed },
    }),
  }),
];
