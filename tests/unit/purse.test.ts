/** Purses, moved without being read: what a purse has not, it does not give, unless it may owe. */
import { describe, expect, test } from "vitest";
import { pointsOf } from "#kernel/currency";
import { openAccount } from "#ledger/account";
import { type Shift, shift } from "#ledger/purse";
import { accountKey } from "#store/keys/ledger";
import { openTwin } from "../support/twin.ts";

const purse = { tenant: "desk", account: "points:SWTS:c-1" };

const standing = async (by: Shift, mayOwe = false) => {
  const twin = openTwin();
  const { tenant, account } = purse;
  const open = openAccount({ tenant, id: account, currency: pointsOf("SWTS"), mode: "book", limits: {} });
  await twin.commit([...open], "open");
  await twin.commit([...shift(purse, { available: 10n, held: 5n })], "fill");
  const outcome = await twin.commit([...shift(purse, by, mayOwe)], "move");
  const [item] = await twin.read([accountKey(tenant, account)]);
  return [outcome.done ? "done" : outcome.otherwise, item?.available, item?.held];
};

describe("a purse of 10 and 5 held", () => {
  test.each<readonly [string, Shift, boolean, readonly unknown[]]>([
    ["sets all aside", { available: -10n, held: 10n }, false, ["done", 0n, 15n]],
    ["sets no more aside", { available: -11n, held: 11n }, false, ["FUNDS_SHORT", 10n, 5n]],
    ["gives what is held back", { available: 5n, held: -5n }, false, ["done", 15n, 0n]],
    ["holds no more than was held", { held: -6n }, false, ["fault", 10n, 5n]],
    ["owes where it may", { available: -11n }, true, ["done", -1n, 5n]],
  ])("%s", async (_, by, mayOwe, expected) => {
    expect(await standing(by, mayOwe)).toEqual(expected);
  });
});

test("a purse that there is none of is short of funds", async () => {
  const outcome = await openTwin().commit([...shift(purse, { available: -1n })], "move");
  expect(outcome).toMatchObject({ done: false, otherwise: "FUNDS_SHORT" });
});

test("nothing moves by nothing", () => {
  expect(shift(purse, { available: 0n, held: 0n })).toEqual([]);
});
