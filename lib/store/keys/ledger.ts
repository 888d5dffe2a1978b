/** The keys of accounts, their entries and what is known of them. */
import { isoInstant, utcDay } from "#kernel/time";
import type { Key } from "#store/item";
import { partition, SHARDS, shardOf } from "#store/table";

/** A bounded account. */
export const accountKey = (tenant: string, account: string): Key => ({
  pk: partition(tenant, "account", account),
  sk: "account",
});

/** The pointer to a bounded account: spread, since customers bring accounts as fast as they come. */
export const accountPointerKey = (tenant: string, account: string): Key => ({
  pk: accountPointersIn(tenant, shardOf(account)),
  sk: account,
});

const accountPointersIn = (tenant: string, shard: string): string => partition(tenant, "accounts", shard);

/** The partitions of a tenant's account pointers. */
export const accountPointers = (tenant: string): readonly string[] =>
  SHARDS.map((shard) => accountPointersIn(tenant, shard));

/** An entry on a bounded account. */
export const entryKey = (tenant: string, account: string, atMs: number, posting: string): Key => ({
  pk: entriesOf(tenant, account),
  sk: `${isoInstant(atMs)}#${posting}`,
});

/** An entry on an unbounded account: spread, so that no account is a hot partition. */
export const spreadEntryKey = (tenant: string, account: string, atMs: number, posting: string): Key => ({
  pk: spreadEntriesOf(tenant, account, utcDay(atMs), shardOf(posting)),
  sk: `${isoInstant(atMs)}#${posting}`,
});

/** The partition of a bounded account's entries. */
export const entriesOf = (tenant: string, account: string): string => partition(tenant, "posting", account);

/** One partition of an unbounded account's entries: those of one UTC day and shard. */
export const spreadEntriesOf = (tenant: string, account: string, day: string, shard: string): string =>
  partition(tenant, "posting", account, day, shard);

/** The partition of a tenant's unbounded accounts. */
export const unboundedOf = (tenant: string): string => partition(tenant, "unbounded", "all");

/** That a tenant has an unbounded account. */
export const unboundedKey = (tenant: string, account: string): Key => ({ pk: unboundedOf(tenant), sk: account });

/** The partition of an unbounded account's closings. */
export const closingsOf = (tenant: string, account: string): string => partition(tenant, "closing", account);

/** What stood on an unbounded account at the end of a UTC day. */
export const closingKey = (tenant: string, account: string, day: string): Key => ({
  pk: closingsOf(tenant, account),
  sk: day,
});

/** The marker of a funding reference. */
export const fundingKey = (tenant: string, referenceDigest: string): Key => ({
  pk: partition(tenant, "funding", referenceDigest),
  sk: "funding",
});
