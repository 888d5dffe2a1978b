/** What operators do with merchants that have tills, and with customers of the app. */
import { beforeEach, describe, expect, test } from "vitest";
import { verifyToken } from "#kernel/token";
import { APP_TOKEN } from "#pos/caller";
import { findCampaigns } from "#pos/campaign.item";
import { findMerchant, findTenantOfTill } from "#pos/merchant.item";
import { findTill } from "#pos/place.item";
import { showBooks, troublesOf } from "../../../local/admin/books.ts";
import { type Admin, failing, lastEvent, openAdmin } from "./given.ts";

let admin: Admin;
let token: string;

beforeEach(async () => {
  admin = openAdmin();
  await admin.done("tenant create SHOP --name Corner --time-zone UTC");
  token = JSON.parse(await admin.done("pos merchant create SHOP --currency EUR --json")).token;
});

/** What functions know once a change is known everywhere. */
const merchantNow = async () => {
  admin.clock.advance(31_000);
  return findMerchant(admin.ports, "SHOP");
};

describe("a merchant with tills", () => {
  test("is as swip.md 8.2 has it unless told, and its token is told once", async () => {
    expect(await merchantNow()).toMatchObject({
      tenant: "SHOP",
      name: "Corner",
      currency: "EUR",
      prefix: expect.stringMatching(/^[0-9a-f]{8}$/),
      autoRegister: false,
      payment: "hold",
      captureDelaySeconds: 0,
      campaigns: [],
    });
    expect(await findTenantOfTill(admin.ports, token)).toBe("SHOP");
    expect(await admin.done("pos merchant show SHOP --json")).not.toContain(token);
    expect(await lastEvent(admin, "SHOP")).toMatchObject({
      type: "till-merchant.created",
      actor: "dana",
      subject: "SHOP",
      detail: { payment: "hold", points: "none", campaigns: "none" },
    });
  });

  test.each([
    ["pos merchant create SHOP --currency EUR", "TILL_MERCHANT_EXISTS"],
    ["pos merchant create NOWHERE --currency EUR", "TENANT_UNKNOWN"],
    ["pos merchant show NOWHERE", "TENANT_UNKNOWN"],
    ["pos merchant set NOWHERE --payment hold", "TILL_MERCHANT_UNKNOWN"],
    ["pos merchant rotate NOWHERE", "TILL_MERCHANT_UNKNOWN"],
    ["pos store set NOWHERE Main", "TILL_MERCHANT_UNKNOWN"],
    ["pos campaign remove SHOP ten", "TILL_MERCHANT_MALFORMED"],
    ["pos campaign set SHOP x --kind FIXED --value 0.001", "AMOUNT_INVALID"],
    ["pos campaign set SHOP x --kind FIXED --value 1 --valid-to 2020-01-01T00:00:00Z", "TILL_MERCHANT_MALFORMED"],
    ["pos campaign set SHOP x --kind PERCENT --value 100.01", "USAGE"],
    ["pos campaign set SHOP x --kind NTH_FREE --value 1", "USAGE"],
    ["pos order show 7f3f0d0e-6f0b-4a37-9b1e-2f6f2d7f1a10", "ORDER_UNKNOWN"],
    ["customer show c-9", "CUSTOMER_UNKNOWN"],
    ["customer fund c-9 1 EUR", "CUSTOMER_UNKNOWN"],
    ["app-token c-9", "CUSTOMER_UNKNOWN"],
  ])("is refused: %s", async (line, code) => {
    expect(await failing(admin, line)).toEqual([code === "USAGE" ? 2 : 1, expect.objectContaining({ code })]);
  });

  test("is set, what is not said stays, and nothing is written twice", async () => {
    await admin.done("pos merchant set SHOP --capture-delay 3600 --auto-register yes");
    expect(await merchantNow()).toMatchObject({ payment: "hold", captureDelaySeconds: 3600, autoRegister: true });
    expect(await lastEvent(admin, "SHOP")).toMatchObject({
      detail: { "capture delay": "0 s -> 3600 s", "auto-register": "no -> yes" },
    });
    const before = admin.twin.items();
    expect(await admin.done("pos merchant set SHOP --auto-register yes")).toContain("nothing was changed");
    expect(admin.twin.items()).toEqual(before);
  });

  test("changes over to a new token: both live, then the newest alone", async () => {
    const { token: next } = JSON.parse(await admin.done("pos merchant rotate SHOP --json"));
    const live = async () => {
      admin.clock.advance(31_000);
      return Promise.all([token, next].map((one) => findTenantOfTill(admin.ports, one)));
    };
    expect(await live()).toEqual(["SHOP", "SHOP"]);
    expect(JSON.parse(await admin.done("pos merchant show SHOP --json"))).toMatchObject({ liveTokens: 2 });
    await admin.done("pos merchant retire SHOP");
    expect(await live()).toEqual([undefined, "SHOP"]);
    expect(await admin.done("pos merchant retire SHOP")).toContain("nothing was changed");
    await admin.done("pos merchant rotate SHOP");
    await admin.done("pos merchant rotate SHOP");
    expect(await live()).toEqual([undefined, undefined]);
  });

  test("has stores and tills, each of which works in its own way or as its store", async () => {
    await admin.done("pos store set SHOP Main --mode restaurant");
    await admin.done("pos till set SHOP Main 1");
    await admin.done("pos till set SHOP Main 2 --mode retail");
    admin.clock.advance(31_000);
    const modes = await Promise.all(
      ["1", "2", "3"].map((cashId) => findTill(admin.ports, { tenant: "SHOP", storeId: "Main", cashId })),
    );
    expect(modes.map(({ mode, isKnown }) => [mode, isKnown.till])).toEqual([
      ["restaurant", true],
      ["retail", true],
      ["restaurant", false],
    ]);
    const { places } = JSON.parse(await admin.done("pos merchant show SHOP --json"));
    expect(places).toEqual([
      { storeId: "Main", cashId: null, mode: "restaurant" },
      { storeId: "Main", cashId: "1", mode: null },
      { storeId: "Main", cashId: "2", mode: "retail" },
    ]);
  });
});

