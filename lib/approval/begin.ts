/** How an approval is begun, whoever asks for it: a channel (approvals.md 2.3) or another slice. */
import { type Approval, MOST_WAITING, type Owner, typeOf } from "#approval/approval";
import { beginApproval } from "#approval/approval.item";
import { bindingCodeOf } from "#approval/code";
import { checkActive, deviceOf } from "#approval/device.item";
import { recordEvent } from "#approval/event";
import { isOwnerKey } from "#approval/fields";
import { digestOfIdentity, type Named } from "#approval/identity";
import { checkDevices, identityOf } from "#approval/identity.item";
import { addSlot, isSameScope, isWaiting, type Slot, slotsIn } from "#approval/pending.item";
import { wakeDevices } from "#approval/push";
import type { Started } from "#approval/reply";
import { checkGeneration, generationIn, nextGeneration, scopeKeyOf } from "#approval/scope.item";
import { sha256 } from "#approval/signature";
import { markerIn, markerKey, putMarker } from "#approval/start.item";
import { approvalIdOf } from "#approval/token";
import { Refused, refuse } from "#kernel/refusal";
import { SECOND_MS } from "#kernel/time";
import type { Ports } from "#ports";
import { decideOn, deny, say, type Verdict } from "#store/decide";
import type { Item, Key } from "#store/item";
import { deviceKey, identityKey, pendingKey } from "#store/keys/approval";
import type { Write } from "#store/write";

/** What is begun. */
export interface Beginning {
  readonly client: string;
  /** One device, or any of an identity's. */
  readonly owner: { readonly ownerKey: string } | Named;
  readonly content: string;
  readonly name: string;
  readonly timeoutSeconds: number;
  /** Whether what the same client has waiting for the same owner is cancelled. */
  readonly cancelsWaiting: boolean;
  readonly isBound: boolean;
  /** By which a repeated start is known, and a digest of all that it says. */
  readonly key?: { readonly text: string; readonly body: string } | undefined;
}

/** Begins an approval, and wakes the devices that may decide. Throws the refusals KEY_REUSED, OWNER_UNKNOWN and WAITING_FULL. */
export const begin = async (beginning: Beginning, ports: Ports): Promise<Started> => {
  const { pepper } = await ports.secrets();
  const { client, key, owner } = beginning;
  if ("ownerKey" in owner && !isOwnerKey(owner.ownerKey)) throw new Refused(refuse("OWNER_UNKNOWN"));
  const marker = key && { key: markerKey(pepper, client, key.text), body: key.body };
  const asked = "ownerKey" in owner ? owner : { identity: digestOfIdentity(pepper, owner) };
  const read = () => readWorld(ports, client, asked, marker?.key);
  const begun = await decideOn(ports, read, (world, nowMs): Verdict<Begun> => {
    const earlier = markerIn(world.marker, nowMs);
    if (earlier !== undefined)
      return earlier.body === marker?.body ? say({ ...earlier, approval: undefined }) : deny("KEY_REUSED");
    const verdict = judge(beginning, world, ports, nowMs);
    if (marker === undefined || verdict.writes.length === 0) return verdict;
    const { token, isBound } = verdict.say as Begun;
    return {
      ...verdict,
      writes: [putMarker(marker.key, { token, isBound, body: marker.body }, nowMs), ...verdict.writes],
    };
  });
  if (begun.approval !== undefined) await wakeDevices(ports, begun.approval);
  const { token, isBound, approval } = begun;
  const replayed = approval === undefined;
  return { token, replayed, ...(isBound && { bindingCode: bindingCodeOf(pepper, token) }) };
};

/** What was begun; without an approval where that was before. */
interface Begun {
  readonly token: string;
  readonly isBound: boolean;
  readonly approval: Approval | undefined;
}

/** All that a start depends on. */
interface World {
  /** Whom it is for, and the check that it still can be; undefined where there is nobody. */
  readonly owner: (Owner & { readonly devSeq: bigint; readonly check: Write }) | undefined;
  readonly scope: Item | undefined;
  readonly pending: Item | undefined;
  readonly marker: Item | undefined;
}

