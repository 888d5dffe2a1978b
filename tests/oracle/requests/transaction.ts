/** Transactions: actions on different items, with tokens that are fresh, repeated or reused. */
import type { Random } from "../random.ts";
import { anyKey, type Key } from "./items.ts";
import { anyGet } from "./read.ts";
import { anyAction, capacity } from "./write.ts";

const differentKeys = (count: number, random: Random): readonly Key[] => {
  const keys = new Map<string, Key>();
  while (keys.size < count) {
    const key = anyKey(random);
    keys.set(JSON.stringify(key), key);
  }
  return [...keys.values()];
};

/** A TransactWriteItems; `nth` makes its token its own, unless it takes an earlier one. */
export const transactWrite = (nth: number, random: Random): { readonly operation: string; readonly input: object } => {
  const keys = differentKeys(random.pick([1, 2, 2, 3, 3, 4, 6]), random);
  const token = random.chance(6) ? nth - 1 - random.below(40) : nth;
  return {
    operation: "TransactWriteItems",
    input: {
      TransactItems: keys.map((key) => {
        const { action, input } = anyAction(key, random);
        return { [action]: input };
      }),
      ...(random.chance(50) && { ClientRequestToken: `token-${token}` }),
      ...capacity(random),
    },
  };
};

/** A TransactGetItems. */
export const transactGet = (random: Random): { readonly operation: string; readonly input: object } => ({
  operation: "TransactGetItems",
  input: {
    TransactItems: differentKeys(1 + random.below(4), random).map((key) => ({ Get: anyGet(key, random) })),
    ...capacity(random),
  },
});
