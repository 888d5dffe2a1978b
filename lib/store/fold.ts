/** What a commit does before it goes out, and how it explains itself afterwards; the real store and the twin share it. */
import { Fault } from "#kernel/refusal";
import { holds, present } from "#store/condition";
import type { Item, Key } from "#store/item";
import type { Otherwise, Rule, Update, Write } from "#store/write";

/** An item's identity as one text. */
export const nameOf = (key: Key): string => `${key.pk}\n${key.sk}`;

const onceEach = <T>(a: Readonly<Record<string, T>>, b: Readonly<Record<string, T>>): Readonly<Record<string, T>> => {
  const twice = Object.keys(b).find((field) => field in a);
  if (twice !== undefined) throw new Fault(`two writes of a commit set ${twice}`);
  return { ...a, ...b };
};

const sums = (a: Update["add"], b: Update["add"]): Update["add"] => {
  const sum: Record<string, bigint> = { ...a };
  for (const [field, amount] of Object.entries(b)) sum[field] = (sum[field] ?? 0n) + amount;
  return sum;
};

const merge = (a: Write, b: Write): Write => {
  const when = [...a.when, ...b.when];
  if (a.kind === "check" && b.kind !== "put") return { ...b, when };
  if (b.kind === "check" && a.kind !== "put") return { ...a, when };
  if (a.kind !== "update" || b.kind !== "update")
    throw new Fault(`a ${a.kind} and a ${b.kind} of one item in a commit`);
  return {
    ...a,
    when,
    set: onceEach(a.set, b.set),
    add: sums(a.add, b.add),
    remove: [...new Set([...a.remove, ...b.remove])],
    orCreate: a.orCreate && b.orCreate,
  };
};

/** A field is set, added to or removed: two at once have no order, and the table refuses them. */
const checkFields = (write: Write): Write => {
  if (write.kind !== "update") return write;
  const fields = [...Object.keys(write.set), ...Object.keys(write.add), ...write.remove];
  const twice = fields.find((field, nth) => fields.indexOf(field) !== nth);
  if (twice !== undefined) throw new Fault(`a write changes ${twice} in two ways`);
  return write;
};

/** One write an item: updates and checks of the same item become one. Any other pair is a bug and throws. */
export const fold = (writes: readonly Write[]): readonly Write[] => {
  const byItem = new Map<string, Write>();
  for (const write of writes) {
    const name = nameOf(write.key);
    const earlier = byItem.get(name);
    byItem.set(name, earlier === undefined ? write : merge(earlier, write));
  }
  return [...byItem.values()].map(checkFields);
};

/** The rules of a write, and what goes without saying: an update is of an item that exists. */
export const rulesOf = (write: Write): readonly Rule[] =>
  write.kind === "update" && !write.orCreate ? [...write.when, [present(), "fault"]] : write.when;

/** A write whose rules do not all hold, and the first "no" among them. */
export interface No {
  readonly otherwise: Otherwise;
  readonly write: Write;
  readonly found: Item | undefined;
}

/** The "no" of one write on the item as it was, if any: `stale` first, then in the order of its rules. */
export const noOf = (write: Write, found: Item | undefined): No | undefined => {
  const broken = rulesOf(write).filter(([condition]) => !holds(condition, found));
  const first = broken.find(([, otherwise]) => otherwise === "stale") ?? broken[0];
  return first && { otherwise: first[1], write, found };
};

/** The "no" of a commit: `stale` outranks every other, then the order of the writes. */
export const firstNo = (noes: readonly No[]): No | undefined => noes.find((no) => no.otherwise === "stale") ?? noes[0];
