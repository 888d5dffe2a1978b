/** Items to fill a table with: an open and a settled order as the desk itself wrote them, over and over under other numbers. */
import { DAY_MS } from "#kernel/time";
import type { Item } from "#store/item";
import { kindOf, SHARDS } from "#store/table";
import { type Bank, openBank, transactionIdOf } from "../support/bank.ts";

/** A customer that no scenario knows; all postings are theirs, so that one collection grows with the table. */
const CUSTOMER = 100_000;

/** No number of an order looks like a shard's. */
const FIRST_NUMBER = 1_000;

/** One order in so many is open and due tomorrow; the others are settled. */
const OPEN_EVERY = 10;

/** An order's items, and the numbers in them that make them this order's. */
interface Template {
  readonly items: readonly Item[];
  readonly transactionId: bigint;
  readonly texts: readonly string[];
}

const idsIn = (items: readonly Item[], kind: string, field: "pk" | "posting"): readonly string[] =>
  items
    .filter((item) => kindOf({ pk: String(item.pk), sk: String(item.sk) }) === kind)
    .map(
      (item) =>
        String(field === "pk" ? item.pk : item.posting)
          .split("#")
          .at(-1) ?? "",
    );

const templateOf = async (bank: Bank, act: (bank: Bank) => Promise<bigint>): Promise<Template> => {
  const before = new Set(bank.world.twin.items().map(({ pk, sk }) => `${pk}\n${sk}`));
  const transactionId = await act(bank);
  const items = bank.world.twin.items().filter(({ pk, sk }) => !before.has(`${pk}\n${sk}`));
  return {
    items,
    transactionId,
    texts: [String(transactionId), ...idsIn(items, "withdrawalStart", "pk"), ...idsIn(items, "posting", "posting")],
  };
};

const start = async (bank: Bank, reference: string): Promise<bigint> => {
  const expiry = new Date(bank.world.clock.nowMs + DAY_MS).toISOString();
  return transactionIdOf(await bank.start({ userId: CUSTOMER, value: "1", reference, expiry }));
};

const shardIn = /(?<=^due#|#)\d\d$/;

const renumbered = (template: Template, item: Item, n: number): Item => {
  const fields: Record<string, Item[string]> = {};
  for (const field in item) {
    const value = item[field] ?? "";
    if (typeof value === "string") {
      const text = template.texts.reduce((said, old) => said.replace(old, String(n)), value);
      fields[field] = field === "due" || field === "pk" ? text.replace(shardIn, SHARDS[n % SHARDS.length] ?? "") : text;
    } else fields[field] = value === template.transactionId ? BigInt(n) : value;
  }
  return fields;
};

/** So many items. */
export async function* fillingOf(count: number): AsyncGenerator<Item> {
  const bank = await openBank([{ userId: CUSTOMER, balance: "100" }]);
  const open = await templateOf(bank, () => start(bank, "open"));
  const settled = await templateOf(bank, async () => {
    const transactionId = await start(bank, "settled");
    await bank.settle({ transactionId, userId: CUSTOMER });
    return transactionId;
  });
  for (let n = FIRST_NUMBER, given = 0; ; n++) {
    const template = n % OPEN_EVERY === 0 ? open : settled;
    for (const item of template.items) {
      if (given++ === count) return;
      yield renumbered(template, item, n);
    }
  }
}