describe("campaigns", () => {
  const texts = async () => {
    const { campaigns } = (await merchantNow()) ?? { campaigns: [] };
    return findCampaigns(admin.ports, "SHOP", campaigns);
  };

  test.each([
    ["--kind PERCENT --value 12.5", { kind: "PERCENT", percentHundredths: 1250n }],
    ["--kind CASHBACK --value 100", { kind: "CASHBACK", percentHundredths: 10_000n }],
    ["--kind FIXED --value 2.50 --min-total 20", { kind: "FIXED", minor: 250n, minTotal: 2000n }],
    ["--kind NTH_FREE --value 10 --products coffee,tea", { kind: "NTH_FREE", nth: 10n, productIds: ["coffee", "tea"] }],
  ])("%s", async (options, gift) => {
    const nowMs = admin.clock.nowMs;
    await admin.done(`pos campaign set SHOP one ${options}`);
    const always = { validFromMs: nowMs, validToMs: 4_102_444_800_000, stackable: true };
    expect(await texts()).toEqual([{ id: "one", ...gift, ...always }]);
  });

  test("are replaced and removed, and their versions stay for orders that have them", async () => {
    await admin.done("pos campaign set SHOP one --kind PERCENT --value 10 --valid-from 2026-01-01T00:00:00Z");
    const first = (await merchantNow())?.campaigns ?? [];
    const bounds = "--valid-from 2026-12-01T00:00:00Z --valid-to 2027-01-01T00:00:00Z --stackable no";
    await admin.done(`pos campaign set SHOP one --kind PERCENT --value 20 ${bounds}`);
    await admin.done("pos campaign set SHOP two --kind FIXED --value 1");
    expect(await texts()).toMatchObject([
      {
        id: "one",
        percentHundredths: 2000n,
        validFromMs: Date.UTC(2026, 11),
        validToMs: Date.UTC(2027, 0),
        stackable: false,
      },
      { id: "two" },
    ]);
    expect(await findCampaigns(admin.ports, "SHOP", first)).toMatchObject([{ percentHundredths: 1000n }]);
    await admin.done("pos campaign remove SHOP one");
    expect(await texts()).toMatchObject([{ id: "two" }]);
  });

  test("are 50 at the most", async () => {
    for (let n = 1; n <= 50; n++) await admin.done(`pos campaign set SHOP c-${n} --kind PERCENT --value 1`);
    expect(await failing(admin, "pos campaign set SHOP c-51 --kind PERCENT --value 1")).toEqual([
      1,
      { code: "TILL_MERCHANT_MALFORMED", message: "A merchant has 50 campaigns at the most." },
    ]);
    await admin.done("pos campaign set SHOP c-50 --kind PERCENT --value 2");
  });

  test("and points are told in words", async () => {
    await admin.done("pos points set SHOP --earn-percent 5 --redeem-max-share 0.3 --point-value 100");
    expect((await merchantNow())?.points).toEqual({
      earnPercentHundredths: 500n,
      redeemMaxShareTenThousandths: 3000n,
      pointValueMinor: 100n,
    });
    expect(await admin.done("pos merchant show SHOP")).toContain("5 % earned, up to 0.3 redeemed, 1 EUR each");
    await admin.done("pos points remove SHOP");
    expect((await merchantNow())?.points).toBeUndefined();
  });
});

