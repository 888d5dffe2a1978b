/** A card merchant's secret: two live at once, for rotation. */
import { describe, expect, test } from "vitest";
import { merchantFor } from "#sale/caller";
import { type Admin, lastEvent, openMerchantAdmin } from "./given.ts";

const live = ({ ports, clock }: Admin, id: string, ...secrets: readonly string[]) => {
  clock.advance(2_000); // so that nothing is remembered
  return Promise.all(secrets.map(async (secret) => (await merchantFor({ id, secret }, ports))?.tenant === "shop"));
};

describe("a merchant's secret", () => {
  test("lives beside the new one until it is retired, or the next rotation", async () => {
    const admin = await openMerchantAdmin();
    const { done, clientId, clientSecret: first } = admin;
    const rotate = async () => JSON.parse(await done("merchant rotate shop --json")).clientSecret as string;
    const second = await rotate();
    expect(await live(admin, clientId, first, second)).toEqual([true, true]);
    expect(JSON.parse(await done("merchant show shop --json")).liveSecrets).toBe(2);
    expect(await done("merchant retire shop")).toBe(
      "Retired the clientSecret before the newest one of the merchant shop.\n",
    );
    expect(await live(admin, clientId, first, second)).toEqual([false, true]);
    expect(await lastEvent(admin, "shop")).toEqual({
      type: "merchant.secret-retired",
      actor: "dana",
      subject: clientId,
      detail: {},
    });
    expect(await done("merchant retire shop")).toBe("The merchant shop has one clientSecret: nothing was changed.\n");
    const [third, fourth] = [await rotate(), await rotate()];
    expect(await live(admin, clientId, second, third, fourth)).toEqual([false, true, true]);
  });

  test("is told once, with what becomes of the one before", async () => {
    const { done, clientId } = await openMerchantAdmin();
    const out = await done("merchant rotate shop");
    const [, secret = ""] = /clientSecret {2}(\S+)/.exec(out) ?? [];
    expect(out).toBe(
      [
        "Rotated the clientSecret of the merchant shop. The new one:",
        "",
        `  clientId      ${clientId}`,
        `  clientSecret  ${secret}`,
        "",
        "The secret is shown this once and stored nowhere: put it where it belongs now.",
        "The one before lives until the next rotation, or until it is retired.",
        "",
      ].join("\n"),
    );
  });
});
