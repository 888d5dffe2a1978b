/** Card merchants: how they are made, shown and changed, and how their secret is rotated. */
import { describe, expect, test } from "vitest";
import { isGatewayAt, merchantFor } from "#sale/caller";
import { findMerchant } from "#sale/merchant.item";
import { createMerchant } from "../../../local/admin/merchant.ts";
import { failing, inSandbox, lastEvent, openAdmin, openMerchantAdmin } from "./given.ts";

const KEY = "00112233-4455-6677-8899-AABBCCDDEEFF";

const settings = {
  endpoints: "none",
  "control keys": "none",
  "gateway sources": "any",
  "callback types": "sale",
  "token life": "30 min",
  "session life": "15 min",
  "outcome wait": "15 days",
  retention: "90 days",
};

const fromAnywhere =
  "Its gateway may call from anywhere. The gateway's calls prove nothing of who makes them: from any address an app can check its own sale, or plant a card.";
const noEndpoint = "It has no endpoint: no currency is accepted.";
const noKey = "It has no control key in use: no sale can begin.";

describe("a merchant", () => {
  test("is told its client once, when it is made, and what it still needs", async () => {
    const admin = openAdmin();
    await admin.done("tenant create shop --name Shop --time-zone UTC");
    const out = await admin.done("merchant create shop");
    const [clientId = "", clientSecret = ""] = [...out.matchAll(/^ {2}client\w+ +(\S+)$/gm)].map(
      ([, value = ""]) => value,
    );
    expect(out).toBe(
      [
        "Made shop a merchant of card sales. Its client:",
        "",
        `  clientId      ${clientId}`,
        `  clientSecret  ${clientSecret}`,
        "",
        "The secret is shown this once and stored nowhere: put it where it belongs now.",
        "",
        "What it still needs, all of it the gateway's:",
        "  merchant endpoint set shop …  where sales of a currency go",
        "  merchant key add shop …       what both sides sign with",
        "  merchant source set shop …    where it calls from: until then, anywhere",
        "",
      ].join("\n"),
    );
    expect(await merchantFor({ id: clientId, secret: clientSecret }, admin.ports)).toMatchObject({ tenant: "shop" });
    expect(await lastEvent(admin, "shop")).toEqual({
      type: "merchant.created",
      actor: "dana",
      subject: clientId,
      detail: settings,
    });
  });

  test("has the settings that it is made with", async () => {
    const { done, ports } = openAdmin();
    await done("tenant create shop --name Shop --time-zone UTC");
    await done(
      "merchant create shop --token-life 5 --session-life 1 --outcome-wait 20 --retention-days 15 --callback-types sale,sale,preauth",
    );
    expect(await findMerchant(ports, "shop")).toMatchObject({
      tokenLifeMs: 300_000,
      sessionLifeMs: 60_000,
      outcomeWaitMs: 1_728_000_000,
      retentionDays: 15,
      callbackTypes: ["sale", "preauth"],
    });
  });

  test("is shown with what it lacks and with everything but its secrets", async () => {
    const { done, clientId } = await openMerchantAdmin();
    const { "control keys": _, ...shown } = settings;
    expect(await done("merchant show shop")).toBe(
      [
        "Merchant shop",
        "",
        `clientId         ${clientId}`,
        "live secrets     1",
        "control keys     none",
        ...Object.entries(shown).map(([name, text]) => `${name.padEnd(15)}  ${text}`),
        "",
        "Warning: Its gateway may call from anywhere. The gateway's calls prove nothing",
        "  of who makes them: from any address an app can check its own sale, or plant a",
        "  card.",
        "",
        `Warning: ${noEndpoint}`,
        "",
        `Warning: ${noKey}`,
        "",
      ].join("\n"),
    );
    expect(JSON.parse(await done("merchant show shop --json"))).toEqual({
      tenant: "shop",
      clientId,
      endpoints: {},
      controlKeys: [],
      gatewaySources: [],
      callbackTypes: ["sale"],
      tokenLifeMinutes: 30,
      sessionLifeMinutes: 15,
      outcomeWaitDays: 15,
      retentionDays: 90,
      warnings: [fromAnywhere, noEndpoint, noKey],
      liveSecrets: 1,
    });
  });

  test("is listed by its tenant, with where its gateway calls from", async () => {
    const { done, clientId } = await openMerchantAdmin();
    await done("tenant create other --name Other --time-zone UTC");
    await done("merchant endpoint set shop EUR 1234");
    expect(await done("merchant list")).toBe(
      ["TENANT  CURRENCIES  GATEWAY FROM  CLIENT ID", `shop    EUR         ANYWHERE      ${clientId}`, ""].join("\n"),
    );
    await done("merchant source set shop 192.0.2.0/24");
    expect(await done("merchant list")).toContain("  192.0.2.0/24  ");
    await done("merchant source set shop 192.0.2.0/24,198.51.100.7");
    expect(await done("merchant list")).toContain("  192.0.2.0/24 and 1 more  ");
    const [listed] = JSON.parse(await done("merchant list --json")).merchants;
    expect(listed).toMatchObject({ tenant: "shop", clientId, endpoints: { EUR: "1234" } });
    expect(await openAdmin().done("merchant list")).toBe("There is no merchant yet.\n");
  });

  test("is changed in what is said, once, and audited", async () => {
    const admin = await openMerchantAdmin();
    const { done, clientId } = admin;
    await done("merchant set shop --session-life 10 --callback-types sale");
    expect(await lastEvent(admin, "shop")).toEqual({
      type: "merchant.changed",
      actor: "dana",
      subject: clientId,
      detail: { "session life": "15 min -> 10 min" },
    });
    const before = admin.twin.items();
    expect(JSON.parse(await done("merchant set shop --session-life 10 --json"))).toMatchObject({
      sessionLifeMinutes: 10,
      changed: false,
    });
    expect(admin.twin.items()).toEqual(before);
  });

  test("accepts the currencies that it has an endpoint for", async () => {
    const admin = await openMerchantAdmin();
    const { done } = admin;
    await done("merchant endpoint set shop EUR 1234");
    expect((await done("merchant endpoint set shop JPY 1235")).split("\n")[0]).toBe(
      "The merchant shop accepts EUR, JPY.",
    );
    await done("merchant endpoint set shop EUR 99");
    expect(await lastEvent(admin, "shop")).toMatchObject({
      type: "merchant.endpoint-set",
      detail: { endpoints: "EUR 1234, JPY 1235 -> EUR 99, JPY 1235" },
    });
    await done("merchant endpoint remove shop EUR");
    expect((await done("merchant endpoint remove shop JPY")).split("\n")[0]).toBe(
      "The merchant shop accepts no currency.",
    );
    expect(JSON.parse(await done("merchant endpoint remove shop JPY --json"))).toMatchObject({
      endpoints: {},
      changed: false,
    });
  });

  test("hears its gateway from the networks that are set, and warns no more", async () => {
    const admin = await openMerchantAdmin();
    const { done, ports, clock } = admin;
    const hears = async (...addresses: readonly string[]) => {
      clock.advance(2_000); // so that nothing is remembered
      const merchant = await findMerchant(ports, "shop");
      return addresses.map((address) => merchant !== undefined && isGatewayAt(merchant, address));
    };
    const set = JSON.parse(await done("merchant source set shop 192.0.2.0/24,192.0.2.0/24,2001:db8::1 --json"));
    expect([set.gatewaySources, set.warnings]).toEqual([
      ["192.0.2.0/24", "2001:db8::1"],
      [noEndpoint, noKey],
    ]);
    expect(await hears("192.0.2.255", "192.0.3.0", "2001:db8::1", "2001:db8::2")).toEqual([true, false, true, false]);
    expect(await done("merchant source set shop any")).toContain("hears the gateway from any address.\n\nWarning: ");
    expect(await hears("192.0.3.0")).toEqual([true]);
    expect(await lastEvent(admin, "shop")).toMatchObject({
      type: "merchant.sources-set",
      detail: { "gateway sources": "192.0.2.0/24, 2001:db8::1 -> any" },
    });
  });

  test("leaves its secrets nowhere in the table", async () => {
    const { twin, done, clientSecret, clientId } = await openMerchantAdmin();
    await done(`merchant key add shop k1 --control-key ${KEY}`);
    const rotated = JSON.parse(await done("merchant rotate shop --json")).clientSecret;
    const stored = JSON.stringify(twin.items(), (_, value) => (typeof value === "bigint" ? String(value) : value));
    const secrets = [clientSecret, rotated, KEY, KEY.replaceAll("-", "")];
    expect(secrets.filter((secret) => stored.toUpperCase().includes(secret.toUpperCase()))).toEqual([]);
    expect(stored).toContain(clientId);
  });
});

