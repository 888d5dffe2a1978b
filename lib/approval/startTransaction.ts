/** approvals.md 2.3. */
import { begin } from "#approval/begin";
import type { StartCaller } from "#approval/caller";
import { findLimits } from "#approval/limits";
import type { Started } from "#approval/reply";
import type { Start } from "#approval/wire";
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";

/** Asks a device, or any of an identity's, to confirm something; a repeated request is answered as the first was. */
export const startTransaction = async (
  { idempotencyKey: text, ...wish }: Start,
  ports: Ports,
  { client, body }: StartCaller,
): Promise<Started> => {
  const { timeoutSeconds } = await findLimits(ports);
  if (wish.timeoutSeconds > timeoutSeconds) {
    const why = `TimeoutDuration is at most ${timeoutSeconds} here`;
    throw new Refused(refuse("MALFORMED", { at: "fields", why }));
  }
  return begin({ ...wish, client, key: text === undefined ? undefined : { text, body } }, ports);
};
