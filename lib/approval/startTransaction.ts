/** approvals.md 2.3. */
import { begin } from "#approval/begin";
import type { StartCaller } from "#approval/caller";
import type { Started } from "#approval/reply";
import type { Start } from "#approval/wire";
import type { Ports } from "#ports";

/** Asks a device, or any of an identity's, to confirm something; a repeated request is answered as the first was. */
export const startTransaction = (
  { idempotencyKey: text, ...wish }: Start,
  ports: Ports,
  { client, body }: StartCaller,
): Promise<Started> => begin({ ...wish, client, key: text === undefined ? undefined : { text, body } }, ports);
