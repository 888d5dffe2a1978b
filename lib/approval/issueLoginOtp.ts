/** approvals.md 4.2, /login-otp. */
import type { DeviceCaller } from "#approval/caller";
import { digestOfLoginCode } from "#approval/code";
import { findLimits } from "#approval/limits";
import { issueLoginCode } from "#approval/loginCode.item";
import type { Timed } from "#approval/reply";
import { SECOND_MS } from "#kernel/time";
import type { Ports } from "#ports";
import { decide, type Verdict } from "#store/decide";

/** A code that was issued. */
export interface LoginCode extends Timed {
  readonly code: string;
  readonly expiresAtMs: number;
}

/** Issues a login code: the device's only one. */
export const issueLoginOtp = async (_: unknown, ports: Ports, { device }: DeviceCaller): Promise<LoginCode> => {
  const { pepper } = await ports.secrets();
  const { loginCodeSeconds } = await findLimits(ports);
  return decide(ports, [], (_found, nowMs): Verdict<LoginCode> => {
    const code = ports.ids.uuid4();
    const expiresAtMs = nowMs + loginCodeSeconds * SECOND_MS;
    return {
      say: { code, expiresAtMs, serverTimeMs: nowMs },
      writes: issueLoginCode(digestOfLoginCode(pepper, code), device.ownerKey, expiresAtMs),
    };
  });
};
