/** Calls that race, and what they hear. */
import type * as fc from "fast-check";
import { expect } from "vitest";
import type { Answered } from "../../support/desk.ts";
import { interleaved } from "../../support/interleaving.ts";
import { TEN } from "../../support/market/vendor.ts";
import { type Market, type MarketWish, openMarket } from "../../support/market.ts";
import { said } from "../../support/pos.ts";

/** So many, from 0. */
export const times = (many: number): readonly number[] => Array.from({ length: many }, (_, nth) => nth);

/** How merchants take money. */
export const modes = ["hold", "debit"] as const;

/** A market whose next calls race. */
export const openRace = async (scheduler: fc.Scheduler, wish: MarketWish = {}) => {
  const { replace, raceOf } = interleaved(scheduler);
  return { raceOf, market: await openMarket({ campaigns: [TEN], ...wish, replace }) };
};

/** Asks again as long as the desk is too busy, as tills do. */
export const patiently = async (call: () => Promise<Answered>): Promise<Answered> => {
  const answered = await call();
  return answered.status === 503 ? patiently(call) : answered;
};

/** How often each answer was given. */
export const counted = (answers: readonly Answered[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const answered of answers) counts[said(answered)] = (counts[said(answered)] ?? 0) + 1;
  return counts;
};

/** All that was posted sums to nothing, and every account agrees with its postings. */
export const expectEvenBooks = async (market: Market): Promise<void> => {
  const books = await market.books();
  expect(books.filter(({ sum, disagreeing }) => sum !== 0n || disagreeing?.length !== 0)).toEqual([]);
};
