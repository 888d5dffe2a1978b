/** What docs/operations.md says a call costs the table, measured on the embedded engine, which charges as DynamoDB does. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { currencyOf } from "#kernel/currency";
import { HOUR_MS } from "#kernel/time";
import { expireDue } from "#sweep/expireDue";
import { createAccount } from "../../local/admin/account.ts";
import { fundAccount } from "../../local/admin/funding.ts";
import { createIntegrator } from "../../local/admin/integrator.ts";
import { createTenant } from "../../local/admin/tenant.ts";
import { type Answered, openDesk } from "../support/desk.ts";
import { openEngineStore } from "../support/engine.ts";
import { openTestPorts } from "../support/ports.ts";
import { root } from "./sources.ts";

/** Lists are apart: the sweep's, which are empty as a rule, and the engine charges nothing for an empty one. */
const READS: readonly string[] = ["GetItem", "TransactGetItems"];
const WRITES: readonly string[] = ["PutItem", "UpdateItem", "TransactWriteItems"];

/** The page's prices of a million: of request units, and of a call beside its table (gateway, Lambda, log). */
const RRU_DOLLARS = 0.125;
const WRU_DOLLARS = 0.625;
const CALL_DOLLARS = 1 + 0.2 + 0.02 * 0.5 * 13.3334 + 0.5;

/** To two decimals, halves up. */
const cents = (dollars: number): string => (Math.round(dollars * 100 + 1e-6) / 100).toFixed(2);

const who = { tenant: "bank", actor: "dana", userId: 1001n };

/** A desk on the engine, with a bank and a customer who has money; settings are warm after the first call. */
const openMeteredDesk = async () => {
  const { store, engine } = await openEngineStore();
  const { ports, clock } = openTestPorts(() => store);
  const currency = currencyOf("CHF");
  if (currency === undefined) throw new Error("CHF is no currency");
  await createTenant(ports, { ...who, name: "Bank", timeZone: "Europe/Zurich", retentionDays: 400 });
  const { token } = await createIntegrator(ports, { ...who, integrator: "core" });
  await createAccount(ports, { ...who, currency, limits: { day: "1000", month: "5000" } });
  await fundAccount(ports, { ...who, amount: "1000.00", reference: "opening" });
  const desk = await openDesk(ports);
  const post = (verb: string, body: string) =>
    desk.call(`POST /api/sonect/${verb}withdrawal`, { headers: { "x-auth-token": token }, body });
  const start = (reference: string, value = "10.00") => {
    const expiry = new Date(clock.nowMs + HOUR_MS).toISOString();
    return post(
      "start",
      `{"userId":1001,"amount":{"value":${value}},"dateOfTransaction":"2026-11-25T08:00:00Z","expiryTimeOfTheOrder":"${expiry}","sonectTransactionReferenceId":"${reference}"}`,
    );
  };
  const end = (verb: string, { body }: Answered) =>
    post(
      verb,
      `{"TransactionId":${/"TransactionId":(\d+)/.exec(body)?.[1]},"UserId":1001,"DateOperation":"2026-11-25T08:00:00Z"}`,
    );
  const sweep = () => expireDue(ports, { remainingMs: () => HOUR_MS });
  /** Read and write units of what is done. */
  const units = async (act: () => Promise<unknown>): Promise<readonly [reads: number, writes: number]> => {
    engine.calls.length = 0;
    await act();
    const sum = (of: readonly string[]) =>
      engine.calls.filter(({ operation }) => of.includes(operation)).reduce((all, { units: each }) => all + each, 0);
    return [sum(READS), sum(WRITES)];
  };
  return { clock, start, end, sweep, units, health: () => desk.call("GET /health") };
};

test("what a call costs the table is what the page says", async () => {
  const { clock, start, end, sweep, units, health } = await openMeteredDesk();
  const settled = await start("settled");
  const cancelled = await start("cancelled");
  const measured = {
    start: await units(() => start("measured")),
    "start, repeated or refused": await units(() => start("settled")),
    settle: await units(() => end("settle", settled)),
    "settle or cancel, repeated or refused": await units(() => end("settle", settled)),
    "cancel an open one": await units(() => end("cancel", cancelled)),
    "cancel a settled one": await units(() => end("cancel", settled)),
    "`GET /health`": await units(health),
  };
  expect(await units(() => start("short", "990.01"))).toEqual(measured["start, repeated or refused"]);
  await start("second");
  clock.advance(2 * HOUR_MS);
  const [reads, writes] = await units(sweep);
  // Two are overdue, and the tenant's settings were read once for both.
  const told = { ...measured, "an order that expires": [(reads - 1) / 2, writes / 2] };

  const page = readFileSync(join(root, "docs/operations.md"), "utf8");
  const rows = [
    ...page.matchAll(/^\| ([^|]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.–]+) \| \*\*([\d.]+)\*\* \|$/gm),
  ];
  expect(Object.fromEntries(rows.map(([, what, rru, wru]) => [what, [Number(rru), Number(wru)]]))).toEqual(told);
  for (const [, what, rru, wru, table, call, sum] of rows) {
    const dollars = Number(rru) * RRU_DOLLARS + Number(wru) * WRU_DOLLARS;
    const expected = [cents(dollars), call === "–" ? call : cents(CALL_DOLLARS)];
    expect([what, table, call]).toEqual([what, ...expected]);
    expect([what, sum]).toEqual([what, cents(dollars + (call === "–" ? 0 : CALL_DOLLARS))]);
  }
});
