/** Races about approvals in any order, on the twin and on the embedded table: five tries of a code, one end of a transaction, one device of a code. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { keyIn } from "#store/item";
import { kindOf } from "#store/table";
import { put, type Store } from "#store/write";
import { showHappenings } from "../../local/admin/approval.ts";
import type { FaultKind } from "../../local/dynamodb/faults.ts";
import { type Approvals, openApprovals } from "../support/approval.ts";
import type { Answered } from "../support/desk.ts";
import { openEngineStore } from "../support/engine.ts";
import {
  activationOf,
  cancel,
  decide,
  endings,
  enrol,
  issueCode,
  itemsOf,
  listedFor,
  memberOf,
  pendingOf,
  start,
  startOf,
  statusOf,
  wrongCode,
} from "../support/enrolment.ts";
import { refused, said } from "../support/envelope.ts";
import { interleaved } from "../support/interleaving.ts";
import { type Listed, makeKey, type Phone } from "../support/phone.ts";
import type { Twin } from "../support/twin.ts";

const times = <Made>(count: number, make: (nth: number) => Made): readonly Made[] =>
  Array.from({ length: count }, (_, nth) => make(nth));

/** A store that counts the tries that are reserved: updates of an identity alone that were done. */
const countingTries = (store: Store) => {
  const tries = { reserved: 0 };
  const counted: Store = {
    ...store,
    commit: async (writes, token) => {
      const outcome = await store.commit(writes, token);
      const isReservation = writes.length === 1 && writes.every(({ key }) => kindOf(key) === "identity");
      if (isReservation && outcome.done) tries.reserved += 1;
      return outcome;
    },
  };
  return { tries, counted };
};

/** Whatever is asked in a race, asked at once. */
type Racing = (calls: () => readonly Promise<Answered>[]) => Promise<readonly Answered[]>;

const atOnce: Racing = (calls) => Promise.all(calls());

/** Fifty guesses at a code, from so many addresses: five are evaluated, and then not even the right code is good. */
const guessFiftyTimes = async (approvals: Approvals, tries: { reserved: number }, race: Racing): Promise<void> => {
  const otp = await issueCode(approvals);
  const [key, approvalsNow] = [makeKey(), approvals.world.clock.nowMs];
  const wrong = activationOf(approvals, wrongCode(otp), { key });
  tries.reserved = 0;
  const answers = await race(() => times(50, (nth) => approvals.activate(wrong, `192.0.2.${nth}`)));
  expect(answers.map(said)).toEqual(Array(50).fill(refused("9420", approvalsNow)));
  expect(tries.reserved).toBe(5);
  expect(said(await approvals.activate(activationOf(approvals, otp, { key })))).toBe(refused("9420", approvalsNow));
  expect(tries.reserved).toBe(5);
};

/** A transaction that five phones of a customer's have listed. */
const openCouncil = async (approvals: Approvals) => {
  const phones = [];
  for (let nth = 0; nth < 5; nth++) phones.push(await enrol(approvals, { changes: { DeviceName: `phone ${nth}` } }));
  const token = await start(approvals);
  const council: (readonly [Phone, Listed])[] = [];
  for (const phone of phones) council.push([phone, await listedFor(approvals, phone, token)]);
  return { token, council };
};

/** How many ends the desk's events tell of, wherever its table is. */
const countEnds = async ({ world }: Approvals): Promise<number> => {
  const { events } = await showHappenings(world.ports, {});
  return events.filter(({ type }) => /^transaction\.(decided|expired|cancelled|failed)$/.test(type)).length;
};

