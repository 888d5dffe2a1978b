/** Random histories of orders: one call after the other against a simple model, and many at once in any interleaving, where what is told must agree with the money. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { HOUR_MS } from "#kernel/time";
import type { Answered } from "../support/desk.ts";
import { interleaved } from "../support/interleaving.ts";
import { openMarket } from "../support/market.ts";
import { said, standingOf, succeeded } from "../support/pos.ts";
import { type Act, aHistory, anAct, aPause, aStory, perform } from "./pos/acts.ts";
import { audit, type Deed, subjectOf } from "./pos/audit.ts";
import { foretell } from "./pos/foretell.ts";
import { market as wish } from "./pos/given.ts";
import { openModel, purseOf, standingIn } from "./pos/model.ts";

/** How merchants take money: at the close, a while after it, or before it. */
const aMerchant = fc.constantFrom(
  { payment: "hold" as const, captureDelaySeconds: 0 },
  { payment: "hold" as const, captureDelaySeconds: 3600 },
  { payment: "debit" as const, captureDelaySeconds: 0 },
);

const isNew = (act: Act, answered: Answered | undefined): answered is Answered =>
  act.act === "create" && answered !== undefined && said(answered) === "200";

test("whatever is done, one call after the other, is answered as the model says and leaves all as it says", async () => {
  const property = fc.asyncProperty(aMerchant, aHistory, async (merchant, acts) => {
    const market = await openMarket({ ...wish, ...merchant });
    const { clock } = market.world;
    const model = openModel(merchant.payment, merchant.captureDelaySeconds * 1_000, clock.nowMs);
    const ids: string[] = [];
    for (const act of acts) {
      const answered = await perform(market, ids, act);
      const foretold = foretell(model, act);
      if (answered !== undefined) expect(foretold).toContain(said(answered));
      if (isNew(act, answered)) ids.push(succeeded(answered).id);
      const standing = [];
      for (const id of ids) standing.push(await standingOf(market, id));
      expect(standing).toEqual(model.orders.map(standingIn));
      const { available, held, points, heldPoints } = purseOf(model);
      expect([await market.wallet(), await market.points()]).toEqual([
        [available, held],
        [points, heldPoints],
      ]);
    }
  });
  await fc.assert(property, { numRuns: 100 });
}, 240_000);

test("whatever is done at once, in any interleaving, agrees with the money, the points and what was answered", async () => {
  const acts = fc.array(anAct, { minLength: 1, maxLength: 7, size: "max" });
  const round = fc.record({ story: aStory, acts, pauseMs: aPause });
  const rounds = fc.array(round, { minLength: 1, maxLength: 6, size: "max" });
  const property = fc.asyncProperty(aMerchant, rounds, fc.scheduler(), async (merchant, history, scheduler) => {
    const { replace, raceOf } = interleaved(scheduler);
    const market = await openMarket({ ...wish, ...merchant, replace });
    const ids: string[] = [];
    const deeds: Deed[] = [];
    const note = (known: readonly string[], act: Act, answered: Answered | undefined): void => {
      if (answered === undefined) return;
      expect([200, 400, 404, 409, 503]).toContain(answered.status);
      deeds.push({ act, id: subjectOf(known, act), answered });
      if (isNew(act, answered)) ids.push(succeeded(answered).id);
    };
    let seen: Awaited<ReturnType<typeof audit>> = new Map();
    for (const { story, acts: racing, pauseMs } of history) {
      for (const act of story) note([...ids], act, await perform(market, ids, act));
      const known = [...ids];
      const sweep = () => market.sweep().then(() => undefined);
      const answers = await raceOf(() => [...racing.map((act) => perform(market, known, act)), sweep()]);
      for (const [nth, act] of racing.entries()) note(known, act, answers[nth]);
      await market.sweep();
      seen = await audit(market, ids, deeds, seen);
      market.world.clock.advance(pauseMs);
    }
    await market.pass(11 * HOUR_MS);
    const last = await audit(market, ids, deeds, seen);
    expect([...last.values()].filter(({ status, payment }) => status === "OPEN" || payment.held > 0)).toEqual([]);
  });
  await fc.assert(property, { numRuns: 100 });
}, 240_000);
