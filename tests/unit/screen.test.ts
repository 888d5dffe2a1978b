/** What `npm start` shows. */
import { describe, expect, test } from "vitest";
import type { Credential } from "../../local/sandbox/credential.ts";
import { credentials } from "../../local/sandbox/credentials.ts";
import { triesAt } from "../../local/sandbox/tries.ts";
import { shortLine, welcome } from "../../local/screen.ts";

const COLUMNS = 80;

const NOW_MS = Date.UTC(2026, 10, 25, 8);

const given = {
  url: "http://127.0.0.1:3000",
  folder: ".tillgate/3000",
  tookMs: 2_940,
  unguarded: [],
  tries: triesAt(NOW_MS),
};

const credential = (protocol: string, who: string, how: Credential["how"]): Credential => ({
  scheme: protocol,
  protocol,
  who,
  how,
  what: "EUR",
});

describe("the first screen", () => {
  test("is not wider than a terminal, but for a credential that is", () => {
    const lines = welcome({ ...given, credentials }).split("\n");
    expect(lines.filter((line) => line.length > COLUMNS && !/^ {4}-[uH] /.test(line))).toEqual([]);
  });

  test("shows the first credential of each protocol and role as options of curl, and names the others; none that a call tells", () => {
    const screen = welcome({
      ...given,
      credentials: [
        credential("SBC merchant", "sbc-merchant", { basic: { id: "sbc-merchant", secret: "s3cret" } }),
        credential("SBC merchant", "sbc-merchant-2", { basic: { id: "sbc-merchant-2", secret: "t0psecret" } }),
        credential("SBC app", "whoever", { headers: { Authorization: "Bearer $TOKEN" } }),
        credential("SWiP merchant", "SWTS", { headers: { Authorization: "Bearer t0ken", "X-Merchant-ID": "SWTS" } }),
        credential("SWiP app", "c-1", { headers: { "X-Auth-Token": "$(npm run -s admin -- app-token c-1)" } }),
      ],
    });
    expect(screen.slice(screen.indexOf("Credentials"), screen.indexOf("Try:"))).toBe(
      [
        "Credentials (public; all of them: http://127.0.0.1:3000/docs#credentials)",
        "",
        "  SBC merchant        sbc-merchant (EUR); also sbc-merchant-2",
        "    -u 'sbc-merchant:s3cret'",
        "  SWiP merchant       SWTS (EUR)",
        "    -H 'Authorization: Bearer t0ken'",
        "    -H 'X-Merchant-ID: SWTS'",
        "  SWiP app            c-1 (EUR)",
        '    -H "X-Auth-Token: $(npm run -s admin -- app-token c-1)"',
        "",
        "",
      ].join("\n"),
    );
  });

  test("warns of merchants whose gateway anybody can play", () => {
    const screen = (unguarded: readonly string[]) => welcome({ ...given, credentials, unguarded });
    expect(screen(["sbc-merchant", "sbc-merchant-2"])).toContain(
      "\n\nMind: from any address one can play the gateway of sbc-merchant, sbc-merchant-2\n\nTry:",
    );
    expect(screen([])).not.toContain("Mind:");
  });

  test("has three requests to paste, whose bodies are JSON", () => {
    const screen = welcome({ ...given, credentials });
    const bodies = [...screen.matchAll(/-d '([^']*)'/g)].map(([, body = ""]) => JSON.parse(body) as object);
    expect(bodies.map((body) => Object.keys(body)[0])).toEqual(["userId", "TransactionId", "TransactionId"]);
    expect(bodies[0]).toMatchObject({ expiryTimeOfTheOrder: "2026-11-25T09:00:00.000Z" });
    expect(screen.match(/ {4}-H 'X-Auth-Token: /g)).toHaveLength(1 + bodies.length);
  });
});

describe("a log line is short", () => {
  const time = new Date(NOW_MS).toTimeString().slice(0, 8);
  const line = (fields: object): string => JSON.stringify({ level: "INFO", timestamp: new Date(NOW_MS), ...fields });
  const rows: readonly (readonly [title: string, line: string, short: string | undefined])[] = [
    [
      "for an answer",
      line({ endpoint: "pos/closeOrder", status: 200, durationMs: 7 }),
      `${time}  pos/closeOrder              200     7 ms`,
    ],
    [
      "for a replay",
      line({ endpoint: "pos/closeOrder", status: 200, durationMs: 7, replayed: true }),
      `${time}  pos/closeOrder              200     7 ms  replayed`,
    ],
    [
      "for a refusal",
      line({ endpoint: "pos/closeOrder", status: 400, durationMs: 7, refusal: "MALFORMED" }),
      `${time}  pos/closeOrder              400     7 ms  MALFORMED`,
    ],
    [
      "for a fault",
      line({ level: "ERROR", endpoint: "desk/health", status: 503, durationMs: 7, fault: "Error" }),
      `${time}  desk/health                 503     7 ms  Error`,
    ],
    [
      "for a job that has done something",
      line({ endpoint: "sweep/deliverDue", swept: 3 }),
      `${time}  sweep/deliverDue                          3 done`,
    ],
    ["and not there for a job that has done nothing", line({ endpoint: "sweep/deliverDue", swept: 0 }), undefined],
    ["and not there for a job's end", line({ endpoint: "sweep/deliverDue", durationMs: 4 }), undefined],
    ["and not there for a healthy desk", line({ endpoint: "desk/health", status: 200 }), undefined],
    ["and not there for metrics", '{"_aws":{},"endpoint":"desk/health"}', undefined],
    ["and not there for what the gateway says", "POST /dev/x (λ: x)", undefined],
    ["and not there for half a line", '{"level":', undefined],
  ];
  test.each(rows)("%s", (_, given, short) => {
    expect(shortLine(given)).toBe(short);
  });
});