type Asked = { readonly ownerKey: string } | { readonly identity: string };

/** One reading for an identity; for a device two, as that names its identity. */
const readWorld = async ({ store }: Ports, client: string, asked: Asked, marker: Key | undefined): Promise<World> => {
  const also = marker === undefined ? [] : [marker];
  if ("identity" in asked) {
    const { identity: digest } = asked;
    const keys = [identityKey(digest), scopeKeyOf({ client, identity: digest }), pendingKey(digest), ...also];
    const [found, scope, pending, earlier] = await store.read(keys);
    const identity = found && identityOf(digest, found);
    const owner = identity &&
      identity.activeDevices > 0n && { identity: digest, devSeq: identity.devSeq, check: checkDevices(identity) };
    return { owner: owner || undefined, scope, pending, marker: earlier };
  }
  const { ownerKey } = asked;
  const [found, scope, earlier] = await store.read([
    deviceKey(ownerKey),
    scopeKeyOf({ client, identity: "", device: ownerKey }),
    ...also,
  ]);
  const device = found && deviceOf(found);
  if (device?.state !== "ACTIVE") return { owner: undefined, scope, pending: undefined, marker: earlier };
  const { identity, seq: devSeq } = device;
  const [pending] = await store.read([pendingKey(identity)]);
  const owner = { identity, device: ownerKey, devSeq, check: checkActive(ownerKey, "stale") };
  return { owner, scope, pending, marker: earlier };
};

const judge = (beginning: Beginning, world: World, ports: Ports, nowMs: number): Verdict<Begun> => {
  if (world.owner === undefined) return deny("OWNER_UNKNOWN");
  const { check: isOwner, ...owner } = world.owner;
  const { client, cancelsWaiting, content } = beginning;
  const generation = generationIn(world.scope);
  const slots = slotsIn(owner.identity, world.pending);
  const superseded = cancelsWaiting
    ? slots.filter((slot) => isWaiting(slot, nowMs) && isSameScope(slot, { client, ...owner }))
    : [];
  const dropped = slots.filter((slot) => !isWaiting(slot, nowMs) || superseded.includes(slot));
  if (slots.length - dropped.length >= MOST_WAITING) return deny("WAITING_FULL");
  const approval = approvalFor(beginning, owner, generation + (cancelsWaiting ? 1n : 0n), ports, nowMs);
  const scoped = cancelsWaiting ? nextGeneration(approval, generation, nowMs) : [checkGeneration(approval, generation)];
  return {
    say: { token: approval.token, isBound: approval.isBound, approval },
    writes: [
      isOwner,
      addSlot(approval, dropped, world.pending),
      ...scoped,
      ...beginApproval(approval, content),
      announce(approval, superseded, ports, nowMs),
    ],
  };
};

const approvalFor = (
  { client, name, content, timeoutSeconds, isBound }: Beginning,
  owner: Owner & { readonly devSeq: bigint },
  generation: bigint,
  ports: Ports,
  nowMs: number,
): Approval => {
  const token = ports.ids.nonce();
  return {
    id: approvalIdOf(token),
    token,
    client,
    ...owner,
    name,
    contentSha: Buffer.from(sha256(content)).toString("base64"),
    createdAtMs: nowMs,
    expiresAtMs: nowMs + timeoutSeconds * SECOND_MS,
    generation,
    isBound,
    state: "waiting",
  };
};

/** Tells of the start, and of all that it has cancelled. */
const announce = (approval: Approval, superseded: readonly Slot[], ports: Ports, nowMs: number): Write => {
  const detail = {
    transactionType: String(typeOf(approval)),
    ...(superseded.length > 0 && { superseded: superseded.map(({ token }) => token).join(" ") }),
  };
  const { client: actor, token: subject } = approval;
  return recordEvent(ports, { type: "transaction.started", actor, subject, detail }, nowMs);
};