describe("nothing is done", () => {
  test.each([
    [
      "merchant create shop",
      "MERCHANT_EXISTS",
      'The tenant is a merchant of card sales already. "merchant show" tells its settings; "merchant rotate" gives its client a new secret.',
    ],
    ["merchant create x", "TENANT_UNKNOWN", undefined],
    ["merchant show x", "TENANT_UNKNOWN", undefined],
    [
      "merchant show other",
      "MERCHANT_UNKNOWN",
      'The tenant is no merchant of card sales. "merchant list" shows those that there are.',
    ],
    ["merchant set other --token-life 5", "MERCHANT_UNKNOWN", undefined],
    ["merchant rotate other", "MERCHANT_UNKNOWN", undefined],
    ["merchant retire other", "MERCHANT_UNKNOWN", undefined],
    ["merchant endpoint set other EUR 1", "MERCHANT_UNKNOWN", undefined],
    ["merchant endpoint remove other EUR", "MERCHANT_UNKNOWN", undefined],
    ["merchant source set other any", "MERCHANT_UNKNOWN", undefined],
    [`merchant key add other k1 --control-key ${KEY}`, "MERCHANT_UNKNOWN", undefined],
    ["merchant key retire other k1", "MERCHANT_UNKNOWN", undefined],
    ["merchant key list other", "MERCHANT_UNKNOWN", undefined],
    ["sale show nothing", "SALE_UNKNOWN", "There is no such sale, or none any more."],
  ])("%s: %s", async (line, code, message) => {
    const admin = await openMerchantAdmin();
    await admin.done("tenant create other --name Other --time-zone UTC");
    const before = admin.twin.items();
    expect(await failing(admin, line)).toMatchObject([1, { code, ...(message !== undefined && { message }) }]);
    expect(admin.twin.items()).toEqual(before);
  });

  test("with public values outside the sandbox", async () => {
    const admin = openAdmin();
    await admin.done("tenant create shop --name Shop --time-zone UTC");
    const before = admin.twin.items();
    const sandbox = {
      clientId: "sbc-merchant",
      clientSecret: "sandbox-sbc-secret-0000000000000000000000000001",
      endpoints: { EUR: "1234" },
      controlKey: { id: "k1", text: KEY },
    };
    const wish = { tenant: "shop", actor: "dana", sandbox };
    await expect(createMerchant(admin.ports, wish)).rejects.toMatchObject({ refusal: { code: "SANDBOX_VALUE" } });
    expect(admin.twin.items()).toEqual(before);
    expect((await createMerchant(inSandbox(admin.ports), wish)).clientId).toBe("sbc-merchant");
  });
});
