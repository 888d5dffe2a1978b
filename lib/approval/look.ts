/** How an approval is read: its row, and what else may have ended it; and how an end that was found is stored before it is told (approvals.md 5, W8). */
import { type Approval, type Ends, isKept, type Standing, standingAt } from "#approval/approval";
import { approvalOf, storeEnd } from "#approval/approval.item";
import { recordEvent } from "#approval/event";
import { begunIn, nextGenerationKey } from "#approval/scope.item";
import type { Ports } from "#ports";
import { maybeTimeIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { approvalKey, deviceKey } from "#store/keys/approval";
import type { Write } from "#store/write";

/** What was read of an approval, and what else was asked for beside it. */
export interface Look extends Ends {
  readonly approval: Approval | undefined;
  readonly beside: readonly (Item | undefined)[];
}

/** Reads an approval: its row, and only where that waits what else may have ended it. */
export const lookAt = async ({ store }: Pick<Ports, "store">, id: string, ...beside: readonly Key[]): Promise<Look> => {
  const [found, ...others] = await store.read([approvalKey(id), ...beside]);
  const approval = found && approvalOf(id, found);
  if (approval?.state !== "waiting") return { approval, beside: others };
  const { device } = approval;
  const [next, owner] = await store.read([
    nextGenerationKey(approval),
    ...(device === undefined ? [] : [deviceKey(device)]),
  ]);
  return {
    approval,
    beside: others,
    supersededAtMs: begunIn(next),
    removedAtMs: owner && maybeTimeIn(owner, "removedAtMs"),
  };
};

/** How what was read stands now, and the writes that store an end of which its row does not know. */
export interface Found {
  readonly approval: Approval;
  readonly standing: Standing;
  readonly writes: readonly Write[];
}

const types = { expired: "transaction.expired", cancelled: "transaction.cancelled" } as const;

/** A later start has announced what it has cancelled. */
const announce = (ports: Pick<Ports, "ids">, { token }: Approval, standing: Standing): readonly Write[] => {
  const { state, cause = "", endedAtMs = 0 } = standing;
  if (cause === "superseded" || (state !== "expired" && state !== "cancelled")) return [];
  return [recordEvent(ports, { type: types[state], actor: "clock", subject: token, detail: { cause } }, endedAtMs)];
};

/** How an approval stands at an instant; undefined where there is none, or none any more. */
export const findingOf = (ports: Pick<Ports, "ids">, look: Look, nowMs: number): Found | undefined => {
  const { approval } = look;
  if (approval === undefined || !isKept(approval, nowMs)) return undefined;
  const standing = standingAt(approval, look, nowMs);
  const isStored = standing.state === approval.state;
  return {
    approval,
    standing,
    writes: isStored ? [] : [...storeEnd(approval, standing, look), ...announce(ports, approval, standing)],
  };
};
