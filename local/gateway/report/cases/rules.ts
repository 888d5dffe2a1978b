/** What holds for every call: sections 2 and 6. */
import { randomUUID } from "node:crypto";
import { urlOf } from "../../calls.ts";
import { type Answer, ask, mediaTypeOf } from "../../http.ts";
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

/** Verbs as `Allow` lists them; whoever serves browsers may have OPTIONS besides. */
const verbsIn = (allow = ""): string =>
  allow
    .split(",")
    .map((verb) => verb.trim())
    .filter((verb) => verb !== "OPTIONS")
    .join(", ");

const otherRoutesAreNone: Case["run"] = async ({ ask: say, trial, subject: { base, timeoutMs } }) => {
  trial.answers("an unknown route", await say("GET /sale/of/nothing/at/all"), { status: 404, body: "" });
  // Of a path that no other one matches, so that there is one verb alone.
  const heard = await ask(urlOf(base, `/sale/${randomUUID()}/check`), { method: "DELETE", timeoutMs });
  trial.answers("a wrong verb", heard, { status: 405, body: "" });
  if (heard.status !== undefined) trial.same("its Allow", verbsIn(heard.headers.allow), "POST");
};

/** Section 6. */
export const rules: readonly Case[] = [
  { row: "§6", name: "a body that is no JSON object is SALE-40001", run: bodiesAreObjects },
  { row: "§6", name: "fields that are wrong are named, sorted", run: fieldsAreNamed },
  { row: "§6", name: "so are a path's and a query's", run: pathsAndQueriesAreRead },
  { row: "§6", name: "unknown routes are 404, wrong verbs 405", run: otherRoutesAreNone },
];

/** A header that an answer has to have, and has not; undefined where nothing is missing. */
export const headerMissing = (answer: Answer): string | undefined => {
  if (answer.headers["cache-control"] !== "no-store") return "Cache-Control: no-store";
  if (!answer.headers["x-request-id"]) return "X-Request-Id";
  const isJson = answer.body.startsWith("{");
  return isJson && mediaTypeOf(answer) !== "application/json" ? "Content-Type: application/json" : undefined;
};

/** Made of all the answers of a report, once there are no more to come. */
export const headersCase = (missing: () => ReadonlyMap<string, string>): Case => ({
  row: "§2",
  name: "every answer has its headers: no-store, request id, content type",
  run: async ({ trial }: Tester) => {
    for (const [asking, header] of missing()) trial.same(asking, "missing", header);
  },
});
