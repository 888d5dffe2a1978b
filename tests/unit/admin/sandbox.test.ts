/** What the sandbox is filled with (sandbox.md), and that filling it twice, or halfway, does no harm. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findTenantOfToken } from "#party/integrator";
import type { Ports } from "#ports";
import { listAccounts } from "../../../local/admin/account.ts";
import { majorIn } from "../../../local/admin/amount.ts";
import { showBooks, troublesOf } from "../../../local/admin/books.ts";
import { blockAccount, unblockAccount } from "../../../local/admin/change.ts";
import { listTenants } from "../../../local/admin/tenant.ts";
import { findSandbox } from "../../../local/sandbox/environment.ts";
import { integrators } from "../../../local/sandbox/values/tenants.ts";
import { seedSandbox } from "../../../local/sandbox.ts";
import { openTestPorts } from "../../support/ports.ts";
import { inSandbox } from "./given.ts";

const usual = { transaction: 50_000n, day: 100_000n, week: 200_000n, month: 500_000n };

/** The rows of sandbox.md. */
const promised = [
  ["bank-a", "1001", "1000.00 CHF", "active", "book", usual],
  ["bank-a", "1002", "10.00 CHF", "active", "book", usual],
  ["bank-a", "1003", "1000.00 CHF", "blocked", "book", {}],
  ["bank-a", "1004", "0.00 CHF", "active", "skip", {}],
  ["bank-a", "1005", "100000.00 CHF", "active", "book", {}],
  ["bank-b", "1001", "1000.00 EUR", "active", "book", {}],
  ["bank-b", "2001", "100000 JPY", "active", "book", {}],
  ["bank-b", "2002", "1000.000 KWD", "active", "book", {}],
];

const everyAccount = async (ports: Ports) => {
  const pages = await Promise.all(["bank-a", "bank-b"].map((tenant) => listAccounts(ports, { tenant, limit: 100 })));
  return pages
    .flatMap(({ accounts }) => accounts)
    .map(({ tenant, id, currency, available, state, mode, limits }) => [
      tenant,
      id,
      `${majorIn(currency, available)} ${currency}`,
      state,
      mode,
      limits,
    ]);
};

describe("the sandbox", () => {
  test("has the tenants, tokens and accounts of its specification, and even books", async () => {
    const ports = inSandbox(openTestPorts().ports);
    await seedSandbox(ports);
    const tenants = (await listTenants(ports)).map(({ id, name, timeZone, retentionDays }) => [
      id,
      name,
      timeZone,
      retentionDays,
    ]);
    expect(tenants).toEqual([
      ["bank-a", "Bank A", "Europe/Zurich", 400],
      ["bank-b", "Bank B", "UTC", 400],
    ]);
    expect(await everyAccount(ports)).toEqual(promised);
    expect(integrators.map(({ who, how, what }) => [who, how.headers?.["X-Auth-Token"], what])).toEqual([
      ["bank-a", "sandbox-integrator-token-000000000000000000000001", "CHF"],
      ["bank-b", "sandbox-integrator-token-000000000000000000000002", "EUR, JPY, KWD"],
    ]);
    for (const { who: tenant, how } of integrators) {
      expect(await findTenantOfToken(ports, how.headers?.["X-Auth-Token"] ?? "")).toBe(tenant);
      expect(troublesOf(await showBooks(ports, { tenant, reconciled: true }))).toEqual([]);
    }
  });

  test("is not written to by a second filling, whatever was changed in between", async () => {
    const { ports: bare, twin } = openTestPorts();
    const ports = inSandbox(bare);
    await seedSandbox(ports);
    const wish = { tenant: "bank-a", actor: "dana" };
    await unblockAccount(ports, { ...wish, userId: 1003n });
    await blockAccount(ports, { ...wish, userId: 1001n });
    const before = twin.items();
    await seedSandbox(ports);
    expect(twin.items()).toEqual(before);
  });

  test("becomes whole by a second filling wherever the first was cut off", async () => {
    const COMMITS = 23;
    for (let least = 0; least <= COMMITS; least++) {
      let left = least;
      const { ports: bare } = openTestPorts((twin) => ({
        ...twin,
        commit: (writes, token) => (left-- > 0 ? twin.commit(writes, token) : Promise.reject(new Error("cut off"))),
      }));
      const ports = inSandbox(bare);
      const cut = await seedSandbox(ports).then(
        () => "whole",
        (error: Error) => error.message,
      );
      expect([least, cut]).toEqual([least, least < COMMITS ? "cut off" : "whole"]);
      left = Number.POSITIVE_INFINITY;
      await seedSandbox(ports);
      expect(await everyAccount(ports)).toEqual(promised);
      for (const tenant of ["bank-a", "bank-b"])
        expect(troublesOf(await showBooks(ports, { tenant, reconciled: true }))).toEqual([]);
    }
  });

  test("is refused by any other stage before anything is written", async () => {
    const { ports, twin } = openTestPorts();
    await expect(seedSandbox(ports)).rejects.toMatchObject({ refusal: { code: "SANDBOX_VALUE" } });
    expect(twin.items()).toEqual([]);
  });
});

describe("a sandbox is found by its endpoint.json", () => {
  const endpoint = { engine: "http://127.0.0.1:4001", api: "http://127.0.0.1:3000", lambda: "http://127.0.0.1:4002" };
  const found = (text: string | undefined) => {
    const folder = mkdtempSync(join(tmpdir(), "tillgate-"));
    mkdirSync(join(folder, "3000"));
    if (text !== undefined) writeFileSync(join(folder, "3000", "endpoint.json"), text);
    return findSandbox(3000, folder);
  };

  test("where its process runs", () => {
    const running = { ...endpoint, pid: process.pid, clockOffsetMs: -5 };
    expect(found(JSON.stringify(running))).toEqual(running);
  });

  test.each([
    ["there is none", undefined],
    ["it is cut off", '{"engine":'],
    ["it lacks an address", JSON.stringify({ api: endpoint.api, pid: process.pid })],
    // Above the largest process number of any system.
    ["its process has ended", JSON.stringify({ ...endpoint, pid: 2 ** 30 })],
  ])("and not where %s", (_, text) => {
    expect(found(text)).toBeUndefined();
  });
});
