/** The conformance report: green against our desk, and what it says where it cannot be made. */
import { describe, expect, test } from "vitest";
import { documentOf, footOf, linesOfFinding, paintFor } from "../../../local/gateway/report/print.ts";
import { type Finding, makeReport, type Report } from "../../../local/gateway/report/report.ts";
import { answers, at } from "../../support/brokenParty.ts";
import { A, B, openCheckout } from "../../support/checkout.ts";
import { serveDesk } from "../../support/deskServer.ts";
import { worldOf } from "../../support/gateway.ts";
import { clientOf, only, PATIENCE_MS, reportOn, subjectAt } from "./subject.ts";

const rowsOf = (findings: readonly Finding[]) => [...new Set(findings.map(({ row }) => row))];

describe("our desk", () => {
  test("is as every case has it, once there is time to wait", async () => {
    const report = await reportOn(undefined, { patienceMs: PATIENCE_MS });
    expect([...only(report, "failed"), ...only(report, "skipped")]).toEqual([]);
    expect(rowsOf(report.findings).filter((row) => !row.startsWith("§"))).toEqual(
      "1 2 3 4 5 6 7 8 10 11 12 15 16 17 19 20 21 22 23 24 25 26 27 28 29 13 14".split(" "),
    );
  });

  test("cannot be made to expire without patience, nor has one merchant another", async () => {
    const report = await reportOn(undefined, { otherClient: undefined });
    expect(only(report, "failed")).toEqual([]);
    expect(only(report, "skipped").map(({ row, why }) => [row, why])).toEqual([
      ["2", "needs --other-client-id and --other-client-secret"],
      ["13", "a session's life takes a while: --patience 901"],
      ["14", "a session's life takes a while: --patience 901"],
      ["4", "an access token's life takes a while: --patience 1801"],
    ]);
  });

  test("is asked little where nothing is known but the control key, and nothing is taken on trust", async () => {
    const report = await reportOn(undefined, { client: undefined, otherClient: undefined });
    expect(only(report, "failed")).toEqual([]);
    expect(only(report, "passed").map(({ row }) => row)).toEqual(["§6", "§6", "§6", "§6", "§2"]);
    expect(report.sawStates).toBe(false);
  });

  test("is tried by its app and gateway alone where there is an access token", async () => {
    const checkout = await openCheckout();
    const { base } = await serveDesk(checkout.call);
    const { accessToken } = JSON.parse((await checkout.requestToken()).body).session;
    const subject = { ...subjectAt(base), client: undefined, otherClient: undefined, accessToken };
    const report = await makeReport(subject, worldOf(checkout));
    expect(only(report, "failed")).toEqual([]);
    expect(only(report, "skipped").map(({ row }) => row)).toEqual([
      "1",
      "2",
      "2",
      "4",
      "15",
      "23",
      "13",
      "14",
      "4",
      "§7",
      "§7",
    ]);
  });

  test("takes no yen where the merchant does not", async () => {
    const report = await reportOn(undefined, {
      client: clientOf(B),
      otherClient: clientOf(A),
      controlKey: B.controlKey,
      endpoint: "2234",
    });
    expect(only(report, "failed")).toEqual([]);
    expect(only(report, "skipped").flatMap(({ row, why }) => (row === "6" ? [why] : []))).toEqual([
      "the merchant takes no JPY",
      "the merchant takes no KWD",
    ]);
  });
});

describe("a connecting party that", () => {
  test("cannot begin a sale fails wherever one is needed", async () => {
    const party = answers(at.initiate, (answered) => ({ ...answered, status: 500, body: "oops" }));
    const failed = only(await reportOn(party()), "failed");
    expect(failed.find(({ row }) => row === "24")?.problems).toEqual([
      { what: "a sale cannot be begun", expected: "200 with endpointId", got: "500 oops" },
    ]);
  });

  test("does not answer is not asked for ever", async () => {
    const report = await reportOn(() => new Promise(() => {}), { timeoutMs: 20 });
    expect([report.answers, report.requests < 20]).toEqual([0, true]);
    expect(only(report, "passed")).toEqual([]);
    expect(report.findings.at(-1)).toMatchObject({ outcome: "skipped", why: "nobody answers any more" });
  });
});

const finding: Finding = {
  chapter: "Checks",
  row: "12",
  name: "the first check binds session and card",
  outcome: "failed",
  problems: [{ what: "another session.token", expected: '403 {"error":{}}', got: `200 ${"x".repeat(100)}` }],
};

describe("a report", () => {
  const report: Report = {
    base: "http://127.0.0.1:3000",
    currency: "EUR",
    findings: [
      finding,
      { chapter: "Access tokens", row: "1", name: "a token", outcome: "skipped", problems: [], why: "needs more" },
    ],
    sawStates: false,
    requests: 3,
    answers: 3,
  };

  test("fits 80 columns, and says of a failure what was expected", () => {
    expect(linesOfFinding(finding, paintFor(false)).split("\n")).toEqual([
      "  ✗  12  the first check binds session and card",
      "         another session.token",
      '         expected 403 {"error":{}}',
      "         got      200",
      `                  ${"x".repeat(62)}`,
      `                  ${"x".repeat(38)}`,
    ]);
  });

  test("sums up, and says what it has not seen", () => {
    expect(footOf(report, 1_234, paintFor(false))).toBe(
      [
        "",
        "0 passed, 1 failed, 1 skipped  3 requests in 1.2 s",
        "Without --client-id and --client-secret no state was looked at.",
        "Rows 9, 18 and 30 to 34 are not visible from outside.",
        "",
      ].join("\n"),
    );
  });

  test("is coloured only where that is wanted", () => {
    const isPlain = (isColoured: boolean) => !linesOfFinding(finding, paintFor(isColoured)).includes("\u001b");
    expect([isPlain(false), isPlain(true)]).toEqual([true, false]);
  });

  test("is a document too", () => {
    expect(documentOf(report)).toEqual({
      base: "http://127.0.0.1:3000",
      currency: "EUR",
      passed: 0,
      failed: 1,
      skipped: 1,
      sawStates: false,
      requests: 3,
      checks: report.findings,
    });
  });
});
