/** What waits for an identity's devices: one item with a field for each, so that a decision takes its own out without having read the others (approvals.md 6, PEND). */
import type { Approval, Owner } from "#approval/approval";
import { equals } from "#store/condition";
import { integerIn } from "#store/field";
import type { Item } from "#store/item";
import { pendingKey } from "#store/keys/approval";
import { update, type Write } from "#store/write";

/** An approval that waits, as far as one can tell without reading it. */
export interface Slot extends Owner {
  readonly token: string;
  readonly client: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly devSeq: bigint;
}

const SLOT = "slot:";

const slotText = ({ client, device, createdAtMs, expiresAtMs, devSeq }: Slot): string =>
  JSON.stringify({ client, device, createdAtMs, expiresAtMs, devSeq: String(devSeq) });

/** All slots of an item, the oldest first. */
export const slotsIn = (identity: string, item: Item | undefined): readonly Slot[] =>
  Object.entries(item ?? {})
    .filter(([field]) => field.startsWith(SLOT))
    .map(([field, text]): Slot => {
      const { devSeq, ...said } = JSON.parse(String(text));
      return { ...said, token: field.slice(SLOT.length), identity, devSeq: BigInt(devSeq) };
    })
    .toSorted((one, other) => one.createdAtMs - other.createdAtMs || (one.token < other.token ? -1 : 1));

/** Whether it still waits: one that has ended otherwise has no slot any more. */
export const isWaiting = ({ expiresAtMs }: Slot, nowMs: number): boolean => nowMs < expiresAtMs;

/** Whether two were started by the same client for the same owner: the later cancels the earlier, if it says so. */
export const isSameScope = (one: Owner & Pick<Slot, "client">, other: Owner & Pick<Slot, "client">): boolean =>
  one.client === other.client && one.device === other.device && one.identity === other.identity;

/** The write that adds a slot and drops others, if no slot has come or gone since the item was read (W4). */
export const addSlot = (slot: Slot, dropped: readonly Slot[], before: Item | undefined): Write =>
  update(
    pendingKey(slot.identity),
    {
      set: { [SLOT + slot.token]: slotText(slot) },
      add: { version: 1n },
      remove: dropped.map(({ token }) => SLOT + token),
      orCreate: true,
    },
    [[equals("version", before && integerIn(before, "version")), "stale"]],
  );

/** The write that takes a slot out, if it still is there (W6, W7, W8). */
export const dropSlot = ({ identity, token }: Pick<Approval, "identity" | "token">): Write =>
  update(pendingKey(identity), { add: { version: 1n }, remove: [SLOT + token] });
