/** The demo's teller: what it sends, what it shows and hides, and what surprises it. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Expected, openTeller, type Sent, type Teller } from "../../../local/demo/teller.ts";
import { type Credential, headersOf } from "../../../local/sandbox/credential.ts";

const TOKEN = "a-token-of-a-merchant-that-is-known-0123456789abcdef";
const OTHER = "another.token-that_nobody+knows~0123456789abcdefghij";

const merchant: Credential = {
  scheme: "token",
  protocol: "Any",
  who: "a merchant",
  how: { headers: { Authorization: `Bearer ${TOKEN}`, "X-Merchant-ID": "SWTS" } },
  what: "",
};
const client: Credential = { ...merchant, who: "a client", how: { basic: { id: "bank", secret: TOKEN } } };

interface Received extends Pick<IncomingMessage, "method" | "url" | "headers"> {
  readonly body: string;
}

let received: Received | undefined;
const server = createServer(async (request, response) => {
  const { method, url, headers } = request;
  received = { method, url, headers, body: await text(request) };
  const replayed = url?.includes("again") ? { "Idempotency-Replayed": "true" } : {};
  response.writeHead(url?.includes("new") ? 201 : 200, { "X-Kind": "tea", ...replayed });
  response.end(`{"token":"${OTHER}"}`);
});

beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => void server.close());

let told: string[];
let teller: Teller;
beforeEach(() => {
  told = [];
  const { port } = server.address() as AddressInfo;
  teller = openTeller(`http://127.0.0.1:${port}`, [merchant, client], (line) => told.push(line));
});

const anything: Expected = { body: /token/ };

test("calls another system by its whole address", async () => {
  const elsewhere = openTeller("http://127.0.0.1:1", [], (line) => told.push(line));
  const heard = await elsewhere.call("An app", `POST ${teller.url}/sale/1?x=y`, { body: "{}" }, anything);
  expect([heard.status, received?.url, elsewhere.surprises()]).toEqual([200, "/sale/1?x=y", 0]);
});

test("sends any verb, header and body, and hears all that comes back", async () => {
  const sent = { headers: { ...headersOf(merchant), "Api-Version": "3" }, body: '{"a":1}' };
  const heard = await teller.call("A till", "PUT /orders/1/close?x=y", sent, anything);
  expect(heard).toMatchObject({ status: 200, headers: { "x-kind": "tea" }, body: `{"token":"${OTHER}"}` });
  expect(received).toMatchObject({ method: "PUT", url: "/orders/1/close?x=y", body: '{"a":1}' });
  expect(received?.headers).toMatchObject({
    authorization: `Bearer ${TOKEN}`,
    "x-merchant-id": "SWTS",
    "api-version": "3",
    "content-type": "application/json",
  });
  await teller.call("A till", "GET /orders", {}, anything);
  expect([received?.method, received?.headers["content-type"], received?.body]).toEqual(["GET", undefined, ""]);
});

describe("tells whose a credential is, and no secret whole", () => {
  const rows: readonly (readonly [title: string, sent: Sent, lines: readonly string[]])[] = [
    [
      "in a header",
      { headers: headersOf(merchant) },
      ["  A till → GET /orders", "      Authorization: Bearer <a merchant> · X-Merchant-ID: SWTS"],
    ],
    ["by Basic", { headers: headersOf(client) }, ["  A till → GET /orders", "      Authorization: Basic <a client>"]],
    [
      "that is not known",
      { headers: { "X-Auth-Token": OTHER } },
      ["  A till → GET /orders", "      X-Auth-Token: another.…"],
    ],
    ["not at all where there is none", {}, ["  A till → GET /orders"]],
  ];
  test.each(rows)("%s", async (_, sent, lines) => {
    await teller.call("A till", "GET /orders", sent, anything);
    expect(told).toEqual([...lines, '    ← 200 {"token":"another.…"}']);
  });
});

describe("is surprised by", () => {
  const rows: readonly (readonly [title: string, route: string, expected: Expected, surprises: number])[] = [
    ["nothing that was expected", "GET /orders", { body: `{"token":"${OTHER}"}`, headers: { "x-kind": /^tea$/ } }, 0],
    ["no status that was expected", "GET /new", { status: 201, body: /token/ }, 0],
    ["no replay that was expected", "GET /again", { replayed: true, body: /token/ }, 0],
    ["another status", "GET /new", { body: /token/ }, 1],
    ["another body", "GET /orders", { body: "{}" }, 1],
    ["a body that does not say so", "GET /orders", { body: /coffee/ }, 1],
    ["a replay", "GET /again", { body: /token/ }, 1],
    ["no replay", "GET /orders", { replayed: true, body: /token/ }, 1],
    ["another header", "GET /orders", { body: /token/, headers: { "x-kind": "coffee" } }, 1],
    ["no such header", "GET /orders", { body: /token/, headers: { "x-age": /\d/ } }, 1],
    ["everything at once", "GET /new", { replayed: true, body: "", headers: { "x-kind": "coffee" } }, 4],
  ];
  test.each(rows)("%s", async (_, route, expected, surprises) => {
    await teller.call("A till", route, {}, expected);
    expect([teller.surprises(), told.filter((line) => line.includes("SURPRISE")).length]).toEqual([
      surprises,
      surprises,
    ]);
  });
});
