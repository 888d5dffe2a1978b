/** The requests of a run, one after the other. */
import type { Random } from "../random.ts";
import { anyKey } from "./items.ts";
import { anyQuery } from "./query.ts";
import { getItem } from "./read.ts";
import { spoil } from "./spoil.ts";
import { transactGet, transactWrite } from "./transaction.ts";
import type { Item } from "./values.ts";
import { anyWrite } from "./write.ts";

/** A call: the operation, and the body's members. */
export interface Request {
  readonly operation: string;
  readonly input: object;
}

/** What has gone before and may be taken up again. */
export interface Past {
  readonly requests: readonly Request[];
  /** Where the last page ended, if it was not the last. */
  readonly next: Item | undefined;
}

const isTransaction = ({ operation }: Request): boolean => operation === "TransactWriteItems";

const freshRequest = (nth: number, random: Random): Request => {
  const chosen = random.below(100);
  if (chosen < 45) return anyWrite(anyKey(random), random);
  if (chosen < 55) return getItem(anyKey(random), random);
  if (chosen < 70) return anyQuery(random);
  return chosen < 94 ? transactWrite(nth, random) : transactGet(random);
};

/** The `nth` request of a run: the next page, a transaction once more to the letter, or something new. */
export const nextRequest = (nth: number, { requests, next }: Past, random: Random): Request => {
  const last = requests.at(-1);
  if (next && last && random.chance(70)) return { ...last, input: { ...last.input, ExclusiveStartKey: next } };
  if (random.chance(3)) {
    const again = requests.slice(-30).filter(isTransaction);
    if (again.length > 0) return random.pick(again);
  }
  const request = freshRequest(nth, random);
  return random.chance(5) ? spoil(request, random) : request;
};
