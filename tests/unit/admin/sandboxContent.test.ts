/** What the sandbox is filled with (sandbox.md). */
import { describe, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "#kernel/time";
import { isWebSdkOrigin } from "#partner/origin";
import { openField } from "#partner/partner.item";
import { findTenantOfClient } from "#party/client";
import { findTenantOfToken } from "#party/integrator";
import { findCampaigns } from "#pos/campaign.item";
import { findTenantOfTill } from "#pos/merchant.item";
import { openKey } from "#sale/merchant.item";
import { showBooks, troublesOf } from "../../../local/admin/books.ts";
import { listMerchants } from "../../../local/admin/merchant.ts";
import { settingsOf } from "../../../local/admin/partner.settings.ts";
import { listPartners } from "../../../local/admin/partner.ts";
import { listShops, showShop } from "../../../local/admin/pos.ts";
import { listTenants } from "../../../local/admin/tenant.ts";
import { sandboxPartners } from "../../../local/sandbox/values/partners.ts";
import { integrators } from "../../../local/sandbox/values/tenants.ts";
import { seedSandbox } from "../../../local/sandbox.ts";
import { ORIGIN, openTestPorts } from "../../support/ports.ts";
import { inSandbox } from "./given.ts";
import { customers, everyAccount, everyCustomer, everyUser, promised, users } from "./sandboxContent.ts";

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
      ["SWT2", "Test Two", "UTC", 400],
      ["SWT3", "Test Three", "UTC", 400],
      ["SWTS", "Test", "UTC", 400],
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

  test("has the merchants with tills of its specification, their tokens, tills, campaigns and points", async () => {
    const ports = inSandbox(openTestPorts().ports);
    await seedSandbox(ports);
    const always = { validFromMs: 0, validToMs: 4_102_444_800_000, stackable: true };
    const seen = await Promise.all(
      (await listShops(ports)).map(async ({ tenant }) => {
        const { merchant, places } = await showShop(ports, { tenant });
        const { name, currency, autoRegister, payment, captureDelaySeconds, points } = merchant;
        return [
          tenant,
          [name, currency, autoRegister, payment, captureDelaySeconds],
          points,
          await findCampaigns(ports, tenant, merchant.campaigns),
          places.map(({ storeId, cashId, mode }) => [storeId, cashId, mode].filter(Boolean).join(" ")),
        ];
      }),
    );
    expect(seen).toEqual([
      ["SWT2", ["Test Two", "EUR", false, "debit", 0], undefined, [], ["Two", "Two 1 retail"]],
      [
        "SWT3",
        ["Test Three", "EUR", false, "hold", 3600],
        undefined,
        [{ id: "all10", kind: "PERCENT", percentHundredths: 1000n, ...always }],
        ["Three", "Three 1 retail"],
      ],
      [
        "SWTS",
        ["Test", "EUR", true, "hold", 0],
        { earnPercentHundredths: 500n, redeemMaxShareTenThousandths: 3000n, pointValueMinor: 100n },
        [{ id: "ten", kind: "PERCENT", percentHundredths: 1000n, productIds: ["promo"], ...always }],
        ["SwipTestStore", "SwipTestStore 1 retail", "SwipTestStore 2 restaurant"],
      ],
    ]);
    for (const [nth, tenant] of ["SWTS", "SWT2", "SWT3"].entries()) {
      const token = `sandbox-swip-token-0000000000000000000000000000000${nth + 1}`;
      expect(await findTenantOfTill(ports, token)).toBe(tenant);
    }
  });

  test("has the customers of its specification, and the desk's own books are even", async () => {
    const ports = inSandbox(openTestPorts().ports);
    await seedSandbox(ports);
    expect(await everyCustomer(ports)).toEqual(customers);
    expect(troublesOf(await showBooks(ports, { tenant: "desk", reconciled: true }))).toEqual([]);
  });
});
