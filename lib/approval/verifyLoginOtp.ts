/** approvals.md 2.2. */
import type { ChannelCaller } from "#approval/caller";
import { digestOfLoginCode } from "#approval/code";
import { readDevices } from "#approval/devices";
import { isSpent, ownerOfLoginCode, useLoginCode } from "#approval/loginCode.item";
import type { LoggedIn } from "#approval/reply";
import type { VerifyLogin } from "#approval/wire";
import type { Ports } from "#ports";
import { decideOn, deny, type Verdict } from "#store/decide";
import { loginCodeKey } from "#store/keys/approval";

/** Uses a login code up, if it is an active device's own; tells whose it was only to a channel that has the switch. */
export const verifyLoginOtp = async (
  { loginCode }: VerifyLogin,
  ports: Ports,
  { tellsIdentity }: ChannelCaller,
): Promise<LoggedIn> => {
  const { pepper } = await ports.secrets();
  const digest = digestOfLoginCode(pepper, loginCode);
  const read = async () => {
    const [found] = await ports.store.read([loginCodeKey(digest)]);
    const ownerKey = found && ownerOfLoginCode(found);
    const [device] = ownerKey !== undefined && tellsIdentity ? await readDevices(ports, [ownerKey]) : [];
    return { found, ownerKey, device };
  };
  return decideOn(ports, read, ({ found, ownerKey, device }, nowMs): Verdict<LoggedIn> => {
    if (found === undefined || ownerKey === undefined || isSpent(found, nowMs)) return deny("LOGIN_CODE_INVALID");
    return { say: device === undefined ? {} : { who: device }, writes: useLoginCode(digest, ownerKey, nowMs) };
  });
};
