/** approvals.md 2.4. */
import { statusCodes } from "#approval/approval";
import type { ChannelCaller } from "#approval/caller";
import { outcomeOf } from "#approval/outcome";
import type { Stands } from "#approval/reply";
import type { NameToken } from "#approval/wire";
import type { Ports } from "#ports";

/** Tells a channel how an approval of its own stands. */
export const checkTransactionApproval = async (
  { token }: NameToken,
  ports: Ports,
  { client }: ChannelCaller,
): Promise<Stands> => ({ status: statusCodes[await outcomeOf(ports, token, client)] });
