/** Everything that the sale slice may be asked, done or refused, once each, where one sale was begun and one was checked. */
import { bucketOf } from "#edge/bucket";
import { getSaleContract, requestAccessTokenContract } from "#sale/contract";
import { put } from "#store/write";
import { A, B, type Checkout, openCheckout } from "../checkout.ts";
import { PEPPER } from "../ports.ts";
import {
  type Begun,
  begin,
  beginChecked,
  callbackOf,
  checkOf,
  initiation,
  notificationOf,
  seenBy,
  tokenIn,
} from "../sale.ts";
import { type Act, type Row, type Setting, scenariosIn } from "./scenario.ts";

interface Given {
  /** A token that no device is bound to. */
  readonly fresh: string;
  readonly begun: Begun;
  /** Checked; its consumer has paid with the card 1002 before. */
  readonly checked: Begun;
  readonly clientCardId: string;
}
type Asked = Act<Checkout, Given>;

const once = { "idempotency-key": "once" };
const BEFORE = "the-session-before";
const OTHER = "another-session-of-the-gateway";

const setting: Setting<Checkout, Given> = {
  open: openCheckout,
  begin: async (checkout) => {
    const before = await beginChecked(checkout, {}, BEFORE);
    const card = { "session.token": BEFORE, "sourceCard.reference.serverCardId": "1002" };
    await checkout.notify(notificationOf(before, card));
    const { sourceOfFunds } = await seenBy(checkout, before);
    return {
      fresh: tokenIn(await checkout.requestToken()),
      begun: await begin(checkout),
      checked: await beginChecked(checkout),
      clientCardId: sourceOfFunds.reference.clientCardId,
    };
  },
};

/** The back end's permits are used up. */
const exhausted =
  (limit = requestAccessTokenContract.limit): Asked =>
  async ({ world: { ports, clock } }) => {
    if (limit === undefined) throw new Error("there is no limit");
    const nextAtMs = BigInt(clock.nowMs + limit.burst * limit.everyMs);
    await ports.store.commit([put(bucketOf(PEPPER, limit, A.clientId), { nextAtMs }, [])], ports.ids.uuid());
  };

const initiated =
  (changes: Parameters<typeof initiation>[1] = {}, headers: Parameters<Checkout["initiate"]>[1] = {}): Asked =>
  ({ initiate }, { begun }) =>
    initiate(initiation(begun.accessToken, changes), headers);
const checked =
  (changes: Parameters<typeof checkOf>[1] = {}): Asked =>
  ({ check }, { begun }) =>
    check(begun.invoiceId, checkOf(begun, { "session.token": OTHER, ...changes }));
const noted =
  (changes: Parameters<typeof notificationOf>[1] = {}): Asked =>
  ({ notify }, { checked: sale }) =>
    notify(notificationOf(sale, changes));
const heard =
  (changes: Parameters<typeof callbackOf>[1] = {}): Asked =>
  ({ callback }, { checked: sale }) =>
    callback(callbackOf(sale, changes));

const free = { reads: 0, commits: 0 };
const found = { reads: 1, commits: 0 };
const done = { reads: 1, commits: 1 };
const unread = (refusal: string) => ({ ...free, refusal });
const refused = (refusal: string) => ({ ...found, refusal });
const SALE_REFUSED = refused("SALE_REFUSED");

type Rows = readonly Omit<Row<Checkout, Given>, "endpoint">[];

const tokens: Rows = [
  { act: "a new one", asked: ({ requestToken }) => requestToken(), cost: { reads: 0, commits: 1 } },
  { act: "nobody's", asked: ({ call }) => call("POST /auth/request-access-token"), cost: unread("UNAUTHENTICATED") },
  { act: "an unreadable one", asked: ({ requestToken }) => requestToken({}), cost: unread("MALFORMED") },
  {
    act: "one too many",
    before: exhausted(),
    asked: ({ requestToken }) => requestToken(),
    cost: unread("RATE_LIMITED"),
  },
];

const initiations: Rows = [
  { act: "a token's first", asked: ({ initiate }, { fresh }) => initiate(initiation(fresh)), cost: done },
  { act: "another", asked: initiated(), cost: done },
  {
    act: "a token's first, with a key",
    asked: ({ initiate }, { fresh }) => initiate(initiation(fresh), once),
    cost: done,
  },
  { act: "a repeated one", before: initiated({}, once), asked: initiated({}, once), cost: found },
  {
    act: "a key used",
    before: initiated({}, once),
    asked: initiated({ "transaction.amountCentis": 1 }, once),
    cost: refused("KEY_REUSED"),
  },
  { act: "an unknown token's", asked: initiated({ "session.accessToken": "x".repeat(64) }), cost: SALE_REFUSED },
  {
    act: "another currency",
    asked: initiated({ "transaction.currency": "USD" }),
    cost: refused("CURRENCY_UNACCEPTED"),
  },
  {
    act: "a fraction of a yen",
    asked: initiated({ "transaction.currency": "JPY" }),
    cost: refused("AMOUNT_UNREPRESENTABLE"),
  },
  { act: "an unreadable one", asked: initiated({ transaction: null }), cost: unread("MALFORMED") },
];

