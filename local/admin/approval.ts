/** How an operator looks at approvals: how one stands, what proves it, and what has happened. */
import type { Approval, Standing } from "#approval/approval";
import { storedDecisionIn } from "#approval/approval.item";
import { CHANNELS_OWNER } from "#approval/channel";
import { bindingCodeOf } from "#approval/code";
import type { Device } from "#approval/device";
import { readDevices } from "#approval/devices";
import { eventLists } from "#approval/event";
import type { SignedDecision } from "#approval/evidence";
import { findingOf, lookAt } from "#approval/look";
import { approvalIdOf } from "#approval/token";
import { Refused, refuse } from "#kernel/refusal";
import { utcDay } from "#kernel/time";
import type { Ports } from "#ports";
import { type Event, readEvents } from "#store/event";
import { approvalKey } from "#store/keys/approval";
import { type Verified, verifyStored } from "./evidence.ts";

/** A decision with what proves it. */
export interface Proof extends SignedDecision, Verified {
  readonly format: Device["format"] | undefined;
}

/** An approval as it is shown: never its content. */
export interface ShownApproval {
  readonly approval: Approval;
  readonly standing: Standing;
  /** Where a device has decided. */
  readonly proof?: Proof;
}

/** An approval as it stands now, and whether its decision verifies; refuses APPROVAL_UNKNOWN. */
export const showApproval = async (ports: Ports, { token }: { readonly token: string }): Promise<ShownApproval> => {
  const id = approvalIdOf(token);
  const finding = findingOf(ports, await lookAt(ports, id), ports.clock());
  if (finding === undefined) throw new Refused(refuse("APPROVAL_UNKNOWN"));
  const { approval, standing } = finding;
  const [item] = await ports.store.read([approvalKey(id)]);
  const stored = item && storedDecisionIn(item);
  if (stored === undefined) return { approval, standing };
  const [device] = await readDevices(ports, [stored.ownerKey]);
  const boundTo = bindingCodeOf((await ports.secrets()).pepper, token);
  const proof = { ...stored, ...verifyStored(approval, stored, device, boundTo), format: device?.format };
  return { approval, standing, proof };
};

/** What has happened to approvals, devices and identities on a UTC day. */
export interface ShownHappenings {
  readonly day: string;
  readonly events: readonly Event[];
}

/** Reads what has happened on a UTC day (`2026-11-20`), today unless told otherwise, oldest first. */
export const showHappenings = async (
  ports: Ports,
  { day = utcDay(ports.clock()) }: { readonly day?: string | undefined },
): Promise<ShownHappenings> => {
  const lists = await Promise.all(eventLists.map((list) => readEvents(ports.store, CHANNELS_OWNER, day, list)));
  const inOrder = (one: Event, other: Event): number => one.atMs - other.atMs || (one.id < other.id ? -1 : 1);
  return { day, events: lists.flat().toSorted(inOrder) };
};
