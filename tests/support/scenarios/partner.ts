/** Everything that the partner slice may be asked, done or refused, once each, where one user exists and has a session. */

import { bucketOf } from "#edge/bucket";
import type { Limit } from "#edge/contract";
import {
  checkInContract,
  createUserContract,
  existsContract,
  openSessionContract,
  showMeContract,
} from "#partner/contract";
import type { Posted } from "#ports";
import { put } from "#store/write";
import { contextOf } from "../desk.ts";
import { handlerOf, readEvent } from "../handlers.ts";
import {
  A,
  ANN,
  type Credentials,
  codeIn,
  openPartnership,
  type Partnership,
  signIn,
  UPSTREAM,
  VAT,
  WEB_SDK,
  type Wish,
} from "../partnership.ts";
import { PEPPER } from "../ports.ts";
import { type Act, type Row, type Setting, scenariosIn } from "./scenario.ts";

/** A session of the user's, and a code that was not exchanged yet. */
type Given = Awaited<ReturnType<typeof signIn>> & { readonly fresh: string };
type Asked = Act<Partnership, Given>;
type Call = "exists" | "createUser" | "checkIn";

/** What is upstream knows everybody whose reference does not say otherwise. */
const post = async ({ body }: { readonly body: string }): Promise<Posted> => {
  if (body.includes("is-down")) return { connected: false, why: "ECONNREFUSED" };
  if (body.includes("is-unknown")) return { status: 400, body: '{"result":-21,"payload":{"result":-21}}' };
  return { status: 200, body: '{"result":0,"payload":{"checkinUrl":"https://sonect.example.com/checkin"}}' };
};

const setting: Setting<Partnership, Given> = {
  open: (replace) => openPartnership({ replace, post }),
  begin: async (partnership) => {
    await partnership.exists({}, UPSTREAM);
    const session = await signIn(partnership);
    await partnership.showMe(session.token);
    return { ...session, fresh: codeIn(await partnership.checkIn()) };
  },
};

const ask =
  (call: Call, wish?: Wish, by?: Credentials): Asked =>
  (partnership) =>
    call === "exists" ? partnership.exists(wish ?? {}, by) : partnership[call](wish, by);
const byNobody =
  (path: string): Asked =>
  ({ call }) =>
    call(`POST /v7/${path}`, { body: "{}" });
const suspended: Asked = async (partnership) => {
  await partnership.change(A, { state: "suspended" });
  // Settings are to be warm again.
  await partnership.exists({});
};
/** Nobody's permits are left. */
const exhausted =
  <Who>(limit: Limit<Who> | undefined, one: (given: Given) => string): Asked =>
  async ({ world: { ports, clock } }, given) => {
    if (limit === undefined) throw new Error("there is no limit");
    const { burst, everyMs } = limit;
    const nextAtMs = BigInt(clock.nowMs + burst * everyMs);
    await ports.store.commit([put(bucketOf(PEPPER, limit, one(given)), { nextAtMs }, [])], ports.ids.uuid());
  };
/** Its `sid`, by which its session is limited. */
const sessionIn = ({ token }: Given): string =>
  String(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()).sid);

const found = { reads: 1, commits: 0 };
const done = { reads: 1, commits: 1 };
const refused = (refusal: string) => ({ reads: 1, commits: 0, refusal });
const unread = (refusal: string) => ({ reads: 0, commits: 0, refusal });
const triedInVain = (refusal: string) => ({ reads: 1, commits: 1, refusal });

type Rows = readonly Omit<Row<Partnership, Given>, "endpoint">[];

const limits = { exists: existsContract.limit, createUser: createUserContract.limit, checkIn: checkInContract.limit };

/** What every call of the partner API refuses. */
const refusalsOf = (call: Call, path: string): Rows => [
  { act: "nobody's", asked: byNobody(path), cost: unread("UNAUTHENTICATED") },
  {
    act: "a stranger's",
    asked: ask(call, {}, { ...A, clientId: "nobody" }),
    cost: refused("UNAUTHENTICATED"),
  },
  {
    act: "a wrong secret",
    asked: ask(call, {}, { ...A, clientSecret: "wrong" }),
    cost: refused("UNAUTHENTICATED"),
  },
  { act: "a suspended partner's", before: suspended, asked: ask(call, {}), cost: unread("FORBIDDEN") },
  { act: "an unreadable one", asked: ask(call, { referenceId: 7 }), cost: unread("MALFORMED") },
  {
    act: "one too many",
    before: exhausted(limits[call], () => A.clientId),
    asked: ask(call),
    cost: unread("RATE_LIMITED"),
  },
];