const checks: Rows = [
  { act: "a right one", asked: checked(), cost: done },
  {
    act: "a right one, of a known card",
    asked: ({ check }, { begun, clientCardId }) =>
      check(
        begun.invoiceId,
        checkOf(begun, { "session.token": OTHER, "sourceOfFunds.reference.clientCardId": clientCardId }),
      ),
    cost: done,
  },
  { act: "a repeated one", asked: ({ check }, { checked: sale }) => check(sale.invoiceId, checkOf(sale)), cost: found },
  { act: "a wrong one", asked: checked({ "session.nonce": "n".repeat(64) }), cost: SALE_REFUSED },
  { act: "of no sale", asked: ({ check }, { begun }) => check("nothing", checkOf(begun)), cost: SALE_REFUSED },
  {
    act: "of another sale's session",
    asked: checked({ "session.token": BEFORE }),
    cost: { ...done, refusal: "SALE_REFUSED" },
  },
  { act: "an unreadable one", asked: checked({ session: null }), cost: unread("MALFORMED") },
];

const notifications: Rows = [
  { act: "a new card", asked: noted(), cost: { reads: 2, commits: 1 } },
  {
    act: "a known card",
    asked: noted({ "sourceCard.reference.serverCardId": "1002" }),
    cost: { reads: 2, commits: 1 },
  },
  { act: "no card", asked: noted({ sourceCard: null }), cost: { reads: 2, commits: 0 } },
  { act: "a repeated one", before: noted(), asked: noted(), cost: { reads: 2, commits: 0 } },
  {
    act: "a second card",
    before: noted(),
    asked: noted({ "sourceCard.reference.serverCardId": "1002" }),
    cost: { reads: 2, commits: 0, refusal: "SALE_REFUSED" },
  },
  { act: "of no session", asked: noted({ "session.token": OTHER }), cost: SALE_REFUSED },
  { act: "an unreadable one", asked: noted({ session: null }), cost: unread("MALFORMED") },
];

const callbacks: Rows = [
  { act: "an approval", asked: heard(), cost: done },
  { act: "a repeated one", before: heard(), asked: heard(), cost: found },
  { act: "one that is not final", asked: heard({ status: "processing" }), cost: found },
  { act: "one that contradicts", before: heard(), asked: heard({ status: "declined" }), cost: done },
  { act: "a forged one", asked: heard({ control: "0".repeat(40) }), cost: SALE_REFUSED },
  { act: "an unreadable one", asked: ({ call }) => call("GET /sale/callback"), cost: unread("MALFORMED") },
];

const looks: Rows = [
  { act: "a sale", asked: ({ getSale }, { begun }) => getSale(begun.invoiceId), cost: found },
  {
    act: "another merchant's",
    before: ({ getSale }, { begun }) => getSale(begun.invoiceId, B),
    asked: ({ getSale }, { begun }) => getSale(begun.invoiceId, B),
    cost: SALE_REFUSED,
  },
  { act: "nobody's", asked: ({ call }) => call("GET /sale/any"), cost: unread("UNAUTHENTICATED") },
  {
    act: "a stranger's",
    asked: ({ getSale }, { begun }) => getSale(begun.invoiceId, { ...A, clientId: "nobody" }),
    cost: refused("UNAUTHENTICATED"),
  },
  { act: "of no such name", asked: ({ getSale }) => getSale("a_b"), cost: unread("MALFORMED") },
  {
    act: "one too many",
    before: exhausted(getSaleContract.limit),
    asked: ({ getSale }, { begun }) => getSale(begun.invoiceId),
    cost: unread("RATE_LIMITED"),
  },
];

/** What the slice may be asked. */
export const saleScenarios = scenariosIn(setting, [
  ...tokens.map((row) => ({ endpoint: "sale/requestAccessToken", ...row })),
  ...initiations.map((row) => ({ endpoint: "sale/initiate", ...row })),
  ...checks.map((row) => ({ endpoint: "sale/check", ...row })),
  ...notifications.map((row) => ({ endpoint: "sale/notify", ...row })),
  ...callbacks.map((row) => ({ endpoint: "sale/callback", ...row })),
  ...looks.map((row) => ({ endpoint: "sale/getSale", ...row })),
]);
