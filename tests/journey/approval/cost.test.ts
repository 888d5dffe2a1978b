/** approvals.md 6: whatever waits, a call asks the table as often, and for as many items. */
import { describe, expect, test } from "vitest";
import { kindOf } from "#store/table";
import type { Store } from "#store/write";
import { type Approvals, openApprovals } from "../../support/approval.ts";
import type { Answered } from "../../support/desk.ts";
import { cancel, check, decide, enrol, listedFor, ownedBy, start, startOf } from "../../support/enrolment.ts";
import type { Listed, Phone } from "../../support/phone.ts";

/** What is asked of the table, in a line each; the limiter's buckets are apart. */
const recording = (store: Store, lines: string[]): Store => ({
  read: (keys) => {
    lines.push(`read ${keys.length}`);
    return store.read(keys);
  },
  readEach: (keys) => {
    lines.push(`read ${keys.length}`);
    return store.readEach(keys);
  },
  list: (range) => {
    lines.push("list");
    return store.list(range);
  },
  commit: (writes, token) => {
    if (writes.every(({ key }) => kindOf(key) !== "rate")) lines.push(`commit ${writes.length}`);
    return store.commit(writes, token);
  },
});

interface Given {
  readonly approvals: Approvals;
  readonly phone: Phone;
  /** The transaction that is asked about. */
  readonly token: string;
  readonly listed: Listed;
}

const calls: Readonly<Record<string, (given: Given) => Promise<Answered>>> = {
  "a start": ({ approvals }) => approvals.core("StartTransaction", startOf()),
  "a start that cancels": ({ approvals }) =>
    approvals.core("StartTransaction", startOf({ CancelPendingTransactions: true })),
  "a phone's own start that cancels": ({ approvals, phone }) =>
    approvals.core("StartTransaction", startOf({ ...ownedBy(phone), CancelPendingTransactions: true })),
  "a check": ({ approvals, token }) => check(approvals, token),
  "a cancellation": ({ approvals, token }) => cancel(approvals, token),
  "a decision": ({ approvals, phone, listed }) => decide(approvals, phone, listed),
  "a removal": ({ approvals, phone }) => approvals.core("RemoveDevice", { OwnerKey: phone.ownerKey, Reason: "SOLD" }),
};

/** What a call asks of the table, where so many wait besides. */
const askedBy = async (call: (given: Given) => Promise<Answered>, waiting: number): Promise<readonly string[]> => {
  const lines: string[] = [];
  const approvals = await openApprovals((twin) => recording(twin, lines));
  const phone = await enrol(approvals);
  const token = await start(approvals);
  const listed = await listedFor(approvals, phone, token);
  for (let nth = 0; nth < waiting; nth++) await start(approvals, nth % 2 === 0 ? {} : ownedBy(phone));
  lines.length = 0;
  const answered = await call({ approvals, phone, token, listed });
  expect(JSON.parse(answered.body).Success).toBe(true);
  return lines;
};

describe.each(Object.entries(calls))("%s", (_, call) => {
  test("costs the same where nothing waits besides, and where eighteen do", async () => {
    const [alone, besides] = [await askedBy(call, 0), await askedBy(call, 18)];
    expect(besides).toEqual(alone);
  });
});

test("a check after eighteen were cancelled by one start costs the same for each", async () => {
  const lines: string[] = [];
  const approvals = await openApprovals((twin) => recording(twin, lines));
  await enrol(approvals);
  const tokens = [];
  for (let nth = 0; nth < 18; nth++) tokens.push(await start(approvals));
  await start(approvals, { CancelPendingTransactions: true });
  const costs: (readonly string[])[] = [];
  for (const token of tokens) {
    lines.length = 0;
    expect((await check(approvals, token)).body).toContain('"Status":6');
    costs.push([...lines]);
  }
  expect(costs).toEqual(costs.map(() => costs[0]));
});

test("a list of twenty costs as many round trips as a list of one", async () => {
  const lines: string[] = [];
  const approvals = await openApprovals((twin) => recording(twin, lines));
  const phone = await enrol(approvals);
  const shapes = [];
  for (const more of [1, 19]) {
    for (let nth = 0; nth < more; nth++) await start(approvals);
    lines.length = 0;
    await approvals.device(phone, "transactions/pending");
    shapes.push(lines.map((line) => line.split(" ")[0]));
  }
  expect(shapes[1]).toEqual(shapes[0]);
});
