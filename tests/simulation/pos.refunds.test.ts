/** Refunds at once never give back more than was paid, in any interleaving, and on the embedded table with its troubles (swip.md 10, row 27). */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { keyIn } from "#store/item";
import { put } from "#store/write";
import type { FaultKind } from "../../local/dynamodb/faults.ts";
import type { Answered } from "../support/desk.ts";
import { openEngineStore } from "../support/engine.ts";
import { TEN } from "../support/market/vendor.ts";
import { type Market, openMarket } from "../support/market.ts";
import { close, isReplay, standing, standingOf, told } from "../support/pos.ts";
import { counted, expectEvenBooks, modes, openRace, patiently, times } from "./pos/race.ts";

const expectNineRefunds = async (market: Market, id: string, answers: readonly Answered[]): Promise<void> => {
  expect(counted(answers)).toEqual({ "200": 9, "409 1015": 11 });
  expect(await standingOf(market, id)).toEqual(
    standing({
      status: "CLOSED",
      amount: 90,
      paid: 90,
      loyaltyReturned: 10,
      payment: { status: "REFUNDED", method: "WALLET", captured: 90, refunded: 90 },
    }),
  );
  const remaining = answers.filter(({ status }) => status === 200).map((answered) => told(answered).remaining);
  expect(remaining.toSorted((one, other) => one - other)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80]);
};

test.each(modes)(
  "of 20 refunds of 10 at once, nine are made of the 90 that was paid: %s",
  async (payment) => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { market, raceOf } = await openRace(scheduler, { payment });
      const id = await close(market);
      const refund = () => patiently(() => market.refundOrder(id, { amount: 10 }));
      await expectNineRefunds(market, id, await raceOf(() => times(20).map(refund)));
      expect(await market.wallet()).toEqual([50_000n, 0n]);
      await expectEvenBooks(market);
    });
    await fc.assert(property, { numRuns: 8 });
  },
  120_000,
);

const troubles: readonly (readonly [string, readonly FaultKind[]])[] = [
  ["in peace", []],
  ["where eight of them meet another's transaction", Array(8).fill("conflict")],
  [
    "where the table throttles, and answers are lost",
    ["throttle", "timeoutAfter", "conflict", "timeoutBefore", "timeoutAfter"],
  ],
];

test.each(troubles)(
  "of 20 refunds at once nine are made, on the embedded table too, %s",
  async (_, kinds) => {
    const { store, engine } = await openEngineStore();
    const market = await openMarket({ campaigns: [TEN], replace: () => store });
    for (const item of market.world.twin.items())
      await store.commit([put(keyIn(item), item, [])], `fill ${item.pk} ${item.sk}`);
    const id = await close(market);
    engine.faults.next(...kinds.map((kind) => ({ operation: "TransactWriteItems", kind })));
    const answers = await Promise.all(times(20).map(() => patiently(() => market.refundOrder(id, { amount: 10 }))));
    await expectNineRefunds(market, id, answers);
    expect(answers.filter(isReplay)).toEqual([]);
    expect(engine.faults.pending()).toEqual([]);
  },
  120_000,
);
