/** What must hold of a bank at any time, whatever was asked, raced, repeated or cut off. */
import { expect } from "vitest";
import { windowsAt } from "#kernel/time";
import { accountOf } from "#ledger/account";
import { windows } from "#ledger/limits";
import { amountIn, integerIn, textIn } from "#store/field";
import type { Item } from "#store/item";
import { kindOf } from "#store/table";
import type { Bank } from "./bank.ts";

/** The items of a kind. */
export const itemsOf = (bank: Bank, kind: string): readonly Item[] =>
  bank.world.twin.items().filter((item) => kindOf({ pk: textIn(item, "pk"), sk: textIn(item, "sk") }) === kind);

const sumOf = (items: readonly Item[], field: string): bigint =>
  items.reduce((sum, item) => sum + amountIn(item, field), 0n);

/** What must hold at any time. */
export const examine = async (bank: Bank): Promise<void> => {
  const orders = itemsOf(bank, "order").filter(({ skip }) => skip !== true);
  const held = orders.filter(({ state }) => state === "held");
  const kept = orders.filter(({ state }) => state === "held" || state === "settled");
  const now = windowsAt(bank.world.clock.nowMs, bank.timeZone);
  for (const item of itemsOf(bank, "account")) {
    const id = textIn(item, "pk").split("#")[2] ?? "";
    const account = accountOf("bank", id, item);
    const own = (items: readonly Item[]) => items.filter((order) => String(order.userId) === id);
    expect(account.available).toBeGreaterThanOrEqual(0n);
    expect(account.held).toBe(sumOf(own(held), "amount"));
    for (const window of windows) {
      const counted = own(kept).filter(
        (order) => windowsAt(Number(integerIn(order, "startedAtMs")), bank.timeZone)[window] === now[window],
      );
      expect(account.used[`used:${window}:${now[window]}`] ?? 0n).toBe(sumOf(counted, "amount"));
    }
  }
  const settled = orders.filter(({ state }) => state === "settled");
  const [books] = await bank.books();
  expect(books).toMatchObject({ sum: 0n, disagreeing: [], settlement: sumOf(settled, "amount") });
  // Two entries a posting, and one posting a move: settled once, reversed once, never without each other.
  const entries = itemsOf(bank, "posting").map((entry) => `${entry.reason} ${entry.subject}`);
  const settledOnce = orders.filter(({ settledAtMs }) => settledAtMs !== undefined);
  const reversed = orders.filter(({ state }) => state === "reversed");
  const moved = [
    ...settledOnce.map((order) => `settlement ${order.transactionId}`),
    ...reversed.map((order) => `reversal ${order.transactionId}`),
  ];
  expect(entries.filter((name) => !name.startsWith("funding")).sort()).toEqual(
    moved.flatMap((name) => [name, name]).sort(),
  );
  expect(new Set(itemsOf(bank, "start").map(({ transactionId }) => transactionId)).size).toBe(
    itemsOf(bank, "order").length,
  );
  expect(held.every(({ due }) => due !== undefined)).toBe(true);
};
