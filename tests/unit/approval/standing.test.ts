/** How an approval stands at an instant, whatever its row says (approvals.md 5, effective status). */
import { expect, test } from "vitest";
import { type Approval, type Ends, isKept, mayDecide, type Standing, standingAt } from "#approval/approval";
import { DAY_MS } from "#kernel/time";

const START = 1_767_312_000_000;
const END = START + 60_000;

const waiting: Approval = {
  id: "id",
  token: "AAECAwQFBgcICQoLDA0ODw==",
  client: "bank-web",
  identity: "ann",
  name: "WEBLOGIN",
  contentSha: "",
  createdAtMs: START,
  expiresAtMs: END,
  keptUntilMs: END + 30 * DAY_MS,
  generation: 0n,
  devSeq: 2n,
  isBound: false,
  state: "waiting",
};

const open: Standing = { state: "waiting" };
const expired: Standing = { state: "expired", cause: "expired", endedAtMs: END };
const superseded = (endedAtMs: number): Standing => ({ state: "cancelled", cause: "superseded", endedAtMs });
const orphaned = (endedAtMs: number): Standing => ({ state: "cancelled", cause: "deviceRemoved", endedAtMs });

const cases: readonly (readonly [string, Ends, number, Standing])[] = [
  ["a millisecond before its deadline", {}, END - 1, open],
  ["at its deadline", {}, END, expired],
  ["superseded in time, looked at in time", { supersededAtMs: START + 1 }, START + 2, superseded(START + 1)],
  ["superseded in time, looked at too late", { supersededAtMs: END - 1 }, END + 20_000, superseded(END - 1)],
  ["superseded at its deadline", { supersededAtMs: END }, END, expired],
  ["superseded at its deadline by a clock ahead of ours", { supersededAtMs: END }, END - 1, open],
  ["whose device was removed in time", { removedAtMs: END - 1 }, END, orphaned(END - 1)],
  ["whose device was removed at its deadline", { removedAtMs: END }, END, expired],
  ["superseded before its device was removed", { supersededAtMs: 1, removedAtMs: 2 }, END, superseded(1)],
  ["superseded after its device was removed", { supersededAtMs: 2, removedAtMs: 1 }, END, orphaned(1)],
];

test.each(cases)("an approval that waits, %s", (_, ends, nowMs, standing) => {
  expect(standingAt(waiting, ends, nowMs)).toEqual(standing);
});

test.each(["approved", "rejected", "fraud", "cancelled", "failed", "expired"] as const)(
  "one that is %s by its row stays so, whatever else was found",
  (state) => {
    const ended = { ...waiting, state, endedAtMs: END - 1 };
    expect(standingAt(ended, { supersededAtMs: START, removedAtMs: START }, END + 1)).toEqual(ended);
  },
);

test("it can be read for thirty days after its deadline", () => {
  expect([30 * DAY_MS - 1, 30 * DAY_MS].map((ms) => isKept(waiting, END + ms))).toEqual([true, false]);
});

const device = { ownerKey: "phone", identity: "ann", seq: 2n };

test.each([
  ["any of the identity's", {}, device, true],
  ["one that came after the start", {}, { ...device, seq: 3n }, false],
  ["one of another identity", {}, { ...device, identity: "bea" }, false],
  ["the one that is named", { device: "phone" }, { ...device, seq: 9n }, true],
  ["another than is named", { device: "tablet" }, device, false],
] as const)("may %s decide", (_, owner, by, may) => {
  expect(mayDecide({ ...waiting, ...owner }, by)).toBe(may);
});
