/** An identity in the table, and the conditional writes of its activation codes (approvals.md 6, W1, W2, W3). */
import { type Code, FAILS_BEFORE_PAUSE, type Identity, ISSUE_WINDOW_MS, type Named } from "#approval/identity";
import { above, absent, below, equals } from "#store/condition";
import { amountIn, defined, maybeTextIn, maybeTimeIn, textIn, timeIn } from "#store/field";
import type { Item } from "#store/item";
import { identityKey } from "#store/keys/approval";
import { check, type Rule, type Update, update, type Write } from "#store/write";

const codeOf = (item: Item): Code | undefined =>
  item.codeId === undefined
    ? undefined
    : {
        id: textIn(item, "codeId"),
        mac: textIn(item, "codeMac"),
        expiresAtMs: timeIn(item, "codeExpiresAtMs"),
        tries: amountIn(item, "codeTries"),
        ...defined({
          usedKeyDigest: maybeTextIn(item, "codeUsedKeyDigest"),
          ownerKey: maybeTextIn(item, "codeOwnerKey"),
        }),
      };

/** A field for each device that is not removed: whoever knows the identity knows them, however many there have been. */
const IN_USE = "device:";

const inUseIn = (item: Item): readonly string[] =>
  Object.keys(item).flatMap((field) => (field.startsWith(IN_USE) ? [field.slice(IN_USE.length)] : []));

/** An identity out of its item. */
export const identityOf = (digest: string, item: Item): Identity => ({
  digest,
  customerId: textIn(item, "customerId"),
  fails: amountIn(item, "fails"),
  failsLeft: amountIn(item, "failsLeft"),
  lastFailAtMs: maybeTimeIn(item, "lastFailAtMs") ?? 0,
  issueStartAtMs: maybeTimeIn(item, "issueStartAtMs") ?? 0,
  issueCount: amountIn(item, "issueCount"),
  devSeq: amountIn(item, "devSeq"),
  devices: amountIn(item, "devices"),
  activeDevices: amountIn(item, "activeDevices"),
  inUse: inUseIn(item),
  ...defined({ userCode: maybeTextIn(item, "userCode"), code: codeOf(item) }),
});

/** The code's fields that only a used one has. */
const USED = ["codeUsedKeyDigest", "codeOwnerKey"] as const;

/** An activation code that is issued. */
export interface Issued {
  readonly digest: string;
  readonly named: Named;
  readonly codeId: string;
  readonly codeMac: string;
}

const unpaused = ({ fails, lastFailAtMs }: Identity): readonly Rule[] => [
  [equals("failsLeft", 0n), "stale"],
  [equals("fails", fails), "stale"],
  [equals("lastFailAtMs", BigInt(lastFailAtMs)), "stale"],
];

/** The write that lets an identity go on after its pause, if nothing has happened since it was read. */
export const liftPause = (identity: Identity): Update =>
  update(identityKey(identity.digest), { add: { failsLeft: FAILS_BEFORE_PAUSE } }, unpaused(identity));

/** The write that issues a code, which voids the one before (W1); `lifts` where a pause is over. The failures stay. */
export const issueCode = (
  { digest, named, codeId, codeMac }: Issued,
  before: Identity | undefined,
  { nowMs, lifts, lifeMs }: { readonly nowMs: number; readonly lifts: boolean; readonly lifeMs: number },
): Write => {
  const isNewWindow = before === undefined || nowMs >= before.issueStartAtMs + ISSUE_WINDOW_MS;
  const set: Item = {
    codeId,
    codeMac,
    codeExpiresAtMs: BigInt(nowMs + lifeMs),
    codeTries: 0n,
    issueStartAtMs: BigInt(isNewWindow ? nowMs : before.issueStartAtMs),
    issueCount: isNewWindow ? 1n : before.issueCount + 1n,
  };
  if (before === undefined) {
    const { customerId, userCode } = named;
    const first: Item = { customerId, ...(userCode !== undefined && { userCode }), failsLeft: FAILS_BEFORE_PAUSE };
    return update(identityKey(digest), { set: { ...set, ...first }, orCreate: true }, [[absent(), "stale"]]);
  }
  return update(identityKey(digest), { set, remove: USED, ...(lifts && { add: { failsLeft: FAILS_BEFORE_PAUSE } }) }, [
    [equals("issueStartAtMs", BigInt(before.issueStartAtMs)), "stale"],
    [equals("issueCount", before.issueCount), "stale"],
    ...(lifts ? unpaused(before) : [[above("failsLeft", 0n), "stale"] as const]),
  ]);
};

/** The write that reserves one of so many tries of the live code, before anything is compared (W2): one update, so that no two tries are the same. Refuses ACTIVATION_FAILED. */
export const reserveTry = (digest: string, most: number, nowMs: number): Update =>
  update(
    identityKey(digest),
    { set: { lastFailAtMs: BigInt(nowMs) }, add: { codeTries: 1n, fails: 1n, failsLeft: -1n } },
    [
      [above("codeExpiresAtMs", BigInt(nowMs)), "ACTIVATION_FAILED"],
      [absent("codeUsedKeyDigest"), "ACTIVATION_FAILED"],
      [below("codeTries", BigInt(most)), "ACTIVATION_FAILED"],
      [above("failsLeft", 0n), "ACTIVATION_FAILED"],
    ],
  );

/** How a code is used: by which key, for which device, of so many that the identity may have. */
interface Use {
  readonly codeId: string;
  readonly ownerKey: string;
  readonly keyDigest: string;
  readonly mostDevices: number;
  readonly nowMs: number;
}

/** The write that uses a code for a device, and forgets the failures (W3). Refuses DEVICES_FULL. */
export const useCode = (
  { digest, devSeq }: Identity,
  { codeId, ownerKey, keyDigest, mostDevices, nowMs }: Use,
): Write =>
  update(
    identityKey(digest),
    {
      set: {
        codeUsedKeyDigest: keyDigest,
        codeOwnerKey: ownerKey,
        fails: 0n,
        failsLeft: FAILS_BEFORE_PAUSE,
        devSeq: devSeq + 1n,
        [IN_USE + ownerKey]: true,
      },
      add: { devices: 1n, activeDevices: 1n },
    },
    [
      [equals("codeId", codeId), "stale"],
      [absent("codeUsedKeyDigest"), "stale"],
      [above("codeExpiresAtMs", BigInt(nowMs)), "stale"],
      [equals("devSeq", devSeq === 0n ? undefined : devSeq), "stale"],
      [below("devices", BigInt(mostDevices)), "DEVICES_FULL"],
    ],
  );

/** The write that lets an administrator's locked or paused identity go on, if nothing has happened since it was read. */
export const unlockIdentity = ({ digest, fails }: Identity): Write =>
  update(identityKey(digest), { set: { fails: 0n, failsLeft: FAILS_BEFORE_PAUSE } }, [
    [equals("fails", fails), "stale"],
  ]);

/** The write that counts what a device of an identity's has become: so many more are active, and one that is removed is in use no more (W11). */
export const recountDevices = (identity: string, ownerKey: string, active: bigint, isRemoved: boolean): Write =>
  update(identityKey(identity), {
    add: { ...(active !== 0n && { activeDevices: active }), ...(isRemoved && { devices: -1n }) },
    remove: isRemoved ? [IN_USE + ownerKey] : [],
  });

/** The check that an identity has an active device, and none more than when it was read (W4, type 2). */
export const checkDevices = ({ digest, devSeq }: Identity): Write =>
  check(identityKey(digest), [
    [above("activeDevices", 0n), "stale"],
    [equals("devSeq", devSeq), "stale"],
  ]);
