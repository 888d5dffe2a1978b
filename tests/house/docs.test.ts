import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { docs, documentsOf } from "../../local/docs/documents.ts";
import { readSources } from "../../local/docs/sources.ts";

/** The page is text in a function's bundle, and read on phones. */
const MAX_PAGE_BYTES = 60_000;

const documents = documentsOf(await readSources());

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
    expect(Buffer.byteLength(page)).toBeLessThan(MAX_PAGE_BYTES);
  });

  test("has one place for every link", () => {
    const anchors = allOf(/\sid="([^"]*)"/g);
    expect(anchors).toEqual([...new Set(anchors)]);
    expect(allOf(/href="#([^"]*)"/g).filter((link) => !anchors.includes(link))).toEqual([]);
  });
});