/** Fifty say how it shall end: five phones five times each, approving and rejecting, and 25 that cancel. */
const fiftyDecide = async (approvals: Approvals, race: Racing): Promise<void> => {
  const { token, council } = await openCouncil(approvals);
  const before = await countEnds(approvals);
  const answers = await race(() =>
    times(25, (nth) => {
      const [phone, listed] = council[nth % 5] ?? [];
      if (phone === undefined || listed === undefined) throw new Error("the council has five members");
      return [decide(approvals, phone, listed, nth % 2 === 0 ? "approve" : "reject"), cancel(approvals, token)];
    }).flat(),
  );
  const end = await statusOf(approvals, token);
  expect([0, 1, 6]).toContain(end);
  for (const { status, body } of answers) {
    expect([200, 409]).toContain(status);
    // Whoever was answered at all was told the one end.
    expect(JSON.parse(body).Status).toBe(end);
  }
  expect(answers.filter(({ body }) => JSON.parse(body).Success)).not.toEqual([]);
  const decidedAts = answers.flatMap(({ body }) => JSON.parse(body).DecidedAt ?? []);
  expect(new Set(decidedAts).size).toBeLessThanOrEqual(1);
  expect((await countEnds(approvals)) - before).toBe(1);
  for (const [phone] of council) expect(await pendingOf(approvals, phone)).toEqual([]);
};

/** Two starts that cancel, at once: what waited is cancelled, and one of them waits. */
const twoCancel = async (approvals: Approvals, race: Racing): Promise<void> => {
  const phone = await enrol(approvals);
  const waiting = await start(approvals);
  const body = startOf({ CancelPendingTransactions: true });
  const answers = await race(() => times(2, () => approvals.core("StartTransaction", body)));
  const tokens = answers.map((answered) => memberOf<string>(answered, "TranscationToken"));
  expect(await statusOf(approvals, waiting)).toBe(6);
  const statuses = [await statusOf(approvals, tokens[0] ?? ""), await statusOf(approvals, tokens[1] ?? "")];
  expect(statuses.toSorted()).toEqual([2, 6]);
  const [left, ...others] = await pendingOf(approvals, phone);
  expect([left?.TransactionToken, others]).toEqual([tokens[statuses.indexOf(2)], []]);
};

/** Whatever is played, in any order of its calls of the store. */
const inAnyOrder = async (
  play: (approvals: Approvals, race: Racing, tries: { reserved: number }) => Promise<void>,
  numRuns: number,
): Promise<void> => {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const { replace, raceOf } = interleaved(scheduler);
    const counters: { tries: { reserved: number } } = { tries: { reserved: 0 } };
    const approvals = await openApprovals((twin: Twin) => {
      const { tries, counted } = countingTries(replace(twin));
      counters.tries = tries;
      return counted;
    });
    await play(approvals, raceOf, counters.tries);
  });
  await fc.assert(property, { numRuns });
};

