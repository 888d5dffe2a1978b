/** `npm run gateway` as it is typed: what it takes, what it says, and how it ends. */
import { describe, expect, test } from "vitest";
import { readCommand, UsageError } from "../../../local/gateway/commandLine.ts";
import { runGateway } from "../../../local/gateway/run.ts";
import type { World } from "../../../local/gateway/settings.ts";
import { realWorld } from "../../../local/gateway/world.ts";
import { A, openCheckout } from "../../support/checkout.ts";
import { serveDesk } from "../../support/deskServer.ts";
import { worldOf } from "../../support/gateway.ts";

const KEY = ["--control-key", A.controlKey];
const AT = ["--base", "http://127.0.0.1:1", ...KEY];

interface Meanwhile {
  readonly meanwhile: (said: string) => Promise<void>;
  readonly world: World;
}

/** Runs a command line; `meanwhile` is done while a server serves, with what it has said so far. */
const run = async (
  argv: readonly string[],
  { meanwhile = async () => {}, world = realWorld }: Partial<Meanwhile> = {},
) => {
  let [out, err] = ["", ""];
  const code = await runGateway(argv, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isColoured: false,
    world,
    stopped: () => meanwhile(out),
  });
  return { code, out, err };
};

describe("a command line", () => {
  test.each([
    ["without a base", KEY, /^--base is missing/],
    ["with a base that is no URL", ["--base", "127.0.0.1", ...KEY], /^--base has to be/],
    ["with a base of another kind", ["--base", "ftp://127.0.0.1", ...KEY], /^--base has to be/],
    ["without a key", ["--base", "http://127.0.0.1"], /^--control-key is missing/],
    ["with a short key", ["--base", "http://127.0.0.1", "--control-key", "00112233"], /^--control-key has to be/],
    ["with half a client", [...AT, "--client-id", "x"], /^--client-secret is missing/],
    ["with half another client", [...AT, "--other-client-secret", "x"], /^--other-client-id is missing/],
    ["with a currency in small letters", [...AT, "--currency", "eur"], /^--currency has to be three capitals/],
    ["with impatience", [...AT, "--patience", "-1"], /--patience/],
    ["with an option that there is not", [...AT, "--colour"], /^Unknown option '--colour'/],
    ["with a word that there is not", ["play", ...AT], /^There is no "play"/],
    ["of the report with a port", [...AT, "--port", "1"], /^--port is none of the report's/],
    ["of serve with patience", ["serve", ...AT, "--patience", "1"], /^--patience is none of serve's/],
    ["of serve with a prefix that is none", ["serve", ...AT, "--prefix", "x"], /^--prefix has to be a path/],
  ])("%s is told what is wrong, and how it goes", async (_, argv, says) => {
    const { code, out, err } = await run(argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(says);
    expect(err).toContain("Usage: npm run gateway -- --base <url>");
  });

  test("is read whole", () => {
    const report = [...AT, "--client-id", "a", "--client-secret", "b", "--patience", "60", "--timeout", "5", "--json"];
    expect(readCommand([...report, "--endpoint", "1234", "--access-token", "t".repeat(32)])).toEqual({
      verb: "report",
      isJson: true,
      subject: {
        base: "http://127.0.0.1:1",
        controlKey: A.controlKey,
        endpoint: "1234",
        callbackType: "sale",
        currency: "EUR",
        client: { id: "a", secret: "b" },
        otherClient: undefined,
        accessToken: "t".repeat(32),
        timeoutMs: 5_000,
        patienceMs: 60_000,
      },
    });
    expect(readCommand(["serve", "--base", "https://pay.example.com/api/", ...KEY, "--port", "0"])).toEqual({
      verb: "serve",
      port: 0,
      wish: {
        base: "https://pay.example.com/api",
        controlKey: A.controlKey,
        callbackType: "sale",
        endpoints: [],
        prefix: "/paynet/dapi/v1",
        checkTimeoutMs: 20_000,
      },
    });
    expect(() => readCommand(["serve"])).toThrow(UsageError);
  });

  test.each([[[]], [["--help"]], [["serve", "-h"]]])("is helped: %j", async (argv) => {
    const { code, out, err } = await run(argv);
    expect([code, err]).toEqual([0, ""]);
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(out).toMatch(/^Usage: /);
  });
});

describe("the report", () => {
  /** Makes a report on a desk of its own, whose clock it shares. */
  const report = async ({ controlKey = A.controlKey, secret = A.clientSecret } = {}, ...more: readonly string[]) => {
    const checkout = await openCheckout();
    const { base } = await serveDesk(checkout.call);
    const client = ["--client-id", A.clientId, "--client-secret", secret];
    return run(["--base", base, "--control-key", controlKey, ...client, ...more], { world: worldOf(checkout) });
  };

  test("is good on our desk, in 80 columns", async () => {
    const { code, out, err } = await report();
    expect([code, err]).toEqual([0, ""]);
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(out).toMatch(/\n37 passed, 0 failed, 4 skipped {2}\d+ requests in \d/);
    for (const secret of [A.clientSecret, A.controlKey]) expect(out).not.toContain(secret);
  });

  test("is one document where that is asked for", async () => {
    const { out } = await report({}, "--json");
    expect(JSON.parse(out)).toMatchObject({ passed: 37, failed: 0, skipped: 4, sawStates: true });
  });

  test("fails with another control key", async () => {
    const { code, out } = await report({ controlKey: "f".repeat(32) });
    expect(code).toBe(1);
    expect(out).toContain("another key, or other values");
  });

  test("says once that the client is refused", async () => {
    const { code, out } = await report({ secret: "0".repeat(64) });
    expect([code, out.match(/an access token\n +expected 200 with one/g)?.length]).toEqual([1, 1]);
    expect(out).toMatch(/\n5 passed, 2 failed, 34 skipped {2}/);
  });

  test("cannot be made where nobody answers", async () => {
    const { code, err } = await run(AT);
    expect([code, err]).toEqual([2, "Nobody answers at http://127.0.0.1:1.\n"]);
  });
});

describe("serve", () => {
  test("says how it is used, serves, and ends when it is told to", async () => {
    let answered: number | undefined;
    const meanwhile = async (said: string) => {
      const url = /curl (http:\S+)\/\{invoiceId\}/.exec(said)?.[1];
      answered = (await fetch(`${url}/none`)).status;
    };
    const { code, out } = await run(["serve", ...AT, "--port", "0"], { meanwhile });
    expect([code, answered]).toEqual([0, 403]);
    expect(out).toContain("Ctrl-C stops it.");
    expect(out.split("\n").filter((line) => line.length > 80 && !line.includes("http:"))).toEqual([]);
    expect(out).not.toContain(A.controlKey);
  });

  test("says so where its port is taken", async () => {
    const checkout = await openCheckout();
    const { base } = await serveDesk(checkout.call);
    const { code, err } = await run(["serve", ...AT, "--port", new URL(base).port]);
    expect([code, err]).toEqual([2, expect.stringMatching(/^The gateway cannot listen on port \d+: .*EADDRINUSE/)]);
  });
});
