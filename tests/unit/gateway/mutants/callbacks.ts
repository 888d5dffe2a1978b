/** Parties that are wrong in callbacks: rows 24 to 29, and sections 4.5 and 5. */
import {
  answers,
  at,
  hears,
  invoiceIn,
  invoiceOfCallback,
  type Mutant,
  type Said,
  tells,
  told,
} from "../../../support/brokenParty.ts";
import type { Answered } from "../../../support/desk.ts";

/** Shows sales otherwise, knowing the queries of their callbacks so far. */
const shows =
  (change: (said: Said, callbacks: readonly string[]) => Said): Mutant["party"] =>
  () => {
    const heard: string[] = [];
    return async ({ route }, forward) => {
      if (at.callback.test(route)) heard.push(route);
      const answered = await forward();
      if (!at.look.test(route)) return answered;
      const callbacks = heard.filter((each) => invoiceOfCallback(each) === invoiceIn(route));
      return told(answered, (said) => change(said, callbacks));
    };
  };

/** Acknowledges a callback that it has heard before, and looks no further. */
const judgesOnce: Mutant["party"] = () => {
  const heard = new Map<string, Answered>();
  return async ({ route }, forward) => {
    const answered = heard.get(route) ?? (await forward());
    if (at.callback.test(route) && answered.status === 200) heard.set(route, answered);
    return answered;
  };
};

/** Shows an anomaly as if it were none. */
const without = (said: Said, anomaly: string): Said => ({
  ...said,
  anomalies: said.anomalies?.filter((each) => each !== anomaly) ?? [],
});

/** Rows 24 to 29, sections 4.5 and 5. */
export const callbackMutants: readonly Mutant[] = [
  {
    does: "counts every callback",
    party: shows((said, { length }) =>
      typeof said.finalAt === "string" && length > 1
        ? { ...said, finalAt: new Date(Date.parse(said.finalAt) + length).toISOString() }
        : said,
    ),
    fails: ["24"],
    why: /^the sale after that: .*\.000Z.* but .*\.002Z/,
  },
  {
    does: "acknowledges callbacks in HTML",
    party: answers(at.callback, (answered) =>
      answered.status === 200
        ? { ...answered, headers: { ...answered.headers, "content-type": "text/html" } }
        : answered,
    ),
    fails: ["24", "25", "27", "28", "29", "§4", "§5"],
    why: /^the first time: content type: text\/plain but text\/html$/,
  },
  {
    does: "acknowledges nothing that is not final",
    party: answers(/status=processing/, (answered) => ({ ...answered, status: 400 })),
    fails: ["25"],
    why: /^processing: 200 OK but 400 /,
  },
  {
    does: "takes what was filtered for failed",
    party: shows((said, callbacks) =>
      callbacks.some((each) => each.includes("status=filtered")) ? { ...said, state: "failed" } : said,
    ),
    fails: ["25"],
    why: /^the sale's state: declined but failed$/,
  },
  {
    does: "acknowledges callbacks that are forged",
    party: answers(at.callback, (answered) =>
      answered.status === 403 ? { ...answered, status: 200, body: "OK" } : answered,
    ),
    fails: ["26"],
    why: /^a forged control: 403 .* but 200 OK$/,
  },
  {
    does: "believes the last word",
    party: tells(at.look, (said) =>
      said.anomalies?.includes("CONFLICTING_FINAL")
        ? { ...without(said, "CONFLICTING_FINAL"), state: "declined" }
        : said,
    ),
    fails: ["27"],
    why: /^the sale's state: approved CONFLICTING_FINAL but declined$/,
  },
  {
    does: "approves what was never checked",
    party: tells(at.look, (said) =>
      said.state === "initiated" && said.anomalies?.includes("APPROVED_UNCHECKED")
        ? { ...without(said, "APPROVED_UNCHECKED"), state: "approved" }
        : said,
    ),
    fails: ["28"],
    why: /^the sale's state: initiated APPROVED_UNCHECKED but approved$/,
  },
  {
    does: "takes any type for a sale's",
    party: hears(at.callback, ({ route }) => ({ route: route.replace("type=reversal", "type=sale") })),
    fails: ["29"],
    why: /^the sale's state: checked but approved$/,
  },
  {
    does: "judges a callback once, though it changed nothing",
    party: judgesOnce,
    fails: ["§4"],
    why: /^the sale's state: approved APPROVED_UNCHECKED but checked APPROVED_UNCHECKED$/,
  },
  {
    does: "flags no amount",
    party: tells(at.look, (said) => without(said, "AMOUNT_MISMATCH")),
    fails: ["§5"],
    why: /^the sale's state: approved AMOUNT_MISMATCH but approved$/,
  },
];
