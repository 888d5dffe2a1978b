/** Parties that are wrong in notifications: rows 20 to 23. */
import { answers, at, invoiceIn, type Mutant, readSaid, tells } from "../../../support/brokenParty.ts";
import type { Answered } from "../../../support/desk.ts";

/** Acknowledges whatever is told of a token whose sales have all still to be checked. */
const listensTooEarly: Mutant["party"] = () => {
  const [begun, checked] = [new Set<string>(), new Set<string>()];
  return async ({ route, body }, forward) => {
    const answered = await forward();
    const { accessToken = "" } = readSaid(body).session ?? {};
    if (at.initiate.test(route) && answered.status === 200) begun.add(accessToken);
    if (at.check.test(route) && answered.status === 200) checked.add(accessToken);
    const isEarly = at.notify.test(route) && begun.has(accessToken) && !checked.has(accessToken);
    return isEarly ? { ...answered, status: 200, body: "{}" } : answered;
  };
};

/** Changes what is answered to a notification, knowing what was answered in its session before. */
const remembers =
  (change: (answered: Answered, before: Answered | undefined) => Answered): Mutant["party"] =>
  () => {
    const taken = new Map<string, Answered>();
    return async ({ route, body }, forward) => {
      const answered = await forward();
      const { session: { token = "" } = {}, sourceCard } = readSaid(body);
      if (!at.notify.test(route) || sourceCard === undefined) return answered;
      const before = taken.get(token);
      if (answered.status === 200) taken.set(token, before ?? answered);
      return change(answered, before);
    };
  };

/** Rows 20 to 23. */
export const notificationMutants: readonly Mutant[] = [
  {
    does: "hears of cards before the check",
    party: listensTooEarly,
    fails: ["20"],
    why: /^\/sale\/notification: 403 .* but 200 /,
  },
  {
    does: "has not the path of the vendor's sample",
    party: answers(/^POST \/sale\/[^/]+\/notification$/, (answered) =>
      answered.status === 200 ? { ...answered, status: 404, body: "" } : answered,
    ),
    fails: ["21"],
    why: /^again at \/sale\/\{invoiceId\}\/notification: 200 .* but 404$/,
  },
  {
    does: "answers a repeated notification otherwise",
    party: remembers((answered, before) =>
      before && answered.status === 200 ? { ...answered, body: `${answered.body} ` } : answered,
    ),
    fails: ["21"],
    why: /^again at \/sale\/notification: /,
  },
  {
    does: "hears of a second card",
    party: remembers((answered, before) => (answered.status === 403 ? (before ?? answered) : answered)),
    fails: ["22"],
    why: /^a second card: 403 .* but 200 /,
  },
  {
    does: "numbers a card anew for each sale",
    party: tells(at.look, (said, { route }) =>
      said.sourceOfFunds === undefined
        ? said
        : { ...said, sourceOfFunds: { reference: { clientCardId: invoiceIn(route).replaceAll("-", "") } } },
    ),
    fails: ["23", "15", "§7b"],
    why: /^the same card's number in a second sale: /,
  },
];
