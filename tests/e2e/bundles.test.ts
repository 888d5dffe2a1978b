/** What is deployed: every function in a bundle of its own, as small as it can start quickly with. */
import { beforeAll, describe, expect, test } from "vitest";
import { buildIfStale } from "../../local/build.ts";
import { type Bundle, everyBundle } from "../support/bundles.ts";

describe("a function's bundle", () => {
  let bundles: readonly Bundle[] = [];
  beforeAll(async () => {
    await buildIfStale();
    bundles = everyBundle();
  }, 120_000);

  test("is within its budget", () => {
    expect(bundles.length).toBeGreaterThan(0);
    expect(bundles.filter(({ kb, mostKb }) => kb > mostKb)).toEqual([]);
  });

  test("has jose in it where it reads tokens that somebody has signed, and nowhere else", () => {
    expect(bundles.filter(({ hasJose }) => hasJose).map(({ name }) => name)).toEqual([
      // It has every contract, to know whose a route is.
      "desk/unknownRoute",
      "partner/openSession",
      "partner/showMe",
      "pos/findOrders",
      "pos/payAtTill",
      "pos/payOrder",
      "pos/redeemPoints",
      "pos/viewOrder",
    ]);
  });
});
