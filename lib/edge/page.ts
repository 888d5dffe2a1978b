/** How an HTML page is answered: it brings its own style and script, and may do nothing that its text does not show. */
import { createHash } from "node:crypto";
import type { Answer } from "#edge/contract";

/** Whom a page may call by its script: nobody, or the API that it comes from. */
export type Calls = "'none'" | "'self'";

/** Browsers do not come back without TLS for a year; they do not hear this from a sandbox, which has none. */
const ONLY_BY_TLS = "max-age=31536000";

/** What stands in the page's elements of this tag that have no attributes, as a policy names it: by its SHA-256. */
const sourcesOf = (page: string, tag: "script" | "style"): string => {
  const texts = [...page.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, "gs"))].map(([, text = ""]) => text);
  const hashes = texts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  return hashes.length === 0 ? "'none'" : hashes.join(" ");
};

/** The Content-Security-Policy of a page: its own scripts and styles, word for word, and nothing from anywhere. */
export const policyOf = (page: string, calls: Calls): string =>
  [
    "default-src 'none'",
    `script-src ${sourcesOf(page, "script")}`,
    `style-src ${sourcesOf(page, "style")}`,
    `connect-src ${calls}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

/** Answers a page that nobody may frame, embed or hear of by a link from it. */
export const answerPage = (page: string, calls: Calls = "'none'"): Answer => ({
  status: 200,
  headers: {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": policyOf(page, calls),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": ONLY_BY_TLS,
    "X-Content-Type-Options": "nosniff",
  },
  body: page,
});
