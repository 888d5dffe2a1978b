// ClientRequestToken: a transaction's token is a row written in the transaction's own batch, so that a retry is
// recognised even after a crash between the commit and its answer.
import { createHash } from "node:crypto";
import type { Cost } from "./capacity.ts";
import { tokenReused } from "./errors.ts";
import type { RowOp } from "./level.ts";
import type { Storage } from "./storage.ts";

/** How long a token is remembered: ten minutes, by the service's documentation. */
const TOKEN_LIFETIME_MS = 10 * 60 * 1000;

interface TokenRow {
  readonly digest: string;
  readonly atMs: number;
  /** What answering a replay costs: reading the transaction's items. */
  readonly reads: readonly Cost[];
}

/** The tokens of committed transactions. */
export interface Tokens {
  /** What a replay costs, if this very transaction was committed before; throws if another one had the token. */
  findReplay(token: string, items: unknown): readonly Cost[] | undefined;
  /** The rows that remember a transaction and forget those whose time is over. */
  remember(token: string, items: unknown, reads: readonly Cost[]): readonly RowOp[];
}

const PREFIX = "token~";

// Members are sorted, for the same request may be written in another order.
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => [name, canonical(member)]);
};

const digestOf = (items: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(canonical(items)))
    .digest("base64");

/** Loads the remembered tokens; `now` is the engine's clock in ms. */
export const openTokens = async (storage: Storage, now: () => number): Promise<Tokens> => {
  const rows: [token: string, atMs: number][] = [];
  for await (const [token, row] of storage.walk<TokenRow>(PREFIX)) rows.push([token, row.atMs]);
  const times = new Map(rows.sort(([, left], [, right]) => left - right));
  const isOver = (atMs: number) => now() - atMs >= TOKEN_LIFETIME_MS;

  // Oldest first, so forgetting stops at the first that is not over.
  const takeOver = (): string[] => {
    const over: string[] = [];
    for (const [token, atMs] of times) {
      if (!isOver(atMs)) break;
      times.delete(token);
      over.push(token);
    }
    return over;
  };

  return {
    findReplay: (token, items) => {
      const row = storage.read<TokenRow>(PREFIX + token);
      if (!row || isOver(row.atMs)) return undefined;
      if (row.digest !== digestOf(items)) throw tokenReused();
      return row.reads;
    },
    remember: (token, items, reads) => {
      const row: TokenRow = { digest: digestOf(items), atMs: now(), reads };
      times.delete(token);
      const over = takeOver();
      times.set(token, row.atMs);
      return [
        { type: "put", key: PREFIX + token, value: row },
        ...over.map((other): RowOp => ({ type: "del", key: PREFIX + other })),
      ];
    },
  };
};
