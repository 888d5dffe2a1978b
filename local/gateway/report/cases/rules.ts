/** What holds for every call: sections 2, 6 and 7. */
import { urlOf } from "../../calls.ts";
import { ask } from "../../http.ts";
import { sign } from "../../signature.ts";
import type { Case } from "../case.ts";
import type { Tester } from "../tester.ts";

/** The longest body (sbc.md 2). */
const MAX_BODY_BYTES = 16_384;

const NO_OBJECT = "Body is not a JSON object";

const bodiesAreObjects: Case["run"] = async ({ ask: say, trial }) => {
  const begin = (body: string, headers: Readonly<Record<string, string>> = {}) =>
    say("POST /sale/initiate-sale", { body, headers });
  for (const [what, heard] of [
    ["text/plain", await begin("{}", { "content-type": "text/plain" })],
    ["an array", await begin("[]")],
    ["broken JSON", await begin('{"session":')],
    ["more than 16 KiB", await begin(JSON.stringify({ more: "x".repeat(MAX_BODY_BYTES) }))],
  ] as const)
    trial.fails(what, heard, "SALE-40001", NO_OBJECT);
};

const fieldsAreNamed: Case["run"] = async ({ ask: say, trial }) => {
  const missing = "consumer.device.serialNumber, session.accessToken, transaction.amountCentis, transaction.currency";
  const body = JSON.stringify({
    consumer: { device: { serialNumber: null } },
    session: {},
    transaction: {},
  });
  trial.fails("empty objects", await say("POST /sale/initiate-sale", { body }), "SALE-40002", `Invalid: ${missing}`);
};

const pathsAndQueriesAreRead: Case["run"] = async ({ ask: say, trial }) => {
  trial.fails("a path", await say("POST /sale/a_b/check", { body: "{}" }), "SALE-40006", "Invalid: invoiceId");
  const names = "amount, client_orderid, control, merchant_order, orderid, status, type";
  trial.fails("a callback without a query", await say("GET /sale/callback"), "SALE-40006", `Invalid: ${names}`);
};

const otherRoutesAreNone: Case["run"] = async ({ ask: say, trial, subject: { base, timeoutMs } }) => {
  trial.answers("an unknown route", await say("GET /sale/of/nothing/at/all"), { status: 404, body: "" });
  const heard = await ask(urlOf(base, "/sale/initiate-sale"), { method: "DELETE", timeoutMs });
  trial.answers("a wrong verb", heard, { status: 405, body: "" });
  if (heard.status !== undefined) trial.same("its Allow", heard.headers.allow?.includes("POST"), true);
};

const answersAreAsPrinted: Case["run"] = async (tester) => {
  const { begin, check, notify, subject, token, trial } = tester;
  const email = "a@b.io";
  const sale = await begin(await token({ email }));
  const { serialNumber, endpointId, invoiceId, nonce, token: session } = sale;
  const transaction = { currency: subject.currency };
  const signed = (what: "check" | "notification") => ({
    checkSignature: sign(subject.controlKey, what, { serialNumber, nonce, endpointId, invoiceId }),
    nonce,
    token: session,
  });
  const body = JSON.stringify({ consumer: { email }, invoiceId, session: signed("check"), transaction });
  const heard = await check(sale);
  // An access token from elsewhere may be of a consumer whose address only the connecting party knows.
  if (subject.client === undefined) trial.succeeds("a check's", heard);
  else trial.answers("a check's", heard, { status: 200, body });
  const noted = JSON.stringify({ invoiceId, session: signed("notification") });
  trial.answers("a notification's", await notify(sale), { status: 200, body: noted });
};

/** Sections 2, 6 and 7. */
export const rules: readonly Case[] = [
  { row: "§7", name: "answers have the members of the examples, in order", run: answersAreAsPrinted },
  { row: "§6", name: "a body that is no JSON object is SALE-40001", run: bodiesAreObjects },
  { row: "§6", name: "fields that are wrong are named, sorted", run: fieldsAreNamed },
  { row: "§6", name: "so are a path's and a query's", run: pathsAndQueriesAreRead },
  { row: "§6", name: "unknown routes are 404, wrong verbs 405", run: otherRoutesAreNone },
];

/** The headers that an answer has to have; undefined where they are there. */
export const headerMissing = (headers: Readonly<Record<string, string>>): string | undefined => {
  if (headers["cache-control"] !== "no-store") return "Cache-Control: no-store";
  return headers["x-request-id"] ? undefined : "X-Request-Id";
};

/** Made of all the answers of a report, once there are no more to come. */
export const headersCase = (missing: () => ReadonlyMap<string, string>): Case => ({
  row: "§2",
  name: "every answer is no-store and has a request id",
  run: async ({ trial }: Tester) => {
    for (const [asking, header] of missing()) trial.same(asking, "missing", header);
  },
});
