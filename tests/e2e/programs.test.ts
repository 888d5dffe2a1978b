/** The programs beside `npm start` that play somebody else: the gateway, a till with an app, and a phone, each on the sandbox over HTTP. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { freePort } from "../../local/offline.ts";
import { removeData, run, runAdmin, type Started, startSandbox } from "../support/sandbox.ts";

let sandbox: Started;

beforeAll(async () => {
  sandbox = await startSandbox(await freePort(), ["--fresh"]);
}, 90_000);

afterAll(async () => {
  await sandbox?.stop();
  removeData(sandbox?.port ?? 0);
});

describe("the sandbox", () => {
  test("is a connecting party as the gateway wants one", async () => {
    const of = (prefix: string, number: string) => [
      `--${prefix}client-id`,
      `sbc-merchant${number === "1" ? "" : `-${number}`}`,
      `--${prefix}client-secret`,
      `sandbox-sbc-secret-${number.padStart(28, "0")}`,
    ];
    const key = ["--control-key", "00112233-4455-6677-8899-AABBCCDDEEFF", "--endpoint", "1234"];
    const report = run("gateway.ts", ["--base", sandbox.url, ...key, ...of("", "1"), ...of("other-", "2"), "--json"]);
    const code = await report.ended;
    const { checks, ...sums } = JSON.parse(report.printed());
    expect(checks.filter(({ outcome }: { readonly outcome: string }) => outcome === "failed")).toEqual([]);
    expect([code, sums]).toMatchObject([0, { passed: 38, failed: 0, skipped: 3, sawStates: true }]);
  }, 60_000);

  test("has a till that sells to an app, each a program of its own", async () => {
    const till = run("till.ts", ["60", "2x20", "--base", sandbox.url]);
    const shown = new Promise<void>((resolve) => {
      till.child.stdout.on("data", () => till.printed().includes("Waiting") && resolve());
    });
    await Promise.race([shown, till.ended]);
    const { told } = await runAdmin(sandbox, "app-token", "c-1");
    const app = run("app.ts", ["--token", String(told.token), "--till", "1", "--base", sandbox.url]);
    const paid = [await app.ended, app.printed()];
    expect(paid).toEqual([0, "Test, SwipTestStore, till 1: 100, loyalty 10, to pay 90\nPaid 90: HELD.\n"]);
    expect([await till.ended, till.printed().split("\n").at(-2)]).toEqual([
      0,
      "Sold for 90, loyalty 10: WALLET, CAPTURED.",
    ]);
    const { code, told: books } = await runAdmin(sandbox, "reconcile", "desk");
    expect([code, books]).toMatchObject([0, { tenant: "desk", even: true }]);
  }, 60_000);

  test("lets a customer confirm on a phone, whose keys are in a file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "phone-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const channel = Buffer.from("bank-web:sandbox-core-secret-0000000000000000000000000000001").toString("base64");
    const core = async (method: string, said: object) => {
      const headers = { Authorization: `Basic ${channel}`, "Content-Type": "application/json" };
      const answered = await fetch(`${sandbox.url}/core/${method}`, {
        method: "POST",
        headers,
        body: JSON.stringify(said),
      });
      return JSON.parse(await answered.text());
    };
    const phone = async (...args: readonly string[]) => {
      const running = run("device.ts", [...args, "--keys", join(folder, "phone.json"), "--json"]);
      expect(await running.ended).toBe(0);
      return JSON.parse(running.printed());
    };
    const { Otp } = await core("GetActivationOtp", { CustomerId: "e2e" });
    await phone("activate", "--base", sandbox.url, "--customer", "e2e", "--otp", Otp);
    const { TranscationToken: TransactionToken } = await core("StartTransaction", {
      ...{ TransactionOwner: { CustomerId: "e2e" }, TransactionContent: "Pay 5.00\u00a0€", TransactionName: "PAYMENT" },
      ...{ TransactionType: 2, TimeoutDuration: 60 },
    });
    expect((await phone("pending")).Transactions).toMatchObject([{ TransactionToken, TransactionName: "PAYMENT" }]);
    expect(await phone("approve")).toMatchObject({ Status: 1, Success: true });
    expect(await core("CheckTransactionApproval", { TransactionToken })).toEqual({
      Status: 1,
      Results: [],
      Success: true,
    });
    const { code, told } = await runAdmin(sandbox, "approval", "show", TransactionToken);
    expect([code, told]).toMatchObject([0, { state: "approved", evidence: { decision: "approve", verifies: true } }]);
  }, 60_000);
});