describe("a customer", () => {
  test("has a wallet a currency and points a merchant, each sum put there once, and the books are even", async () => {
    await admin.done("customer create c-1");
    await admin.done("customer create c-10");
    await admin.done("customer fund c-10 1 EUR");
    for (let n = 0; n < 2; n++) {
      await admin.done("customer fund c-1 50.25 EUR --reference first");
      await admin.done("customer points c-1 SHOP 20 --reference welcome");
    }
    await admin.done("customer fund c-1 1500 JPY");
    expect(JSON.parse(await admin.done("customer show c-1 --json"))).toEqual({
      customer: "c-1",
      wallets: [
        { currency: "EUR", available: "50.25", held: "0.00" },
        { currency: "JPY", available: "1500", held: "0" },
      ],
      points: [{ merchant: "SHOP", available: "20", held: "0" }],
    });
    expect(await failing(admin, "customer fund c-1 50.26 EUR --reference first")).toEqual([
      1,
      expect.objectContaining({ code: "REFERENCE_REUSED" }),
    ]);
    const books = await showBooks(admin.ports, { tenant: "desk", reconciled: true });
    expect([books.currencies.map(({ currency }) => currency), troublesOf(books)]).toEqual([
      ["EUR", "JPY", "points:SHOP"],
      [],
    ]);
    expect(await admin.done("reconcile desk")).toContain("Even: every currency sums to zero.");
  });

  test("is one, once", async () => {
    await admin.done("customer create c-1");
    expect(await failing(admin, "customer create c-1")).toEqual([
      1,
      expect.objectContaining({ code: "CUSTOMER_EXISTS" }),
    ]);
    expect(await admin.done("customer show c-1")).toContain("has nothing yet");
  });

  test("gets a token of a day for the app, and the audit says so", async () => {
    await admin.done("customer create c-1");
    const printed = await admin.done("app-token c-1");
    const { sign } = await admin.ports.secrets();
    const claims = await verifyToken(sign, APP_TOKEN, printed.trim(), admin.clock.nowMs);
    expect(claims).toMatchObject({ iss: "tillgate", aud: "tillgate-app", sub: "c-1" });
    expect((claims?.exp ?? 0) - (claims?.iat ?? 0)).toBe(86_400);
    expect(await lastEvent(admin, "desk")).toMatchObject({ type: "customer.token-signed", subject: "c-1", detail: {} });
  });
});
