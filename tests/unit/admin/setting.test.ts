/** A partner's settings: how they are changed, and what contradicts itself. */
import { describe, expect, test } from "vitest";
import { isWebSdkOrigin } from "#partner/origin";
import { findPartner } from "#partner/partner.item";
import { textsOf } from "../../../local/admin/configuration.ts";
import { adminOf, CONFIGURATION, failing, inSandbox, lastEvent, openBankAdmin, openPartnerAdmin } from "./given.ts";

describe("a setting", () => {
  test("is changed, and the others stay; the audit tells what it was", async () => {
    const admin = await openPartnerAdmin();
    expect(
      await admin.done("partner set bank --theme dark --limit-day none --limit-year 20000 --quick-amounts 30"),
    ).toBe("The partner bank is changed.\n");
    expect(await lastEvent(admin)).toEqual({
      type: "partner.changed",
      actor: "dana",
      subject: admin.credentials.clientId,
      detail: {
        theme: "white -> dark",
        "quick amounts": "20, 50, 100 -> 30",
        "day limit": "1000 -> none",
        "year limit": "none -> 20000",
      },
    });
    admin.clock.advance(2_000);
    const partner = await findPartner(admin.ports, "bank");
    expect(partner && textsOf(partner.configuration)).toEqual({
      currency: "CHF",
      country: "CH",
      locale: "de-CH",
      theme: "dark",
      quickAmounts: ["30"],
      min: "20",
      max: "500",
      step: "10",
      limits: { transaction: null, day: null, week: null, month: null, year: "20000" },
    });
    expect(partner?.revision).toBe(2n);
  });

  test("that is so already changes nothing", async () => {
    const { done, twin } = await openPartnerAdmin();
    const before = twin.items();
    expect(await done("partner set bank --theme white --web-sdk https://sdk.example.com/app")).toBe(
      "The partner bank is changed.\nIt was so already: nothing was changed.\n",
    );
    expect(twin.items()).toEqual(before);
  });

  test("of the web SDK moves the origin that may call from a browser", async () => {
    const { done, ports, clock } = await openPartnerAdmin();
    const known = async () => {
      clock.advance(2_000);
      const origins = ["https://sdk.example.com", "https://other.example.com"];
      return Promise.all(origins.map((origin) => isWebSdkOrigin(origin, ports)));
    };
    expect(await known()).toEqual([true, false]);
    await done("partner set bank --web-sdk https://other.example.com");
    expect(await known()).toEqual([false, true]);
    await done("partner set bank --mode upstream");
    expect(await known()).toEqual([false, false]);
  });

  test.each([
    ["--quick-amounts 25", "quick amounts have to ascend, each the smallest amount and some steps, up to the largest."],
    ["--locale x_y", "x_y is no language tag."],
    ["--max 10", "the smallest amount and the step have to be above zero, and the largest not below the smallest."],
    ["--min 20.001", undefined],
    [
      "--mode local --base-url https://a.example.com",
      "a web SDK's address is of mode local, all else of mode upstream: give one.",
    ],
    ["--web-sdk http://127.0.0.1:3000/sdk", "only the sandbox may have an address on this machine."],
    ["--base-url http://127.0.0.1:3000", "only the sandbox may have an address on this machine."],
  ])("%s is refused, and nothing is written", async (option, message) => {
    const admin = await openPartnerAdmin();
    const before = admin.twin.items();
    const [code, error] = (await failing(admin, `partner set bank ${option}`)) as [
      number,
      { code: string; message: string },
    ];
    expect(code).toBe(1);
    expect(error.code).toBe(message === undefined ? "AMOUNT_INVALID" : "PARTNER_MALFORMED");
    if (message !== undefined) expect(error.message.toLowerCase()).toBe(message.toLowerCase());
    expect(admin.twin.items()).toEqual(before);
  });

  test("of mode local alone needs an address where there is none", async () => {
    const admin = await openPartnerAdmin(`partner create bank ${CONFIGURATION} --mode upstream`);
    expect(await failing(admin, "partner set bank --mode local")).toEqual([
      1,
      { code: "PARTNER_MALFORMED", message: "Mode local needs the web SDK's address: --web-sdk." },
    ]);
  });

  test.each([
    "https://x.example.com/?a",
    "https://x.example.com/#a",
    "https://u@x.example.com",
    "ftp://x",
    "x",
    "http://127.0.0.1/sdk",
  ])("of the web SDK is not %s", async (address) => {
    const { run, twin } = await openPartnerAdmin();
    const before = twin.items();
    expect((await run("partner", "set", "bank", "--web-sdk", address)).code).toBe(2);
    expect(twin.items()).toEqual(before);
  });

  test("may be an address on this machine in the sandbox", async () => {
    const world = await openBankAdmin();
    const admin = adminOf({ ...world, ports: inSandbox(world.ports) });
    await admin.done(`partner create bank ${CONFIGURATION} --web-sdk http://127.0.0.1:3000/sdk`);
    await admin.done("partner set bank --base-url http://127.0.0.1:4000");
    expect(JSON.parse(await admin.done("partner show bank --json")).checkin).toMatchObject({
      baseUrl: "http://127.0.0.1:4000",
    });
  });
});
