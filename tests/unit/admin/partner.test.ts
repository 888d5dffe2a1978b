/** Partners: how they are made, shown, changed and suspended. */
import { describe, expect, test } from "vitest";
import { isWebSdkOrigin } from "#partner/origin";
import { findPartner, openField } from "#partner/partner.item";
import { findTenantOfClient } from "#party/client";
import { textsOf } from "../../../local/admin/configuration.ts";
import { createPartner } from "../../../local/admin/partner.ts";
import { CONFIGURATION, CREATE, failing, inSandbox, lastEvent, openBankAdmin, openPartnerAdmin } from "./given.ts";

const settings = {
  state: "active",
  calls: "exists, user, partnerCheckin",
  "check-in": "local",
  "web SDK": "https://sdk.example.com/app",
  currency: "CHF",
  country: "CH",
  locale: "de-CH",
  theme: "white",
  "quick amounts": "20, 50, 100",
  amounts: "20 to 500 by 10",
  "transaction limit": "none",
  "day limit": "1000",
  "week limit": "none",
  "month limit": "none",
  "year limit": "none",
};

describe("a partner", () => {
  test("is told its credentials once, when it is made; they prove its tenant and sign", async () => {
    const admin = await openBankAdmin();
    const out = await admin.done(CREATE);
    const [clientId = "", clientSecret = "", hmacKey = ""] = [...out.matchAll(/^ {2}\w+ +(\S+)$/gm)].map(
      ([, value = ""]) => value,
    );
    expect(out).toBe(
      [
        "Made bank a partner. Its credentials:",
        "",
        `  clientId      ${clientId}`,
        `  clientSecret  ${clientSecret}`,
        `  hmacKey       ${hmacKey}`,
        "",
        "The secrets are shown this once: put them where they belong now.",
        "",
      ].join("\n"),
    );
    expect(clientId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    expect([clientSecret, hmacKey]).toEqual([
      expect.stringMatching(/^[0-9a-f]{64}$/),
      expect.stringMatching(/^[0-9a-f]{64}$/),
    ]);
    const { ports } = admin;
    expect(await findTenantOfClient(ports, "partner", { id: clientId, secret: clientSecret })).toBe("bank");
    const partner = await findPartner(ports, "bank");
    const { seal } = await ports.secrets();
    expect(openField(seal, "bank", "hmacKey", partner?.hmacKey ?? "")).toBe(hmacKey);
    expect(await isWebSdkOrigin("https://sdk.example.com", ports)).toBe(true);
    expect(await lastEvent(admin)).toEqual({
      type: "partner.created",
      actor: "dana",
      subject: clientId,
      detail: settings,
    });
  });

  test("leaves its secrets nowhere in the table", async () => {
    const { twin, done, credentials } = await openPartnerAdmin();
    const upstream = "the-secret-of-somebody-else";
    await done(
      `partner set bank --base-url https://api.example.com --upstream-client-id us --upstream-client-secret ${upstream}`,
    );
    const rotated = JSON.parse(await done("partner rotate bank --json")).clientSecret;
    const stored = JSON.stringify(twin.items(), (_, value) => (typeof value === "bigint" ? String(value) : value));
    const secrets = [credentials.clientSecret, credentials.hmacKey, upstream, rotated];
    expect(secrets.filter((secret) => stored.includes(secret))).toEqual([]);
    expect(stored).toContain(credentials.clientId);
  });

  test("is shown with everything but its secrets", async () => {
    const { done, credentials } = await openPartnerAdmin();
    const out = await done("partner show bank");
    expect(out).toBe(
      [
        "Partner bank",
        "",
        `clientId           ${credentials.clientId}`,
        "live secrets       1",
        ...Object.entries(settings).map(([name, text]) => `${name.padEnd(17)}  ${text}`),
        "",
      ].join("\n"),
    );
    expect(JSON.parse(await done("partner show bank --json"))).toEqual({
      tenant: "bank",
      clientId: credentials.clientId,
      state: "active",
      calls: ["exists", "user", "partnerCheckin"],
      checkin: { mode: "local", webSdk: "https://sdk.example.com/app" },
      configuration: {
        currency: "CHF",
        country: "CH",
        locale: "de-CH",
        theme: "white",
        quickAmounts: ["20", "50", "100"],
        minAmount: "20",
        maxAmount: "500",
        stepAmount: "10",
        limits: { transaction: null, day: "1000", week: null, month: null, year: null },
      },
      liveSecrets: 1,
    });
  });

  test("is listed by its tenant", async () => {
    const { done, credentials } = await openPartnerAdmin();
    await done("tenant create other --name Other --time-zone UTC");
    expect(await done("partner list")).toBe(
      ["TENANT  STATE   CHECK-IN  CLIENT ID", `bank    active  local     ${credentials.clientId}`, ""].join("\n"),
    );
    const [listed] = JSON.parse(await done("partner list --json")).partners;
    expect(listed).toMatchObject({ tenant: "bank", clientId: credentials.clientId });
    expect(await (await openBankAdmin()).done("partner list")).toBe("There is no partner yet.\n");
  });

  test("may be asked upstream only, from an address that is set later", async () => {
    const admin = await openPartnerAdmin(
      `partner create bank ${CONFIGURATION} --mode upstream --calls partnerCheckin,exists`,
    );
    const shown = async () => {
      const { calls, checkin } = JSON.parse(await admin.done("partner show bank --json"));
      return { calls, checkin };
    };
    const calls = ["exists", "partnerCheckin"];
    const nothing = { mode: "upstream", baseUrl: null, clientId: null, hasClientSecret: false };
    expect(await shown()).toEqual({ calls, checkin: nothing });
    await admin.done("partner set bank --base-url https://api.example.com/v7/");
    expect(await shown()).toEqual({ calls, checkin: { ...nothing, baseUrl: "https://api.example.com/v7" } });
    await admin.done("partner set bank --upstream-client-id us --upstream-client-secret first");
    expect(await lastEvent(admin)).toMatchObject({
      detail: { "upstream client": "none -> us", "upstream secret": "none -> set" },
    });
    const whole = { mode: "upstream", baseUrl: "https://api.example.com/v7", clientId: "us", hasClientSecret: true };
    expect(await shown()).toEqual({ calls, checkin: whole });
    await admin.done("partner set bank --upstream-client-secret second");
    expect(await lastEvent(admin)).toMatchObject({
      type: "partner.changed",
      detail: { "upstream secret": "replaced" },
    });
    admin.clock.advance(2_000); // so that nothing is remembered
    const { checkin } = (await findPartner(admin.ports, "bank")) ?? {};
    const { seal } = await admin.ports.secrets();
    const sealed = checkin?.mode === "upstream" ? checkin.clientSecret : undefined;
    expect(openField(seal, "bank", "clientSecret", sealed ?? "")).toBe("second");
  });
});

describe("a suspension", () => {
  test("begins and ends, each once", async () => {
    const admin = await openPartnerAdmin();
    const { done } = admin;
    expect(await done("partner suspend bank")).toBe("The partner bank is suspended.\n");
    expect(await lastEvent(admin)).toMatchObject({
      type: "partner.suspended",
      detail: { state: "active -> suspended" },
    });
    expect(await done("partner suspend bank")).toBe(
      "The partner bank is suspended.\nIt was so already: nothing was changed.\n",
    );
    expect(JSON.parse(await done("partner resume bank --json"))).toMatchObject({ state: "active", changed: true });
    expect(await lastEvent(admin)).toMatchObject({ type: "partner.resumed", detail: { state: "suspended -> active" } });
  });
});

describe("nothing is done", () => {
  test.each([
    [
      CREATE,
      "PARTNER_EXISTS",
      'The tenant is a partner already. "partner show" tells its settings; "partner rotate" gives it a new secret.',
    ],
    [CREATE.replace("bank", "x"), "TENANT_UNKNOWN", undefined],
    ["partner show x", "TENANT_UNKNOWN", undefined],
    ["partner show other", "PARTNER_UNKNOWN", 'The tenant is no partner. "partner list" shows those that there are.'],
    ["partner set other --theme dark", "PARTNER_UNKNOWN", undefined],
    ["partner suspend other", "PARTNER_UNKNOWN", undefined],
    ["partner resume other", "PARTNER_UNKNOWN", undefined],
    ["partner rotate other", "PARTNER_UNKNOWN", undefined],
    ["partner rotate other --secret hmacKey", "PARTNER_UNKNOWN", undefined],
    ["partner retire other", "PARTNER_UNKNOWN", undefined],
  ])("%s: %s", async (line, code, message) => {
    const admin = await openPartnerAdmin();
    await admin.done("tenant create other --name Other --time-zone UTC");
    const before = admin.twin.items();
    expect(await failing(admin, line)).toMatchObject([1, { code, ...(message !== undefined && { message }) }]);
    expect(admin.twin.items()).toEqual(before);
  });

  test("with given credentials outside the sandbox", async () => {
    const { ports, twin } = await openBankAdmin();
    const admin = await openPartnerAdmin();
    const partner = await findPartner(admin.ports, "bank");
    if (partner === undefined) throw new Error("there is no partner");
    const before = twin.items();
    const wish = {
      tenant: "bank",
      actor: "dana",
      configuration: textsOf(partner.configuration),
      checkin: { mode: "upstream" },
      credentials: { clientId: "11111111-2222-4333-8444-555555555555" },
    } as const;
    await expect(createPartner(ports, wish)).rejects.toMatchObject({ refusal: { code: "SANDBOX_VALUE" } });
    expect(twin.items()).toEqual(before);
    expect((await createPartner(inSandbox(ports), wish)).clientId).toBe(wish.credentials.clientId);
  });
});
