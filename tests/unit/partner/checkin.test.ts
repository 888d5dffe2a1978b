/** A check-in's code, as the table judges it: whatever was read before. */
import { expect, test } from "vitest";
import { checkinOf, exchangeCode, isOpen, revokeSession } from "#partner/checkin.item";
import { keyIn } from "#store/item";
import { idOf } from "#store/table";
import { itemsOf, openPartnership } from "../../support/partnership.ts";
import { NOW_MS } from "../../support/ports.ts";

const opened = async () => {
  const partnership = await openPartnership();
  await partnership.createUser();
  await partnership.checkIn();
  const [item] = itemsOf(partnership, "checkin");
  if (item === undefined) throw new Error("there is no check-in");
  const checkin = checkinOf(idOf(keyIn(item)), item);
  const { twin, ports } = partnership.world;
  const exchange = async (nowMs: number) => {
    const outcome = await twin.commit([exchangeCode(checkin, "token", nowMs)], ports.ids.uuid());
    return outcome.done ? "done" : outcome.otherwise;
  };
  return { checkin, exchange, revoke: () => twin.commit([revokeSession(checkin, NOW_MS)], "revoke") };
};

test.each([
  ["before its end", 299_999, "done", true],
  ["at its end", 300_000, "CODE_INVALID", false],
  ["after its end", 300_001, "CODE_INVALID", false],
])("a code is exchanged %s: %d ms", async (_, afterMs, outcome, isStillOpen) => {
  const { checkin, exchange } = await opened();
  expect([await exchange(NOW_MS + afterMs), isOpen(checkin, NOW_MS + afterMs)]).toEqual([outcome, isStillOpen]);
});

test("a code is exchanged once by those who have read it at once", async () => {
  const { exchange } = await opened();
  expect([await exchange(NOW_MS), await exchange(NOW_MS)]).toEqual(["done", "CODE_INVALID"]);
});

test("a code is not exchanged when it was revoked since it was read", async () => {
  const { exchange, revoke } = await opened();
  expect(await revoke()).toMatchObject({ done: true });
  expect(await exchange(NOW_MS)).toBe("CODE_INVALID");
});