const questions: Rows = [
  { act: "a user", asked: ask("exists", { id: ANN.referenceId, idType: "id", userType: "user" }), cost: found },
  { act: "a phone number", asked: ask("exists", { id: ANN.phone, idType: "phone", userType: "user" }), cost: found },
  { act: "a shop's VAT number", asked: ask("exists", { id: VAT, idType: "vat", userType: "atm" }), cost: found },
  { act: "who is unknown", asked: ask("exists", { id: "nobody", idType: "id", userType: "worker" }), cost: found },
  ...refusalsOf("exists", "exists"),
];

const other = { ...ANN, referenceId: "another", email: "another@example.com", phone: "+41790000043" };

const creations: Rows = [
  { act: "a new one", asked: ask("createUser", other), cost: done },
  { act: "a repeated one", asked: ask("createUser"), cost: found },
  {
    act: "a reference used",
    asked: ask("createUser", { ...ANN, lastName: "Frei" }),
    cost: refused("REFERENCE_TAKEN"),
  },
  {
    act: "another's e-mail address",
    asked: ask("createUser", { ...other, email: ANN.email }),
    cost: triedInVain("EMAIL_TAKEN"),
  },
  {
    act: "another's phone number",
    asked: ask("createUser", { ...other, phone: ANN.phone }),
    cost: triedInVain("PHONE_TAKEN"),
  },
  ...refusalsOf("createUser", "user"),
];

const linking = { referenceId: ANN.referenceId, additionalData: { userId: 7 } };
const otherwise = { referenceId: ANN.referenceId, additionalData: { userId: 8 } };

const checkIns: Rows = [
  { act: "here", asked: ask("checkIn"), cost: done },
  { act: "here, with a link", asked: ask("checkIn", linking), cost: done },
  { act: "here, linked before", before: ask("checkIn", linking), asked: ask("checkIn", linking), cost: done },
  { act: "passed on", asked: ask("checkIn", { referenceId: "upstream" }, UPSTREAM), cost: found },
  { act: "who is unknown here", asked: ask("checkIn", { referenceId: "nobody" }), cost: refused("USER_UNKNOWN") },
  {
    act: "who is unknown upstream",
    asked: ask("checkIn", { referenceId: "is-unknown" }, UPSTREAM),
    cost: unread("USER_UNKNOWN"),
  },
  {
    act: "a link to another",
    before: ask("checkIn", linking),
    asked: ask("checkIn", otherwise),
    cost: refused("LINK_CONFLICT"),
  },
  {
    act: "upstream is down",
    asked: ask("checkIn", { referenceId: "is-down" }, UPSTREAM),
    cost: unread("UPSTREAM_FAILED"),
  },
  ...refusalsOf("checkIn", "partnerCheckin"),
];

const exchanges: Rows = [
  { act: "a code", asked: ({ openSession }, { fresh }) => openSession(fresh), cost: done },
  { act: "a code used", asked: ({ openSession }, { code }) => openSession(code), cost: refused("CODE_INVALID") },
  { act: "no code of ours", asked: ({ openSession }) => openSession("unheard-of"), cost: refused("CODE_INVALID") },
  { act: "an unreadable one", asked: ({ openSession }) => openSession(" "), cost: unread("MALFORMED") },
  {
    act: "one too many",
    before: exhausted(openSessionContract.limit, () => "127.0.0.1"),
    asked: ({ openSession }) => openSession("unheard-of"),
    cost: unread("RATE_LIMITED"),
  },
];

const looks: Rows = [
  { act: "a session's", asked: ({ showMe }, { token }) => showMe(token), cost: { reads: 2, commits: 0 } },
  { act: "nobody's", asked: ({ call }) => call("GET /sdk/v1/me"), cost: unread("UNAUTHENTICATED") },
  {
    act: "one too many",
    before: exhausted(showMeContract.limit, sessionIn),
    asked: ({ showMe }, { token }) => showMe(token),
    cost: unread("RATE_LIMITED"),
  },
];

const preflight: Asked = ({ call }) => call("OPTIONS /sdk/v1/session", { headers: { origin: WEB_SDK } });

const page: Asked = async ({ world }) => {
  const event = "partner/sdkPage.page.json";
  return (await handlerOf("partner/sdkPage", world.ports))(readEvent(event), contextOf(event));
};

const free = { reads: 0, commits: 0 };

/** What the slice may be asked. */
export const partnerScenarios = scenariosIn(setting, [
  ...questions.map((row) => ({ endpoint: "partner/exists", ...row })),
  ...creations.map((row) => ({ endpoint: "partner/createUser", ...row })),
  ...checkIns.map((row) => ({ endpoint: "partner/checkIn", ...row })),
  ...exchanges.map((row) => ({ endpoint: "partner/openSession", ...row })),
  ...looks.map((row) => ({ endpoint: "partner/showMe", ...row })),
  { endpoint: "partner/preflight", act: "a page of a partner's", before: preflight, asked: preflight, cost: free },
  { endpoint: "partner/sdkPage", act: "the page", asked: page, cost: free },
]);
