/** What the sandbox is filled with (sandbox.md), and that filling it twice, or halfway, does no harm. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "#kernel/time";
import { isWebSdkOrigin } from "#partner/origin";
import { openField } from "#partner/partner.item";
import { claimKeyOf, userKeyOf } from "#partner/user.item";
import { findTenantOfClient } from "#party/client";
import { findTenantOfToken } from "#party/integrator";
import type { Ports } from "#ports";
import { openKey } from "#sale/merchant.item";
import { listAccounts } from "../../../local/admin/account.ts";
import { majorIn } from "../../../local/admin/amount.ts";
import { showBooks, troublesOf } from "../../../local/admin/books.ts";
import { blockAccount, unblockAccount } from "../../../local/admin/change.ts";
import { listMerchants } from "../../../local/admin/merchant.ts";
import { settingsOf } from "../../../local/admin/partner.settings.ts";
import { listPartners, suspendPartner } from "../../../local/admin/partner.ts";
import { listTenants } from "../../../local/admin/tenant.ts";
import { setStatus, showUser, unlinkFromCustomer } from "../../../local/admin/user.ts";
import { findSandbox } from "../../../local/sandbox/environment.ts";
import { sandboxPartners } from "../../../local/sandbox/values/partners.ts";
import { integrators } from "../../../local/sandbox/values/tenants.ts";
import { seedSandbox } from "../../../local/sandbox.ts";
import { ORIGIN, openTestPorts } from "../../support/ports.ts";
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

/** Users, shops and cashiers of partner A. */
const users = [
  ["bank-user-1001", "active", "Ann Meier ann.meier@example.com +41790000001", 1001n],
  ["bank-user-1003", "blocked", "Bea Frei bea.frei@example.com +41790000003", 1003n],
  ["shop-1", "active", "Shop 1", undefined],
  ["cashier-1", "active", "Cashier 1", undefined],
];

