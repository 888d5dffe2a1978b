/** Random histories of partners under random interleavings: whatever is asked, repeated or raced, what is one user's is one user's. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { keyIn } from "#store/item";
import { put } from "#store/write";
import type { FaultKind } from "../../local/dynamodb/faults.ts";
import { takeCensus } from "../support/census.ts";
import type { Answered } from "../support/desk.ts";
import { openEngineStore } from "../support/engine.ts";
import { interleaved } from "../support/interleaving.ts";
import { A, ANN, B, openPartnership, type Partnership } from "../support/partnership.ts";

/** Something that is asked: of few users with few addresses, so that they meet. */
type Act =
  | {
      readonly act: "create";
      readonly by: "A" | "B";
      readonly user: number;
      readonly email: number;
      readonly phone: number;
    }
  | { readonly act: "checkIn"; readonly by: "A" | "B"; readonly user: number; readonly userId: number };

const by = fc.constantFrom("A" as const, "B" as const);
const few = fc.nat(3);
const anAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constant("create" as const), by, user: few, email: few, phone: few }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("checkIn" as const), by, user: few, userId: fc.nat(2) }) },
);
const aHistory = fc.array(fc.array(anAct, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 6 });

const perform = (partnership: Partnership, act: Act): Promise<Answered> => {
  const partner = act.by === "A" ? A : B;
  const referenceId = `user-${act.user}`;
  if (act.act === "checkIn") {
    const additionalData = act.userId === 0 ? {} : { userId: act.userId };
    return partnership.checkIn({ referenceId, additionalData }, partner);
  }
  const email = `${act.email % 2 === 0 ? "Ann" : "ann"}.${act.email >> 1}@example.com`;
  return partnership.createUser({ ...ANN, referenceId, email, phone: `+4179000000${act.phone}` }, partner);
};

test("no history gives two users what is one's, and what was answered once is answered again", async () => {
  const property = fc.asyncProperty(aHistory, fc.scheduler(), async (history, scheduler) => {
    const { replace, raceOf } = interleaved(scheduler);
    const partnership = await openPartnership({ replace });
    for (const acts of history) {
      const answers = await raceOf(() => acts.map((act) => perform(partnership, act)));
      for (const [nth, { status, body }] of answers.entries()) {
        const act = acts[nth];
        expect(act?.act === "create" ? [200, 403] : [200, 400, 403]).toContain(status);
        if (act?.act !== "create" || status !== 200) continue;
        const again = await perform(partnership, act);
        expect([again.status, again.body]).toEqual([200, body]);
      }
      takeCensus(partnership);
    }
  });
  await fc.assert(property, { numRuns: 150 });
}, 60_000);

const twenty = Array.from({ length: 20 });

/** One user, and 20 answers that say so, all but one of them a repetition. */
const expectOne = (answers: readonly Answered[]): void => {
  expect(answers.map(({ status }) => status)).toEqual(twenty.map(() => 200));
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  expect(answers.filter(({ headers }) => headers["idempotency-replayed"] === undefined)).toHaveLength(1);
};

test("20 equal creations in any interleaving are one user", async () => {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const { replace, raceOf } = interleaved(scheduler);
    const partnership = await openPartnership({ replace });
    expectOne(await raceOf(() => twenty.map(() => partnership.createUser())));
    takeCensus(partnership);
  });
  await fc.assert(property, { numRuns: 30 });
}, 60_000);

/** Partners on the embedded table. */
const onTheEngine = async () => {
  const { store, engine } = await openEngineStore();
  const partnership = await openPartnership({ replace: () => store });
  for (const item of partnership.world.twin.items())
    await store.commit([put(keyIn(item), item, [])], `fill ${item.pk} ${item.sk}`);
  return { ...partnership, faults: engine.faults };
};

test.each<readonly [string, readonly FaultKind[]]>([
  ["in peace", []],
  ["where twelve of them meet another's transaction", Array(12).fill("conflict")],
  [
    "where the table throttles, and answers are lost",
    ["throttle", "timeoutAfter", "conflict", "timeoutBefore", "timeoutAfter"],
  ],
])("20 equal creations at once are one user on the embedded table: %s", async (_, kinds) => {
  const { createUser, exists, faults } = await onTheEngine();
  faults.next(...kinds.map((kind) => ({ operation: "TransactWriteItems", kind })));
  expectOne(await Promise.all(twenty.map(() => createUser())));
  expect(faults.pending()).toEqual([]);
  expect((await exists({ id: ANN.phone, idType: "phone", userType: "user" })).body).toContain('"exists":true');
  expect((await createUser({ ...ANN, referenceId: "another" })).body).toMatch(/^\{"result":-177,/);
});

test("of 20 different creations at once that want one e-mail address, exactly one gets it, on the embedded table too", async () => {
  const { createUser, faults } = await onTheEngine();
  faults.next(...Array.from({ length: 8 }, () => ({ operation: "TransactWriteItems", kind: "conflict" }) as const));
  const answers = await Promise.all(
    twenty.map((_, n) => createUser({ ...ANN, referenceId: `user-${n}`, phone: `+417900000${n + 10}` })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...twenty.slice(1).map(() => 403)]);
  const refused = new Set(answers.filter(({ status }) => status === 403).map(({ body }) => body));
  expect([...refused]).toEqual([
    '{"result":-177,"Message":"Email already exists","payload":{"result":-177,"Message":"Email already exists"}}',
  ]);
});
