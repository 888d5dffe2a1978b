/** What was committed first counts: nothing is decided once it is closed, and a phone that was there before a start may decide. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { kindOf } from "#store/table";
import type { Write } from "#store/write";
import { type Approvals, type Json, openApprovals } from "../support/approval.ts";
import type { Answered } from "../support/desk.ts";
import {
  activationOf,
  cancel,
  decide,
  enrol,
  issueCode,
  itemsOf,
  listedFor,
  memberOf,
  ownedBy,
  pendingOf,
  start,
  startOf,
  statusOf,
} from "../support/enrolment.ts";
import { interleaved } from "../support/interleaving.ts";
import { takeMuster } from "../support/muster.ts";
import { makeKey, type Phone } from "../support/phone.ts";
import type { Twin } from "../support/twin.ts";

/** What a write does to approvals and phones, in a word: a state, a generation, another phone. */
const wordOf = (write: Write): string | undefined => {
  const kind = kindOf(write.key);
  if (write.kind === "put") return kind === "approval" && write.item.state !== undefined ? "started" : undefined;
  if (write.kind !== "update") return undefined;
  const { state, generation, devSeq } = write.set;
  if (devSeq !== undefined) return "activated";
  return state === undefined && generation === undefined ? undefined : String(state ?? generation);
};

/** A twin that notes these words in the order in which they were committed. */
const noting = (twin: Twin, words: string[]): Twin => ({
  ...twin,
  commit: async (writes, token) => {
    const outcome = await twin.commit(writes, token);
    if (outcome.done) words.push(...writes.flatMap((write) => wordOf(write) ?? []));
    return outcome;
  },
});

/** What ends a phone's own approval, or the phone. */
const closers: Readonly<Record<string, (approvals: Approvals, phone: Phone, token: string) => Promise<Answered>>> = {
  "a start that cancels": ({ core }, phone) =>
    core("StartTransaction", startOf({ ...ownedBy(phone), CancelPendingTransactions: true })),
  "a cancellation": (approvals, _, token) => cancel(approvals, token),
  "the phone's block": ({ core }, { ownerKey }) => core("BlockDevice", { OwnerKey: ownerKey, Reason: "LOST" }),
  "the phone's removal": ({ core }, { ownerKey }) => core("RemoveDevice", { OwnerKey: ownerKey, Reason: "LOST" }),
};

test.each(Object.entries(closers))(
  "nothing is decided after %s has been committed",
  (_, close) => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { replace, raceOf } = interleaved(scheduler);
      const words: string[] = [];
      const approvals = await openApprovals((twin) => replace(noting(twin, words)));
      const phone = await enrol(approvals);
      const token = await start(approvals, ownedBy(phone));
      const listed = await listedFor(approvals, phone, token);
      words.length = 0;
      const [decision] = await raceOf(() => [decide(approvals, phone, listed), close(approvals, phone, token)]);
      expect(words.indexOf("approved")).toBe(decision?.status === 200 ? 0 : -1);
      const open = words[0] === "BLOCKED" ? 2 : 6;
      expect(await statusOf(approvals, token)).toBe(decision?.status === 200 ? 1 : open);
      takeMuster(approvals);
    });
    return fc.assert(property, { numRuns: 40 });
  },
  60_000,
);

/** Its time is over between a channel's reading and its judgement, and before that something else has been committed. */
test.each(Object.entries(closers))("a time that is over says nothing of what %s had ended before", async (_, close) => {
  const hook: { once?: (() => Promise<void>) | undefined } = {};
  const approvals = await openApprovals((twin) => ({
    ...twin,
    read: async (keys) => {
      const items = await twin.read(keys);
      if (!keys.some((key) => kindOf(key) === "approvalScope")) return items;
      const { once } = hook;
      hook.once = undefined;
      await once?.();
      return items;
    },
  }));
  const { clock } = approvals.world;
  const phone = await enrol(approvals);
  const token = await start(approvals, ownedBy(phone));
  const { ExpiresAt } = await listedFor(approvals, phone, token);
  clock.nowMs = ExpiresAt - 1;
  hook.once = async () => {
    expect((await close(approvals, phone, token)).status).toBe(200);
    clock.nowMs = ExpiresAt;
  };
  const told = await statusOf(approvals, token);
  const [device] = itemsOf(approvals, "device");
  expect([told, hook.once]).toEqual([device?.state === "BLOCKED" ? 4 : 6, undefined]);
  takeMuster(approvals);
});

const gone = ["BlockDevice", "RemoveDevice"] as const;
const kinds: Readonly<Record<string, (phone: Phone) => Json>> = { "a phone": ownedBy, "any phone": () => ({}) };
const goings = gone.flatMap((method) => Object.entries(kinds).map(([what, owner]) => ({ method, what, owner })));

test.each(goings)(
  "nothing is started for $what after $method has been committed for the only one",
  ({ method, owner }) => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { replace, raceOf } = interleaved(scheduler);
      const words: string[] = [];
      const approvals = await openApprovals((twin) => replace(noting(twin, words)));
      const phone = await enrol(approvals);
      words.length = 0;
      const [started] = await raceOf(() => [
        approvals.core("StartTransaction", startOf(owner(phone))),
        approvals.core(method, { OwnerKey: phone.ownerKey, Reason: "LOST" }),
      ]);
      expect(words.indexOf("started")).toBe(JSON.parse((started as Answered).body).Success ? 0 : -1);
      takeMuster(approvals);
    });
    return fc.assert(property, { numRuns: 40 });
  },
  60_000,
);

test("a phone that is activated while something is started may decide it if it was there first, and not otherwise", async () => {
  const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
    const { replace, raceOf } = interleaved(scheduler);
    const words: string[] = [];
    const approvals = await openApprovals((twin) => replace(noting(twin, words)));
    await enrol(approvals);
    const [otp, key] = [await issueCode(approvals), makeKey()];
    words.length = 0;
    const [activated] = await raceOf(() => [
      approvals.activate(activationOf(approvals, otp, { key })),
      approvals.core("StartTransaction", startOf()),
    ]);
    const phone: Phone = { ownerKey: memberOf(activated as Answered, "OwnerKey"), key, format: "p1363" };
    expect(await pendingOf(approvals, phone)).toHaveLength(words[0] === "activated" ? 1 : 0);
    takeMuster(approvals);
  });
  await fc.assert(property, { numRuns: 40 });
}, 60_000);
