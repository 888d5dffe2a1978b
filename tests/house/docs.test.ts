import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readJson } from "#kernel/json";
import { docs, documentsOf } from "../../local/docs/documents.ts";
import { type Description, exampleOf, replyOf, requestOf, type Schema } from "../../local/docs/page/description.ts";
import { endpointOf } from "../../local/docs/page/endpoint.ts";
import { readSources } from "../../local/docs/sources.ts";

/**
 * The page is text in a function's bundle, and read on phones. What is there once, style and guide, has its bound, and
 * so has what an endpoint adds on an average: its section, and its share of the slice's refusals and shapes.
 */
const MAX_BYTES_ONCE = 16_000;
const MAX_BYTES_AN_ENDPOINT = 4_000;

/** An object with more fields than this is told once on the page. */
const FEW_FIELDS = 8;

const sources = await readSources();
const documents = documentsOf(sources);
const description: Description = JSON.parse(documents["openapi.json"] ?? "");
const schemas = description.components.schemas ?? {};
const endpoints = sources.contracts.map((row) => endpointOf(row, description));

describe("the documents", () => {
  test.each(Object.entries(documents))("docs/%s says what the tables say", (name, text) => {
    expect(readFileSync(new URL(name, docs), "utf8"), `docs/${name} is out of date: npm run docs`).toBe(text);
  });
});

describe("the page", () => {
  const page = documents["api.html"] ?? "";
  const allOf = (pattern: RegExp): readonly string[] => [...page.matchAll(pattern)].map(([, found = ""]) => found);

  test("loads nothing and runs nothing", () => {
    expect(allOf(/(<(?:script|link|img|iframe|form)\b|\s(?:src|on\w+)=|@import|url\()/g)).toEqual([]);
    expect(allOf(/href="(?!#)([^"]*)"/g)).toEqual([]);
  });

  test("is small", () => {
    const most = MAX_BYTES_ONCE + endpoints.length * MAX_BYTES_AN_ENDPOINT;
    expect(Buffer.byteLength(page)).toBeLessThan(most);
  });

  test("has an example for every segment of a path", () => {
    expect(allOf(/(curl -i \S*\$\w+)/g)).toEqual([]);
  });

  test("has one place for every link", () => {
    const anchors = allOf(/\sid="([^"]*)"/g);
    expect(anchors).toEqual([...new Set(anchors)]);
    expect(allOf(/href="#([^"]*)"/g).filter((link) => !anchors.includes(link))).toEqual([]);
  });
});

/** The larger objects of a schema that have no name, as they would be printed. */
const unnamedIn = (schema: unknown): readonly string[] => {
  if (typeof schema !== "object" || schema === null || "$ref" in schema) return [];
  const { properties = {} }: Schema = schema;
  const own = Object.keys(properties).length > FEW_FIELDS ? [JSON.stringify(properties)] : [];
  return [...own, ...Object.values(schema).flatMap(unnamedIn)];
};

describe("a schema", () => {
  test("of many fields that several endpoints speak of has a name: .meta({ id })", () => {
    const found = endpoints.flatMap(({ operation, contract: { status = 200 } }) => [
      ...unnamedIn(requestOf(operation)),
      ...unnamedIn(replyOf(operation, status)),
    ]);
    expect(found.filter((schema, n) => found.indexOf(schema) !== n)).toEqual([]);
  });

  test.each(endpoints)("of $contract.name has examples that it accepts itself", ({ contract, operation }) => {
    const [request, reply] = [requestOf(operation), replyOf(operation, contract.status ?? 200)];
    const asked = request && readJson(JSON.stringify(exampleOf(request, schemas)));
    expect(contract.request?.safeParse(asked).error).toBeUndefined();
    if (reply) expect(contract.reply?.safeParse(exampleOf(reply, schemas)).error).toBeUndefined();
  });
});
