/** Random histories of approvals: one act after the other against a model of them, and many at once against what must hold anyway. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { MINUTE_MS, SECOND_MS } from "#kernel/time";
import { type Act, anAct, isSuccess, openPlace, type Place, perform, toldIn } from "../support/council.ts";
import type { Answered } from "../support/desk.ts";
import { check, memberOf } from "../support/enrolment.ts";
import { interleaved } from "../support/interleaving.ts";
import { takeMuster } from "../support/muster.ts";
import type { Decision, Listed } from "../support/phone.ts";

/** A transaction as it ought to be. */
interface Ideal {
  readonly by: number;
  readonly owner: number;
  readonly expiresAtMs: number;
  status: number;
  /** Forged decisions by phone. */
  readonly bad: number[];
}

/** What ought to be after what was done. */
interface Model {
  readonly transactions: Ideal[];
  readonly phones: { state: string }[];
}

const ends: Readonly<Record<Decision, number>> = { approve: 1, reject: 0, fraud: 5 };

const endAll = ({ transactions }: Model, status: number, which: (ideal: Ideal) => boolean): void => {
  for (const ideal of transactions) if (ideal.status === 2 && which(ideal)) ideal.status = status;
};

/** What a decision ought to lead to, of a phone that has listed the transaction. */
const judge = (ideal: Ideal, { phone, as, isForged }: Extract<Act, { act: "decide" }>): void => {
  if (ideal.status !== 2) return;
  if (!isForged) ideal.status = ends[as];
  else {
    ideal.bad[phone] = (ideal.bad[phone] ?? 0) + 1;
    if (ideal.bad[phone] === 5) ideal.status = 3;
  }
};

/** Lets the model learn what was done at this instant. */
const learn = (model: Model, act: Act, answered: Answered | undefined, nowMs: number): void => {
  const { transactions, phones } = model;
  endAll(model, 4, ({ expiresAtMs }) => nowMs >= expiresAtMs);
  if (answered === undefined) return;
  if (act.act === "start" && isSuccess(answered)) {
    if (act.flag) endAll(model, 6, ({ by, owner }) => by === act.by && owner === act.owner);
    const expiresAtMs = nowMs + act.seconds * SECOND_MS;
    transactions.push({ by: act.by, owner: act.owner, expiresAtMs, status: 2, bad: [] });
  }
  if (act.act === "cancel") endAll(model, 6, (ideal) => ideal === transactions[act.which]);
  const phone = "phone" in act ? phones[act.phone] : undefined;
  if (phone === undefined || phone.state === "REMOVED") return;
  const ideal = "which" in act ? transactions[act.which] : undefined;
  if (act.act === "decide" && ideal && phone.state === "ACTIVE") judge(ideal, act);
  if (act.act === "BlockDevice") phone.state = "BLOCKED";
  if (act.act === "UnblockDevice") phone.state = "ACTIVE";
  if (act.act === "RemoveDevice") {
    phone.state = "REMOVED";
    endAll(model, 6, ({ owner }) => owner === 2);
  }
};

const mayStart = ({ phones }: Model, owner: number): boolean =>
  owner === 0 ? phones.some(({ state }) => state === "ACTIVE") : phones[owner - 1]?.state === "ACTIVE";

/** What was answered is what the model says. */
const compare = (model: Model, place: Place, act: Act, answered: Answered): void => {
  const told = toldIn(answered);
  if ("which" in act && told !== undefined) expect(told).toBe(model.transactions[act.which]?.status);
  if (act.act === "start") expect(isSuccess(answered)).toBe(mayStart(model, act.owner));
  if (act.act === "list" && isSuccess(answered)) {
    const waiting = model.transactions.flatMap(({ status, owner }, nth) =>
      status === 2 && [0, act.phone + 1].includes(owner) ? [place.started[nth]?.token] : [],
    );
    const listed = memberOf<Listed[]>(answered, "Transactions").map(({ TransactionToken }) => TransactionToken);
    expect(listed).toEqual(waiting);
  }
};

/** Every transaction's status, when all polls are forgotten. */
const statusesOf = async ({ approvals, started }: Place): Promise<readonly (number | undefined)[]> => {
  approvals.world.clock.advance(4 * SECOND_MS);
  const statuses = [];
  for (const { token, by } of started) statuses.push(toldIn(await check(approvals, token, by)));
  return statuses;
};

test("one act after the other leads to what a simple model says", async () => {
  const property = fc.asyncProperty(fc.array(anAct, { minLength: 20, maxLength: 40, size: "max" }), async (acts) => {
    const place = await openPlace();
    const { clock } = place.approvals.world;
    const model: Model = { transactions: [], phones: [{ state: "ACTIVE" }, { state: "ACTIVE" }] };
    for (const act of acts) {
      // Starts of one millisecond have no order; and polls are few.
      clock.advance(SECOND_MS / 2);
      const answered = await perform(place, act);
      learn(model, act, answered, clock.nowMs);
      if (answered) compare(model, place, act, answered);
    }
    const statuses = await statusesOf(place);
    learn(model, { act: "wait", seconds: 4 }, undefined, clock.nowMs);
    expect(statuses).toEqual(model.transactions.map(({ status }) => status));
  });
  await fc.assert(property, { numRuns: 150 });
}, 120_000);

const tokenOf = ({ started }: Place, act: Act | undefined): string | undefined =>
  act && "which" in act ? started[act.which]?.token : undefined;

/** What was told of each transaction when it was over, by token: it is never told otherwise, and once it was told nobody hears that it waits. */
const remember = (
  over: Map<string, number>,
  answers: readonly (readonly [string | undefined, number | undefined])[],
) => {
  const before = new Map(over);
  for (const [token, told] of answers) {
    if (token === undefined || told === undefined) continue;
    expect(before.get(token) ?? told).toBe(told);
    // Of what is told at once, some was true a moment earlier.
    if (told === 2) continue;
    expect(over.get(token) ?? told).toBe(told);
    over.set(token, told);
  }
};

test("no history, whatever happens at once, changes a status that was told as the last one", async () => {
  const batches = fc.array(fc.array(anAct, { minLength: 2, maxLength: 6, size: "max" }), {
    minLength: 2,
    maxLength: 8,
    size: "max",
  });
  // Every Lambda looks at a clock of its own.
  const skews = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 9 });
  const property = fc.asyncProperty(batches, skews, fc.scheduler(), async (history, skewsMs, scheduler) => {
    const { replace, raceOf } = interleaved(scheduler);
    const place = await openPlace(replace);
    let looks = 0;
    place.approvals.world.clock.skewMs = () => skewsMs[++looks % skewsMs.length] ?? 0;
    const over = new Map<string, number>();
    for (const acts of history) {
      const answers = await raceOf(() => acts.map((act) => perform(place, act)));
      for (const answered of answers)
        if (answered) expect([200, 400, 401, 403, 404, 409, 410, 429]).toContain(answered.status);
      const heard = answers.map((answered, nth) => [tokenOf(place, acts[nth]), answered && toldIn(answered)] as const);
      remember(over, heard);
      const statuses = await statusesOf(place);
      remember(
        over,
        statuses.map((told, nth) => [place.started[nth]?.token, told] as const),
      );
      takeMuster(place.approvals);
    }
    place.approvals.world.clock.advance(10 * MINUTE_MS);
    expect(await statusesOf(place)).not.toContain(2);
    takeMuster(place.approvals);
  });
  await fc.assert(property, { numRuns: 150 });
}, 120_000);
