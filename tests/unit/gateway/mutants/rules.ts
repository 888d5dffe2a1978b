/** Parties that are wrong in what holds for every call: sections 2, 6 and 7. */
import { answers, at, hears, type Mutant, reversed, tells } from "../../../support/brokenParty.ts";

/** Sections 2, 6 and 7. */
export const ruleMutants: readonly Mutant[] = [
  {
    does: "lets its answers be cached",
    party: answers(at.token, ({ headers: { "cache-control": _, ...headers }, ...answered }) => ({
      ...answered,
      headers,
    })),
    fails: ["§2"],
    why: /request-access-token: Cache-Control: no-store but missing$/,
  },
  {
    does: "names no request",
    party: answers(at.token, ({ headers: { "x-request-id": _, ...headers }, ...answered }) => ({
      ...answered,
      headers,
    })),
    fails: ["§2"],
    why: /request-access-token: X-Request-Id but missing$/,
  },
  {
    does: "says that JSON is text",
    party: answers(at.token, ({ headers, ...answered }) => ({
      ...answered,
      headers: { ...headers, "content-type": "text/plain" },
    })),
    fails: ["§2"],
    why: /request-access-token: Content-Type: application\/json but missing$/,
  },
  {
    does: "reads JSON whatever it is called",
    party: hears(at.initiate, ({ headers }) => ({ headers: { ...headers, "content-type": "application/json" } })),
    fails: ["§6"],
    why: /^text\/plain: .*SALE-40001.* but .*SALE-40002/,
  },
  {
    does: "names the first wrong field alone",
    party: answers(at.initiate, (answered) => ({
      ...answered,
      body: answered.body.replace(/(?<="Invalid: [^",]+),[^"]+/, ""),
    })),
    fails: ["§6b"],
    why: /^empty objects: .*session\.accessToken.* but /,
  },
  {
    does: "takes a path that is none for an unknown sale",
    party: hears(at.check, ({ route }) => ({ route: route.replace("a_b", "a-b") })),
    fails: ["§6c"],
    why: /^a path: .*SALE-40006/,
  },
  {
    does: "names nothing of a query",
    party: answers(at.callback, (answered) => ({ ...answered, body: answered.body.replace(/amount, [^"]+/, "query") })),
    fails: ["§6c"],
    why: /^a callback without a query: .*amount, client_orderid/,
  },
  {
    does: "allows verbs that it has not",
    party: answers(/^DELETE/, (answered) => ({
      ...answered,
      headers: { ...answered.headers, allow: "DELETE, GET, POST" },
    })),
    fails: ["§6d"],
    why: /^its Allow: POST but DELETE, GET, POST$/,
  },
  {
    does: "has the members of a check's answer in another order",
    party: tells(at.check, reversed),
    fails: ["§7", "§7b"],
    why: /^a check's: 200 /,
  },
  {
    does: "has the members of a notification's answer in another order",
    party: tells(at.notify, reversed),
    fails: ["§7"],
    why: /^a notification's: 200 /,
  },
  {
    does: "shows a card, as the vendor's example does",
    party: tells(at.check, (said) =>
      said.sourceOfFunds === undefined
        ? said
        : { ...said, sourceOfFunds: { card: { number: "411111******1111" }, ...said.sourceOfFunds } },
    ),
    fails: ["§7b"],
    why: /^a check's, of a card: .* but .*"card":/,
  },
  {
    does: "shows sales in another order, with nulls, and with what is secret",
    party: tells(at.look, (said) => reversed({ accessToken: "t".repeat(64), orderId: null, ...said })),
    fails: ["§7c"],
    why: /^a sale that has begun: 200 /,
  },
];
