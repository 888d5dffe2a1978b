/** The web SDK's page as it is served: small, alone in the world, and readable in both of its themes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { policyOf } from "#edge/page";
import { joinPage, pageFile } from "../../local/page.ts";
import { root } from "./sources.ts";

/** It is opened on a phone, at a counter. */
const MAX_BYTES = 20_000;

/** What WCAG 2.2 asks of text (AA, 1.4.3), and of what a control is told by (1.4.11). */
const TEXT_CONTRAST = 4.5;
const CONTROL_CONTRAST = 3;

const page = await joinPage(pageFile("sdk"));
const allOf = (pattern: RegExp): readonly string[] => [...page.matchAll(pattern)].map(([, found = ""]) => found);

describe("the page", () => {
  test("is small", () => {
    expect(Buffer.byteLength(page)).toBeLessThan(MAX_BYTES);
  });

  test("loads nothing", () => {
    expect(allOf(/(<(?:link|img|iframe|form|base)\b|\ssrc=|@import|url\()/g)).toEqual([]);
    expect(allOf(/["'`(](?:https?:)?(\/\/[^"'`)]*)/g).filter((url) => url !== "//www.w3.org/2000/svg")).toEqual([]);
  });

  test("has one script and one style, whose hashes its policy names, and no other way to run or to dress", () => {
    expect([allOf(/(<script>)/g).length, allOf(/(<style>)/g).length]).toEqual([1, 1]);
    expect(allOf(/(<(?:script|style)\s)/g)).toEqual([]);
    expect(allOf(/<[^>]*(\s(?:style|on\w+)=)/g)).toEqual([]);
    const policy = policyOf(page, "'self'");
    expect(policy).toMatch(/script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}=';/);
    expect(policy).not.toContain("unsafe");
  });

  test("keeps nothing, and makes no markup of what it is told", () => {
    const banned = /\b(localStorage|sessionStorage|indexedDB|cookie|innerHTML|outerHTML|insertAdjacentHTML|eval)\b/g;
    expect(allOf(banned)).toEqual([]);
  });
});

describe("its colours", () => {
  const sheet = readFileSync(join(root, "web/sdk/frame.css"), "utf8");
  const [white = "", dark = ""] = [...sheet.matchAll(/^:root[^{]*\{([^}]*)\}/gm)].map(([, block = ""]) => block);
  const coloursIn = (block: string): Readonly<Record<string, string>> =>
    Object.fromEntries([...block.matchAll(/--(\w+): (#[0-9a-f]{6});/g)].map(([, name = "", hex = ""]) => [name, hex]));
  const themes = { white: coloursIn(white), dark: coloursIn(dark) };

  const luminance = (hex: string): number => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: string, other: string): number => {
    const [dim = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
    return (light + 0.05) / (dim + 0.05);
  };

  const pairs = [
    ["ink", "ground", TEXT_CONTRAST],
    ["ink", "paper", TEXT_CONTRAST],
    ["soft", "ground", TEXT_CONTRAST],
    ["soft", "paper", TEXT_CONTRAST],
    ["onaccent", "accent", TEXT_CONTRAST],
    ["accent", "tint", TEXT_CONTRAST],
    ["good", "goodtint", TEXT_CONTRAST],
    ["ink", "goodtint", TEXT_CONTRAST],
    ["warn", "warntint", TEXT_CONTRAST],
    ["ink", "warntint", TEXT_CONTRAST],
    ["edge", "ground", CONTROL_CONTRAST],
    ["accent", "ground", CONTROL_CONTRAST],
  ] as const;

  test.each(Object.entries(themes))("of the theme %s can be told apart", (_, colours) => {
    const poor = pairs.filter(
      ([front, back, least]) => !(contrast(colours[front] ?? "", colours[back] ?? "") >= least),
    );
    expect(poor).toEqual([]);
  });

  test("are the same names in both themes, and the browser's bars wear the ground's", () => {
    expect(Object.keys(themes.dark)).toEqual(Object.keys(themes.white));
    const bars = [...readFileSync(join(root, "web/sdk/theme.ts"), "utf8").matchAll(/#[0-9a-f]{6}/g)].map(
      ([hex]) => hex,
    );
    expect(bars).toEqual([themes.white.ground, themes.dark.ground]);
  });
});
