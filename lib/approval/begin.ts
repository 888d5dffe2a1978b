/** How an approval is begun, whoever asks for it: a channel (approvals.md 2.3) or another slice. */
import { type Approval, type Owner, typeOf } from "#approval/approval";
import { beginApproval } from "#approval/approval.item";
import { bindingCodeOf } from "#approval/code";
import type { Device } from "#approval/device";
import { checkActive, deviceOf } from "#approval/device.item";
import { readDevices } from "#approval/devices";
import { recordEvent } from "#approval/event";
import { isOwnerKey } from "#approval/fields";
import { digestOfIdentity, type Named } from "#approval/identity";
import { checkDevices, identityOf } from "#approval/identity.item";
import { findLimits, type Limits } from "#approval/limits";
import { addSlot, isSameScope, isWaiting, type Slot, slotsIn } from "#approval/pending.item";
import { wakeDevices } from "#approval/push";
import type { Started } from "#approval/reply";
import { checkGeneration, generationIn, nextGeneration, scopeKeyOf } from "#approval/scope.item";
import { sha256 } from "#approval/signature";
import { markerIn, markerKey, putMarker } from "#approval/start.item";
import { approvalIdOf } from "#approval/token";
import { DAY_MS, SECOND_MS } from "#kernel/time";
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
  const limits = await findLimits(ports);
  const { client, key, owner } = beginning;
  const marker = key && { key: markerKey(pepper, client, key.text), body: key.body };
  const asked = "ownerKey" in owner ? owner : { identity: digestOfIdentity(pepper, owner) };
  const read = () => readWorld(ports, client, asked, marker?.key);
  const begun = await decideOn(ports, read, (world, nowMs): Verdict<Begun> => {
    const earlier = markerIn(world.marker, nowMs);
    if (earlier !== undefined)
      return earlier.body === marker?.body ? say({ ...earlier, started: undefined }) : deny("KEY_REUSED");
    const verdict = judge({ ...beginning, limits }, world, ports, nowMs);
    if (marker === undefined || verdict.writes.length === 0) return verdict;
    const { token, isBound } = verdict.say as Begun;
    return {
      ...verdict,
      writes: [putMarker(marker.key, { token, isBound, body: marker.body }, nowMs), ...verdict.writes],
    };
  });
  const { token, isBound, started } = begun;
  if (started !== undefined) await wakeDevices(ports, started.approval, started.readDevices);
  return { token, replayed: started === undefined, ...(isBound && { bindingCode: bindingCodeOf(pepper, token) }) };
};

/** What was begun; nothing is started where that was before. */
interface Begun {
  readonly token: string;
  readonly isBound: boolean;
  readonly started: { readonly approval: Approval; readonly readDevices: ReadDevices } | undefined;
}

/** Those who might be woken: nobody is looked up to wake nobody. */
type ReadDevices = () => Promise<readonly Device[]>;

/** Whom it is for, the check that it still can be, the OwnerKeys that the identity has in use, and who might be woken. */
interface Somebody extends Owner {
  readonly devSeq: bigint;
  readonly check: Write;
  readonly inUse: readonly string[];
  readonly readDevices: ReadDevices;
}

/** What is begun, and how far. */
interface Limited extends Beginning {
  readonly limits: Limits;
}

/** All that a start depends on. */
interface World {
  /** Undefined where there is nobody whom it could be for. */
  readonly owner: Somebody | undefined;
  readonly scope: Item | undefined;
  readonly pending: Item | undefined;
  readonly marker: Item | undefined;
}

type Asked = { readonly ownerKey: string } | { readonly identity: string };

/** Reads for whichever of an identity's devices. */
const readForAny = async ({ store }: Ports, client: string, identity: string, also: readonly Key[]): Promise<World> => {
  const keys = [identityKey(identity), scopeKeyOf({ client, identity }), pendingKey(identity), ...also];
  const [found, scope, pending, marker] = await store.read(keys);
  const known = found && identityOf(identity, found);
  if (known === undefined || known.activeDevices === 0n) return { owner: undefined, scope, pending, marker };
  const { devSeq, inUse } = known;
  const devices = { inUse, readDevices: () => readDevices({ store }, inUse) };
  return { owner: { identity, devSeq, check: checkDevices(known), ...devices }, scope, pending, marker };
};

/** Reads for one device: twice, as that names its identity. */
const readForOne = async ({ store }: Ports, client: string, device: string, also: readonly Key[]): Promise<World> => {
  // What can name no device is no part of a key.
  if (!isOwnerKey(device)) {
    const [marker] = also.length === 0 ? [] : await store.read(also);
    return { owner: undefined, scope: undefined, pending: undefined, marker };
  }
  const keys = [deviceKey(device), scopeKeyOf({ client, identity: "", device }), ...also];
  const [found, scope, marker] = await store.read(keys);
  const known = found && deviceOf(found);
  if (known?.state !== "ACTIVE") return { owner: undefined, scope, pending: undefined, marker };
  const { identity, seq: devSeq } = known;
  const [pending, itself] = await store.read([pendingKey(identity), identityKey(identity)]);
  const inUse = itself === undefined ? [] : identityOf(identity, itself).inUse;
  const devices = { inUse, readDevices: async () => [known] };
  const isOwner = checkActive(device, "stale");
  return { owner: { identity, device, devSeq, check: isOwner, ...devices }, scope, pending, marker };
};

const readWorld = (ports: Ports, client: string, asked: Asked, marker: Key | undefined): Promise<World> => {
  const also = marker === undefined ? [] : [marker];
  return "identity" in asked
    ? readForAny(ports, client, asked.identity, also)
    : readForOne(ports, client, asked.ownerKey, also);
};

const judge = (beginning: Limited, world: World, ports: Ports, nowMs: number): Verdict<Begun> => {
  if (world.owner === undefined) return deny("OWNER_UNKNOWN");
  const { check: isOwner, inUse, readDevices, ...owner } = world.owner;
  const { client, cancelsWaiting, content, limits } = beginning;
  const generation = generationIn(world.scope);
  const slots = slotsIn(owner.identity, world.pending);
  // What waited for a device that is removed is cancelled, whether or not that is written down.
  const waiting = slots.filter(
    (slot) => isWaiting(slot, nowMs) && (slot.device === undefined || inUse.includes(slot.device)),
  );
  const superseded = cancelsWaiting ? waiting.filter((slot) => isSameScope(slot, { client, ...owner })) : [];
  const dropped = slots.filter((slot) => !waiting.includes(slot) || superseded.includes(slot));
  if (slots.length - dropped.length >= limits.waiting) return deny("WAITING_FULL");
  const approval = approvalFor(beginning, owner, generation + (cancelsWaiting ? 1n : 0n), ports, nowMs);
  const scoped = cancelsWaiting ? nextGeneration(approval, generation, nowMs) : [checkGeneration(approval, generation)];
  return {
    say: { token: approval.token, isBound: approval.isBound, started: { approval, readDevices } },
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
  { client, name, content, timeoutSeconds, isBound, limits }: Limited,
  owner: Owner & { readonly devSeq: bigint },
  generation: bigint,
  ports: Ports,
  nowMs: number,
): Approval => {
  const token = ports.ids.nonce();
  const expiresAtMs = nowMs + Math.min(timeoutSeconds, limits.timeoutSeconds) * SECOND_MS;
  return {
    id: approvalIdOf(token),
    token,
    client,
    ...owner,
    name,
    contentSha: Buffer.from(sha256(content)).toString("base64"),
    createdAtMs: nowMs,
    expiresAtMs,
    keptUntilMs: expiresAtMs + limits.retentionDays * DAY_MS,
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
