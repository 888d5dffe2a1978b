/** The page of a protocol that has everything that a contract may have. */
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { integratorToken } from "#edge/auth/integratorToken";
import { contract } from "#edge/contract";
import { printPage } from "../../../local/docs/page/page.ts";
import { readSources } from "../../../local/docs/sources.ts";

const Line = z.object({ name: z.string().meta({ description: "What it is." }), note: z.string().max(3).nullish() });
const Bill = z
  .object({
    id: z.uuid(),
    state: z.enum(["OPEN", "CLOSED"]),
    lines: z.array(Line).min(1).max(9),
    payment: z.union([z.object({ card: z.string() }), z.object({ cash: z.int() })]).optional(),
  })
  .meta({ id: "Bill", examples: [{ id: "3f1c", state: "OPEN", lines: [{ name: "tea" }] }] });

const everyRow = {
  dialect: ({ code }: { readonly code: string }) =>
    code === "MALFORMED" ? { status: 400, body: { error: "malformed" } } : { status: 500 },
  mayRefuse: [],
  encode: (body: unknown) => ({ status: 200, body }),
  io: { reads: 0, commits: 0 },
} as const;

/** A dialect whose answers begin with a member of their own when they are to be repeated. */
const busyWith = (member: string) => ({
  dialect: (refusal: { readonly code: string }) =>
    refusal.code === "BUSY" ? { status: 503, body: { [member]: null, again: true } } : everyRow.dialect(refusal),
});

const parameters = z.object({
  path: z.object({ id: z.uuid().meta({ examples: ["3f1c"], description: "The bill's number." }) }),
});

const contracts = [
  contract({
    ...everyRow,
    ...busyWith("bill"),
    name: "bills/openBill",
    route: "POST /bills",
    aliases: ["POST /bills/open"],
    summary: "Opens a bill.",
    auth: integratorToken,
    request: z.object({ lines: z.array(Line) }).meta({ override: { examples: [{ lines: [{ name: "tea" }] }] } }),
    maxBodyBytes: 262_144,
    reply: Bill,
    status: 201,
    replays: true,
  }),
  contract({
    ...everyRow,
    ...busyWith("bills"),
    name: "bills/showBill",
    route: "GET /bills/{id}",
    summary: "Shows a bill.",
    parameters,
    reply: z
      .object({ bills: z.array(Bill), next: z.string().nullable() })
      .meta({ examples: [{ bills: [], next: null }] }),
  }),
  contract({
    ...everyRow,
    name: "bills/dropBill",
    route: "DELETE /bills/{id}",
    summary: "Drops a bill.",
    parameters,
    reply: z.string(),
    mediaType: "text/plain",
    dialect: () => ({ status: 409, body: { error: "kept" } }),
  }),
];

const page = printPage({ ...(await readSources()), contracts, machines: [] });
const sectionOf = (anchor: string): string =>
  new RegExp(`<article id="${anchor}"[\\s\\S]*?</article>`).exec(page)?.[0] ?? "";
const textOf = (markup: string): string =>
  markup
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

describe("the page tells", () => {
  test("every route to an endpoint, its scheme, the size of its body, its status and that it may be repeated", () => {
    const told = textOf(sectionOf("bills-openBill"));
    expect(told).toContain("Open bill POST /bills POST /bills/open Opens a bill. By integrator token .");
    expect(told).toContain("Request At most 262,144 bytes.");
    expect(told).toContain("Answer, 201 Bill Repeated, a request that was done is answered as it was.");
  });

  test("a named shape once, and links to it", () => {
    expect(page.match(/id="shape-Bill"/g)).toHaveLength(1);
    expect(sectionOf("bills-openBill")).toContain('<a href="#shape-Bill">Bill</a>');
    expect(textOf(sectionOf("bills-showBill"))).toContain("bills array of Bill next string or null");
  });

  test("what is in arrays, choices and objects that may be absent", () => {
    expect(textOf(sectionOf("shape-Bill"))).toContain(
      'state string one of "OPEN" , "CLOSED" lines array of object 1 to 9 of them lines[].name string What it is. ' +
        "lines[].note may be absent string or null at most 3 characters payment may be absent object " +
        "payment.card may be absent string payment.cash may be absent integer",
    );
  });

  test("what is read of the path, and puts its example into the request", () => {
    const section = sectionOf("bills-showBill");
    expect(textOf(section)).toContain("Parameters {id} uuid e.g. 3f1c The bill's number. Answer, 200");
    expect(section).toContain("curl -i http://127.0.0.1:3000/bills/3f1c<");
  });

  test("an answer that is no JSON by its media type", () => {
    expect(textOf(sectionOf("bills-dropBill"))).toContain("Answer, 200 text/plain");
    expect(sectionOf("bills-dropBill")).toContain("-X DELETE");
  });

  test("a refusal once, and where it is not said alike", () => {
    const refusal = /<div id="bills\.MALFORMED">.*?<\/div>/s.exec(page)?.[0] ?? "";
    expect(textOf(refusal)).toMatch(
      /^MALFORMED 400 \{"error":"malformed"\} Open bill, Show bill 409 \{"error":"kept"\} Drop bill /,
    );
    expect(textOf(/<section class="refusals">[\s\S]*?(?=<dl)/.exec(page)?.[0] ?? "")).toBe(
      "Refusals Every endpoint of this protocol may also say: MALFORMED BUSY FAULT",
    );
  });

  test("a refusal whose answers differ in how they begin, with each beginning", () => {
    const refusal = /<div id="bills\.BUSY">.*?<\/div>/s.exec(page)?.[0] ?? "";
    expect(textOf(refusal)).toMatch(
      /^BUSY 503 \{…, "again":true\} \{"bill":null Open bill \{"bills":null Show bill 409 \{"error":"kept"\} Drop bill /,
    );
  });

  test("who may ask, with the sandbox's credentials", () => {
    const chapter = /<section id="credentials"[\s\S]*?<\/section>/.exec(page)?.[0] ?? "";
    expect(textOf(chapter)).toMatch(/Integrator token X-Auth-Token: &lt;token&gt; or Authorization: Bearer/);
    expect(chapter).toContain("sandbox-integrator-token-000000000000000000000002");
  });
});

test("a scheme of which the sandbox has no credential is not documented in silence", async () => {
  const auth = { ...integratorToken, name: "nobodys" };
  const [row] = contracts;
  const sources = { ...(await readSources()), contracts: row ? [{ ...row, auth }] : [], machines: [] };
  expect(() => printPage(sources)).toThrow("local/sandbox/credentials.ts has none for nobodys");
});
