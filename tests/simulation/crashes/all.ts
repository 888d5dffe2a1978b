/** The calls of every slice that commit. */
import { approvalCrashes } from "./approval.ts";
import type { Crash } from "./crash.ts";
import { partnerCrashes } from "./partner.ts";
import { posCrashes } from "./pos.ts";
import { saleCrashes } from "./sale.ts";
import { withdrawalCrashes } from "./withdrawal.ts";

/** By slice, in any order. */
export const crashes: readonly Crash[] = [
  ...partnerCrashes,
  ...withdrawalCrashes,
  ...saleCrashes,
  ...posCrashes,
  ...approvalCrashes,
];