describe("in any order", () => {
  test(
    "approvals #7: of 50 wrong guesses at once, exactly five are evaluated, and the right code is none any more",
    () => inAnyOrder((approvals, race, tries) => guessFiftyTimes(approvals, tries, race), 10),
    60_000,
  );

  test(
    "approvals #16: of 50 that decide and cancel at once, one wins, everybody hears it, and one event tells it",
    () => inAnyOrder(fiftyDecide, 15),
    60_000,
  );

  test(
    "of 20 forged decisions of a phone at once five are evaluated, and nobody's counts after",
    () =>
      inAnyOrder(async (approvals, race) => {
        const phone = await enrol(approvals);
        const token = await start(approvals);
        const listed = await listedFor(approvals, phone, token);
        const forged = { changes: { Signature: Buffer.alloc(64, 1).toString("base64") } };
        const answers = await race(() => times(20, () => decide(approvals, phone, listed, "approve", forged)));
        expect(itemsOf(approvals, "approval").flatMap(({ tries }) => tries ?? [])).toEqual([5n]);
        const now = approvals.world.clock.nowMs;
        for (const answered of answers)
          expect([refused("9421", now), refused("9409", now, 3)]).toContain(said(answered));
        expect(said(await decide(approvals, phone, listed))).toBe(refused("9409", now, 3));
        expect(await statusOf(approvals, token)).toBe(3);
        expect(endings(approvals)).toHaveLength(1);
      }, 15),
    60_000,
  );

  test("approvals #17: two starts that cancel leave one waiting", () => inAnyOrder(twoCancel, 30), 60_000);

  test(
    "approvals #9: a code makes one device of ten that use it at once, and its key hears it again",
    () =>
      inAnyOrder(async (approvals, race) => {
        const otp = await issueCode(approvals);
        const now = approvals.world.clock.nowMs;
        const bodies = times(5, () => activationOf(approvals, otp));
        const answers = await race(() => [...bodies, ...bodies].map((body) => approvals.activate(body)));
        const made = answers.filter(({ status }) => status === 200);
        expect(new Set(made.map(said)).size).toBe(1);
        for (const answered of answers.filter(({ status }) => status !== 200))
          expect(said(answered)).toBe(refused("9420", now));
        const { Devices } = JSON.parse((await approvals.core("ListDevices", { CustomerId: "999" })).body);
        expect(Devices).toHaveLength(1);
      }, 30),
    60_000,
  );

  test(
    "a transaction that a phone fetches ten times at once has one challenge",
    () =>
      inAnyOrder(async (approvals, race) => {
        const phone = await enrol(approvals);
        await start(approvals);
        const lists = await race(() => times(10, () => approvals.device(phone, "transactions/pending")));
        const listed = lists
          .filter(({ status }) => status === 200)
          .flatMap((answered) => memberOf<Listed[]>(answered, "Transactions"));
        expect(new Set(listed.map(({ Challenge }) => Challenge)).size).toBe(1);
      }, 30),
    60_000,
  );

  test(
    "a start that is sent ten times at once with one key is one transaction",
    () =>
      inAnyOrder(async (approvals, race) => {
        const phone = await enrol(approvals);
        const once = { headers: { "idempotency-key": "once" } };
        const answers = await race(() => times(10, () => approvals.core("StartTransaction", startOf(), once)));
        const tokens = answers
          .filter(({ status }) => status === 200)
          .map((answered) => memberOf<string>(answered, "TranscationToken"));
        expect(new Set(tokens).size).toBe(1);
        // Others hear at the worst that they shall come back.
        expect(answers.filter(({ status }) => ![200, 429].includes(status))).toEqual([]);
        expect((await pendingOf(approvals, phone)).map(({ TransactionToken }) => TransactionToken)).toEqual([
          tokens[0],
        ]);
      }, 30),
    60_000,
  );
});

/** A desk on the embedded table, where this goes wrong next. */
const onTheEngine = async (...kinds: readonly FaultKind[]) => {
  const { store, engine } = await openEngineStore();
  const { tries, counted } = countingTries(store);
  const approvals = await openApprovals(() => counted);
  for (const item of approvals.world.twin.items())
    await store.commit([put(keyIn(item), item, [])], `fill ${item.pk} ${item.sk}`);
  const meet = () => engine.faults.next(...kinds.map((kind) => ({ operation: "TransactWriteItems", kind })));
  return { approvals, tries, meet, pending: engine.faults.pending };
};

const troubles: readonly (readonly [string, readonly FaultKind[]])[] = [
  ["in peace", []],
  ["where four meet another's transaction", Array(4).fill("conflict")],
  ["where answers are lost", ["timeoutAfter", "timeoutBefore", "timeoutAfter"]],
];

describe("on the embedded table", () => {
  test("approvals #7: of 50 wrong guesses at once, exactly five are evaluated", async () => {
    const { approvals, tries } = await onTheEngine();
    await guessFiftyTimes(approvals, tries, atOnce);
  });

  test("approvals #16: of 50 that decide and cancel at once, one wins, everybody hears it, and one event tells it", async () => {
    const { approvals } = await onTheEngine();
    await fiftyDecide(approvals, atOnce);
  });

  test.each(troubles)("approvals #17: two starts that cancel leave one waiting, %s", async (_, kinds) => {
    const { approvals, meet, pending } = await onTheEngine(...kinds);
    await twoCancel(approvals, (calls) => {
      meet();
      return atOnce(calls);
    });
    expect(pending()).toEqual([]);
  });
});
