/** Every kind of item in the one table: its key, who owns it, how long it lives. Nothing else makes keys. Printed as docs/table.md. */
import { hash } from "node:crypto";
import { DAY_MS, isoInstant, secondsOf, utcDay } from "#kernel/time";
import type { Item, Key } from "#store/item";

/** A row of the table's grammar: `pk` is `<owner>#<kind>#<id>`, `sk` the part. */
export interface Kind {
  /** `desk` owns what no tenant owns, and what is found before the tenant is known. */
  readonly owner: "tenant" | "desk";
  readonly id: string;
  readonly part: string;
  readonly index?: "due" | "list";
  readonly lifetime: "for ever" | "the tenant's retention after its end";
  readonly holds: string;
}

/** The grammar. */
export const kinds = {
  tenant: {
    owner: "desk",
    id: "all",
    part: "<tenant>",
    lifetime: "for ever",
    holds: "A tenant's settings: name, time zone, retention.",
  },
  credential: {
    owner: "desk",
    id: "<keyed digest of the token>",
    part: "credential",
    lifetime: "for ever",
    holds: "Whose token this is. The token itself is kept nowhere.",
  },
  integrator: {
    owner: "tenant",
    id: "all",
    part: "<integrator>",
    lifetime: "for ever",
    holds: "A bank's system and the digests of its live tokens, two at most.",
  },
  account: {
    owner: "tenant",
    id: "<account>",
    part: "account",
    lifetime: "for ever",
    holds: "A bounded account: available and held money, limits, what of them is used.",
  },
  accounts: {
    owner: "tenant",
    id: "all",
    part: "<account>",
    lifetime: "for ever",
    holds: "A pointer to each bounded account, for the books.",
  },
  posting: {
    owner: "tenant",
    id: "<account>, and of an unbounded one <UTC day>#<00-15>",
    part: "<time>#<posting>",
    lifetime: "for ever",
    holds: "One entry of a posting: a signed amount on one account. The entries of a posting sum to zero.",
  },
  currency: {
    owner: "tenant",
    id: "all",
    part: "<currency>",
    lifetime: "for ever",
    holds: "That the tenant has accounts in this currency, and so a settlement and a funding account.",
  },
  closing: {
    owner: "tenant",
    id: "<unbounded account>",
    part: "<UTC day>",
    lifetime: "for ever",
    holds: "What stood on an unbounded account at the end of a day: later readings begin there.",
  },
  funding: {
    owner: "tenant",
    id: "<digest of the funding reference>",
    part: "funding",
    lifetime: "for ever",
    holds: "That this reference has funded an account, so that it does not do so twice.",
  },
  order: {
    owner: "tenant",
    id: "<TransactionId>",
    part: "order",
    index: "due",
    lifetime: "the tenant's retention after its end",
    holds: "A withdrawal order: its state, money and deadline.",
  },
  start: {
    owner: "tenant",
    id: "<keyed digest of the reference, or of the content>",
    part: "start",
    lifetime: "the tenant's retention after its end",
    holds: "Which order a start has opened, and the digest of what it said: the dedupe fact of startOrder.",
  },
  event: {
    owner: "tenant",
    id: "<event>",
    part: "event",
    index: "list",
    lifetime: "for ever",
    holds: "What an administrator did: actor, time, subject, detail.",
  },
} as const satisfies Record<string, Kind>;

/** The name of a kind. */
export type KindName = keyof typeof kinds;

/** Owns what no tenant owns; no tenant may have this name. */
export const DESK = "desk";

/** Partitions that a hot path is spread over: enough for 16 times one partition's rate, few enough to sweep each minute. */
export const SHARDS: readonly string[] = Array.from({ length: 16 }, (_, n) => String(n).padStart(2, "0"));

const shardOf = (text: string): string => SHARDS[(hash("sha256", text, "buffer")[0] ?? 0) % SHARDS.length] ?? "00";

const partition = (owner: string, kind: KindName, ...ids: readonly string[]): string => {
  for (const segment of [owner, ...ids]) {
    if (segment === "" || segment.includes("#"))
      throw new RangeError(`a segment of a ${kind} key is empty or holds "#"`);
  }
  return [owner, kind, ...ids].join("#");
};

/** The kind that a key belongs to. */
export const kindOf = (key: Key): string => key.pk.split("#")[1] ?? "";

/** The id that a key names within its kind. */
export const idOf = (key: Key): string => key.pk.split("#")[2] ?? "";

/** The owner that a key belongs to. */
export const ownerOf = (key: Key): string => key.pk.split("#")[0] ?? "";

/** The partition of all tenants. */
export const tenants = (): string => partition(DESK, "tenant", "all");

/** A tenant's settings. */
export const tenantKey = (tenant: string): Key => ({ pk: tenants(), sk: tenant });

/** A token's record. */
export const credentialKey = (digest: string): Key => ({ pk: partition(DESK, "credential", digest), sk: "credential" });

/** An integrator's record. */
export const integratorKey = (tenant: string, integrator: string): Key => ({
  pk: integratorsOf(tenant),
  sk: integrator,
});

/** The partition of a tenant's integrators. */
export const integratorsOf = (tenant: string): string => partition(tenant, "integrator", "all");

/** A bounded account. */
export const accountKey = (tenant: string, account: string): Key => ({
  pk: partition(tenant, "account", account),
  sk: "account",
});

/** The pointer to a bounded account. */
export const accountPointerKey = (tenant: string, account: string): Key => ({
  pk: partition(tenant, "accounts", "all"),
  sk: account,
});

/** The partition of a tenant's account pointers. */
export const accountPointers = (tenant: string): string => partition(tenant, "accounts", "all");

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

/** The partition of a tenant's currencies. */
export const currenciesOf = (tenant: string): string => partition(tenant, "currency", "all");

/** That a tenant has accounts in a currency. */
export const currencyKey = (tenant: string, currency: string): Key => ({ pk: currenciesOf(tenant), sk: currency });

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

/** A withdrawal order. */
export const orderKey = (tenant: string, transactionId: bigint): Key => ({
  pk: partition(tenant, "order", String(transactionId)),
  sk: "order",
});

/** The dedupe marker of a start. */
export const startKey = (tenant: string, digest: string): Key => ({
  pk: partition(tenant, "start", digest),
  sk: "start",
});

/** An event. */
export const eventKey = (owner: string, event: string): Key => ({ pk: partition(owner, "event", event), sk: "event" });

/** Index fields that put an item on the list of what the clock has to move at `deadlineMs`. Removed when it no longer has to. */
export const dueAt = (key: Key, deadlineMs: number): Item => ({
  due: duePartition(shardOf(key.pk)),
  dueAt: isoInstant(deadlineMs),
});

/** The names of those fields. */
export const dueFields = ["due", "dueAt"] as const;

/** A partition of the index `due`. */
export const duePartition = (shard: string): string => `due#${shard}`;

/** Index fields that put an item on its owner's list of a day. */
export const listedAt = (owner: string, list: string, atMs: number, id: string): Item => ({
  list: listPartition(owner, list, utcDay(atMs)),
  listAt: `${isoInstant(atMs)}#${id}`,
});

/** A partition of the index `list`. */
export const listPartition = (owner: string, list: string, day: string): string => `${owner}#${list}#${day}`;

/** DynamoDB's time to live, epoch seconds: the item may go so many days after this instant. */
export const ttlAfter = (ms: number, days: number): bigint => secondsOf(ms + days * DAY_MS);
