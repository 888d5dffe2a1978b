/**
 * What stands on an unbounded account. It keeps no running balance; a daily closing item says what stood at the end of a
 * day, so that a reading sums up the entries of the days since then only, however old the account is.
 */
import { DAY_MS, HOUR_MS, utcDay } from "#kernel/time";
import { entryOf } from "#ledger/posting";
import type { Unbounded } from "#ledger/unbounded";
import { absent } from "#store/condition";
import { integerIn } from "#store/field";
import { closingKey, closingsOf, spreadEntriesOf } from "#store/keys/ledger";
import { everyItem } from "#store/pages";
import { SHARDS } from "#store/table";
import { put, type Rule, type Store, type Write } from "#store/write";

/** How long a day stays open after its end: far longer than a posting is on its way, or than clocks of Lambdas differ. */
const OPEN_AFTER_MS = HOUR_MS;

/** How far ahead of ours another machine's clock may be: entries of tomorrow are looked for today. */
const CLOCKS_DIFFER_MS = DAY_MS;

/** What stood at the end of a day, in minor units. */
export interface Closing {
  readonly day: string;
  readonly balance: bigint;
}

const dayAfter = (day: string): string => utcDay(Date.parse(`${day}T00:00:00Z`) + DAY_MS);

/** The sum of the entries in a partition. */
export const sumOfEntries = async (store: Store, partition: string): Promise<bigint> => {
  let sum = 0n;
  for await (const item of everyItem(store, { of: "table", in: partition })) sum += entryOf(item).amount;
  return sum;
};

const sumOfDay = async (store: Store, { tenant, account }: Unbounded, day: string): Promise<bigint> => {
  const sums = await Promise.all(
    SHARDS.map((shard) => sumOfEntries(store, spreadEntriesOf(tenant, account, day, shard))),
  );
  return sums.reduce((sum, part) => sum + part);
};

/** The account before its first entry: closed, empty, on the day before it began (and a day of margin for its clock). */
const beginning = ({ sinceMs }: Unbounded): Closing => ({ day: utcDay(sinceMs - 2 * CLOCKS_DIFFER_MS), balance: 0n });

/** The latest closing, or the beginning. */
export const latestClosing = async (store: Store, unbounded: Unbounded): Promise<Closing> => {
  const { tenant, account } = unbounded;
  const page = await store.list({ of: "table", in: closingsOf(tenant, account), newestFirst: true, limit: 1 });
  const [latest] = page.items;
  return latest === undefined
    ? beginning(unbounded)
    : { day: String(latest.sk), balance: integerIn(latest, "balance") };
};

/** What stands on the account now: the latest closing, and the entries since. */
export const balanceOf = async (store: Store, unbounded: Unbounded, nowMs: number): Promise<bigint> => {
  const { day: closed, balance } = await latestClosing(store, unbounded);
  return addDays(store, unbounded, { day: closed, balance }, utcDay(nowMs + CLOCKS_DIFFER_MS));
};

/** What stands on the account by all of its entries, whatever the closings say. */
export const recount = (store: Store, unbounded: Unbounded, nowMs: number): Promise<bigint> =>
  addDays(store, unbounded, beginning(unbounded), utcDay(nowMs + CLOCKS_DIFFER_MS));

const addDays = async (store: Store, unbounded: Unbounded, from: Closing, last: string): Promise<bigint> => {
  let balance = from.balance;
  for (let day = dayAfter(from.day); day <= last; day = dayAfter(day)) balance += await sumOfDay(store, unbounded, day);
  return balance;
};

/** The last day that can be closed: no posting can come to it any more. */
export const lastClosableDay = (nowMs: number): string => utcDay(nowMs - OPEN_AFTER_MS - DAY_MS);

/** Sums up the day after a closing, and the write that closes it; closed by somebody else meanwhile, it is stale. */
export const closeNextDay = async (
  store: Store,
  unbounded: Unbounded,
  closing: Closing,
): Promise<{ readonly closing: Closing; readonly write: Write }> => {
  const day = dayAfter(closing.day);
  const balance = closing.balance + (await sumOfDay(store, unbounded, day));
  const write = put(closingKey(unbounded.tenant, unbounded.account, day), { balance }, [[absent(), "stale"]]);
  return { closing: { day, balance }, write };
};

/** The rule that an account's day is open, for who posts by a clock that is not ours; refuses DAY_CLOSED. */
export const isOpen: Rule = [absent(), "DAY_CLOSED"];