const everyUser = (ports: Ports) =>
  Promise.all(
    (
      [
        ["user", "bank-user-1001"],
        ["user", "bank-user-1003"],
        ["atm", "shop-1"],
        ["worker", "cashier-1"],
      ] as const
    ).map(async ([type, reference]) => {
      const { status, name, person, bankUserId } = await showUser(ports, { tenant: "bank-a", reference, type });
      const said = person && `${person.firstName} ${person.lastName} ${person.email} ${person.phone}`;
      return [reference, status, name ?? said, bankUserId];
    }),
  );

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
      ["bank-c", "Bank C", "UTC", 400],
      ["bank-d", "Bank D", "UTC", 400],
      ["sbc-merchant", "SBC merchant", "UTC", 400],
      ["sbc-merchant-2", "Second SBC merchant", "UTC", 400],
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

  test("has the partners of its specification, their secrets and the origin of their web SDK", async () => {
    const ports = inSandbox(openTestPorts().ports);
    await seedSandbox(ports);
    const german = {
      currency: "EUR",
      country: "DE",
      locale: "de-DE",
      theme: "white",
      "quick amounts": "20, 50, 100",
      amounts: "10 to 300 by 10",
      "transaction limit": "none",
      "day limit": "none",
      "week limit": "none",
      "month limit": "none",
      "year limit": "none",
    };
    const swiss = {
      currency: "CHF",
      country: "CH",
      locale: "de-CH",
      theme: "white",
      "quick amounts": "20, 50, 100, 200",
      amounts: "20 to 500 by 10",
      "transaction limit": "500",
      "day limit": "1000",
      "week limit": "2000",
      "month limit": "5000",
      "year limit": "none",
    };
    const local = { "check-in": "local", "web SDK": `${ORIGIN}/sdk` };
    const upstream = {
      "check-in": "upstream",
      "base URL": "none",
      "upstream client": "none",
      "upstream secret": "none",
    };
    const active = { state: "active", calls: "exists, user, partnerCheckin" };
    const partners = await listPartners(ports);
    expect(partners.map((partner) => [partner.clientId, settingsOf(partner)])).toEqual([
      ["11111111-2222-4333-8444-555555555555", { ...active, ...local, ...swiss }],
      ["22222222-3333-4444-8555-666666666666", { ...active, ...local, ...german }],
      ["33333333-4444-4555-8666-777777777777", { ...active, state: "suspended", ...local, ...german }],
      ["44444444-5555-4666-8777-888888888888", { ...active, ...upstream, ...german }],
    ]);
    const { seal } = await ports.secrets();
    const keys = partners.map(({ tenant, hmacKey }) => openField(seal, tenant, "hmacKey", hmacKey));
    expect(keys).toEqual([
      "fedcba9876543210".repeat(4),
      "76543210fedcba98".repeat(4),
      expect.stringMatching(/^[0-9a-f]{64}$/),
      "7766554433221100".repeat(4),
    ]);
    const secrets = ["0123456789abcdef", "89abcdef01234567", "aaaabbbbccccdddd", "0011223344556677"];
    expect(sandboxPartners.map(({ credentials }) => credentials.clientSecret)).toEqual(
      secrets.map((quarter) => quarter.repeat(4)),
    );
    for (const { tenant, credentials } of sandboxPartners) {
      const shown = { id: credentials.clientId, secret: credentials.clientSecret };
      expect(await findTenantOfClient(ports, "partner", shown)).toBe(tenant);
    }
    expect(await isWebSdkOrigin(ORIGIN, ports)).toBe(true);
    expect(await everyUser(ports)).toEqual(users);
  });

  test("has the card merchants of its specification, their clients and keys", async () => {
    const ports = inSandbox(openTestPorts().ports);
    await seedSandbox(ports);
    const { seal } = await ports.secrets();
    const seen = (await listMerchants(ports)).map(({ keys, revision, ...merchant }) => ({
      ...merchant,
      keys: keys.map((key) => [key.id, openKey(seal, merchant.tenant, key)]),
    }));
    const usual = {
      gatewaySources: [],
      callbackTypes: ["sale"],
      tokenLifeMs: 30 * MINUTE_MS,
      sessionLifeMs: 15 * MINUTE_MS,
      outcomeWaitMs: 15 * DAY_MS,
      retentionDays: 90,
    };
    expect(seen).toEqual([
      {
        ...usual,
        tenant: "sbc-merchant",
        clientId: "sbc-merchant",
        endpoints: { EUR: "1234", JPY: "1235", KWD: "1236" },
        keys: [["k1", "00112233-4455-6677-8899-AABBCCDDEEFF"]],
      },
      {
        ...usual,
        tenant: "sbc-merchant-2",
        clientId: "sbc-merchant-2",
        endpoints: { EUR: "2234" },
        keys: [["k1", "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0"]],
      },
    ]);
    for (const [id, digit] of [
      ["sbc-merchant", 1],
      ["sbc-merchant-2", 2],
    ] as const) {
      const shown = { id, secret: `sandbox-sbc-secret-000000000000000000000000000${digit}` };
      expect(await findTenantOfClient(ports, "sale", shown)).toBe(id);
    }
  });

  test("knows the shop by its VAT number", async () => {
    const ports = inSandbox(openTestPorts().ports);
    await seedSandbox(ports);
    const { pepper } = await ports.secrets();
    const claim = { of: "vat", type: "atm", value: "CHE123456789" } as const;
    const [found] = await ports.store.read([claimKeyOf("bank-a", pepper, claim)]);
    expect(found?.user).toBe(userKeyOf("bank-a", pepper, "atm", "shop-1").pk);
  });

  test("is not written to by a second filling, whatever was changed in between", async () => {
    const { ports: bare, twin } = openTestPorts();
    const ports = inSandbox(bare);
    await seedSandbox(ports);
    const wish = { tenant: "bank-a", actor: "dana" };
    await unblockAccount(ports, { ...wish, userId: 1003n });
    await blockAccount(ports, { ...wish, userId: 1001n });
    await suspendPartner(ports, wish);
    await setStatus(ports, { ...wish, reference: "bank-user-1003", type: "user", status: "active" });
    await unlinkFromCustomer(ports, { ...wish, reference: "bank-user-1001" });
    const before = twin.items();
    await seedSandbox(ports);
    expect(twin.items()).toEqual(before);
  });

  test("becomes whole by a second filling wherever the first was cut off", async () => {
    const COMMITS = 37;
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
      expect(await everyUser(ports)).toEqual(users);
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
