import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { answerPage, policyOf } from "#edge/page";

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;

const policy = (scripts: string, styles: string, calls: string) =>
  `default-src 'none'; script-src ${scripts}; style-src ${styles}; connect-src ${calls}; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

describe("the policy of a page", () => {
  it.each([
    ["that is text alone", "<p>Hello</p>", policy("'none'", "'none'", "'none'")],
    ["with a style", "<style>p{color:red}</style>", policy("'none'", hashOf("p{color:red}"), "'none'")],
    ["with a script", "<script>\n1 < 2;\n</script>", policy(hashOf("\n1 < 2;\n"), "'none'", "'none'")],
    ["with letters of two bytes", "<style>/* é */</style>", policy("'none'", hashOf("/* é */"), "'none'")],
    ["with two", "<style>a</style><style>b</style>", policy("'none'", `${hashOf("a")} ${hashOf("b")}`, "'none'")],
    ["with a script from elsewhere", '<script src="//x"></script>', policy("'none'", "'none'", "'none'")],
  ])("%s names what stands in it, and nothing else", (_, page, expected) => {
    expect(policyOf(page, "'none'")).toBe(expected);
  });

  it("lets a page call the API that it comes from where its contract says so", () => {
    expect(policyOf("", "'self'")).toBe(policy("'none'", "'none'", "'self'"));
  });
});

describe("a page", () => {
  it("is answered with all that keeps others away from it", () => {
    expect(answerPage("<p>Hello</p>")).toEqual({
      status: 200,
      headers: {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy("'none'", "'none'", "'none'"),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
      },
      body: "<p>Hello</p>",
    });
  });
});
