/** What docs/protocols/ tells integrators: the bytes that are sent, code that runs, calls of the admin that there are. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as replies from "../journey/partner/replies.ts";
import { openAdmin } from "../unit/admin/given.ts";
import { root } from "./sources.ts";

const folder = join(root, "docs/protocols");
const pages = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
const textOf = (wanted: string): string => pages.find(({ name }) => name === wanted)?.text ?? "";

const found = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, one = ""]) => one);

const blocksOf = (text: string, language: string): readonly string[] =>
  found(text, new RegExp(`^\`\`\`${language}\n(.*?)\n\`\`\`$`, "gms"));

describe.each(pages)("$name", ({ text }) => {
  const calls = [...new Set(found(text, /npm run admin -- ((?:"[^"]*"|[^`#\n"])+)/g).map((call) => call.trim()))];

  test.each(calls)("calls the admin as it is called: %s", async (call) => {
    const words = [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
    const { code, err } = await openAdmin().run(...words);
    expect(code === 2 ? err : "").toBe("");
  });

  test("leads to pages that there are", () => {
    expect(found(text, /\]\(([^)#:]+)\)/g).filter((link) => !existsSync(join(folder, link)))).toEqual([]);
  });
});

describe("partner.md", () => {
  const page = textOf("partner.md");
  const { P1, P2, P3, P4, P5, P6, P7, P8, P9, P10 } = replies;

  test("prints the replies as they are sent", () => {
    expect(blocksOf(page, "json").flatMap((block) => block.split("\n"))).toEqual([
      P1(true),
      P2("usr_01J8ZK3V5Q8X4M2N7T6R9W0B1C"),
      P3,
      P4,
      P5,
      P6(
        "https://sdk.example.com/#c=Zm9yLXRlc3RzLW9ubHktMzItYnl0ZXMtb2YtY29kZSE",
        "active",
        "2024-05-16T09:05:00.000Z",
      ),
      P7,
      P8,
      P9,
      P10,
      '{"accessToken":"<jwt>","tokenType":"Bearer","expiresIn":1800}',
    ]);
  });

  test("has code to copy that makes its own vectors", async () => {
    const [code = ""] = blocksOf(page, "js");
    const { sign, verify } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    const hmacKey = "fedcba9876543210".repeat(4);
    const vectors = [...page.matchAll(/^\| (user|payment|must fail)[^|]* \| `([^`]+)` \| `([^`]+)` \|$/gm)];
    const verified = vectors.map(([, name, message = "", signature]) => {
      const parts = ["11111111-2222-4333-8444-555555555555", ...message.split(":")];
      return [name, sign(hmacKey, parts) === signature, verify(hmacKey, parts, signature)];
    });
    expect(verified).toEqual([
      ["user", true, true],
      ["payment", true, true],
      ["must fail", false, false],
    ]);
    expect(() => sign(hmacKey, ["a:b", "c"])).toThrow(RangeError);
  });
});
