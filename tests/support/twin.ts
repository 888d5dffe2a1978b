/** The store in memory: what `dynamo.ts` does with DynamoDB, done on a map, for tests that want thousands of runs. Bound by tests/store/. */
import { isDeepStrictEqual } from "node:util";
import { Fault } from "#kernel/refusal";
import { firstNo, fold, type No, nameOf, noOf } from "#store/fold";
import type { Item, Key } from "#store/item";
import { cursorAt, sortKeys } from "#store/query";
import type { Outcome, Page, Range, Store, Write } from "#store/write";

/** A twin is a store whose whole content can be looked at. */
export interface Twin extends Store {
  readonly items: () => readonly Item[];
}

type Rows = Map<string, Item>;

const changed = (write: Write, found: Item | undefined): Item | undefined => {
  if (write.kind === "check") return found;
  if (write.kind === "erase") return undefined;
  if (write.kind === "put") return { ...write.item, ...write.key };
  const fields: Record<string, Item[string]> = { ...found, ...write.set, ...write.key };
  for (const [field, amount] of Object.entries(write.add)) {
    const before = fields[field] ?? 0n;
    if (typeof before !== "bigint") throw new Fault(`${field} is not a number`);
    fields[field] = before + amount;
  }
  for (const field of write.remove) delete fields[field];
  return fields;
};

/** The partitions of the table and of its sparse indexes, each kept by the item's name. */
const openPartitions = () => {
  const partitions = new Map<string, Rows>();
  const placesOf = (item: Item) =>
    (["pk", "due", "list"] as const)
      .filter((place) => item[place] !== undefined)
      .map((place) => `${place}=${item[place]}`);
  return {
    replace: (before: Item | undefined, after: Item | undefined): void => {
      const name = nameOf((after ?? before) as unknown as Key);
      for (const place of before ? placesOf(before) : []) partitions.get(place)?.delete(name);
      for (const place of after ? placesOf(after) : []) {
        const rows = partitions.get(place) ?? new Map();
        partitions.set(place, rows.set(name, after));
      }
    },
    rows: (of: Range["of"], partition: string): Item[] => [
      ...(partitions.get(`${of === "table" ? "pk" : of}=${partition}`)?.values() ?? []),
    ],
  };
};

const compared = (a: string, b: string): number => Number(a > b) - Number(a < b);

const pageOf = (rows: readonly Item[], range: Range): Page => {
  const positionOf = (item: Item) => `${item[sortKeys[range.of]]}\n${item.pk}\n${item.sk}`;
  const [sk, pk, sortKey] = range.cursor === undefined ? [] : (JSON.parse(range.cursor) as string[]);
  const after =
    range.cursor === undefined ? undefined : `${range.of === "table" ? sk : sortKey}\n${pk ?? range.in}\n${sk}`;
  const way = range.newestFirst ? -1 : 1;
  const within = rows
    .filter((item) => (range.from ?? "") <= String(item[sortKeys[range.of]]))
    .filter((item) => range.to === undefined || String(item[sortKeys[range.of]]) <= range.to)
    .filter((item) => after === undefined || compared(positionOf(item), after) * way > 0)
    .sort((a, b) => compared(positionOf(a), positionOf(b)) * way);
  const items = within.slice(0, range.limit);
  const last = items.at(-1);
  return within.length > items.length && last !== undefined ? { items, next: cursorAt(range.of, last) } : { items };
};

const keysOnly =
  (of: Exclude<Range["of"], "table">) =>
  (item: Item): Item =>
    Object.fromEntries(["pk", "sk", of, sortKeys[of]].map((field) => [field, item[field] ?? ""]));

/** Opens an empty twin. */
export const openTwin = (): Twin => {
  const rows: Rows = new Map();
  const partitions = openPartitions();
  const tokens = new Map<string, readonly Write[]>();

  const attempt = (writes: readonly Write[]): Outcome => {
    const noes: No[] = writes.flatMap((write) => noOf(write, rows.get(nameOf(write.key))) ?? []);
    const no = firstNo(noes);
    if (no !== undefined) return { done: false, ...no };
    const results = writes.map((write) => ({
      name: nameOf(write.key),
      after: changed(write, rows.get(nameOf(write.key))),
    }));
    for (const { name, after } of results) {
      if (after === rows.get(name)) continue;
      partitions.replace(rows.get(name), after);
      if (after === undefined) rows.delete(name);
      else rows.set(name, after);
    }
    const [only] = writes;
    const after = results[0]?.after;
    return writes.length === 1 && only?.kind === "update" && after !== undefined
      ? { done: true, after }
      : { done: true };
  };

  const read: Store["read"] = async (keys) => keys.map((key) => rows.get(nameOf(key)));

  return {
    read,
    readEach: read,
    commit: async (unfolded, token) => {
      const writes = fold(unfolded);
      const earlier = tokens.get(token);
      if (earlier !== undefined && !isDeepStrictEqual(earlier, writes))
        throw new Fault("a token came with other writes");
      if (earlier !== undefined) return { done: true };
      const outcome = attempt(writes);
      if (outcome.done) tokens.set(token, writes);
      return outcome;
    },
    list: async (range) => {
      const page = pageOf(partitions.rows(range.of, range.in), range);
      return range.of === "table" ? page : { ...page, items: page.items.map(keysOnly(range.of)) };
    },
    items: () => [...rows.values()],
  };
};
