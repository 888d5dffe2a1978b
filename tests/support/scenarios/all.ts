/** The scenarios of every slice. */
import { approvalScenarios } from "./approval.ts";
import { channelScenarios } from "./channel.ts";
import { deskScenarios } from "./desk.ts";
import { approvalJobs, deviceScenarios } from "./device.ts";
import { partnerScenarios } from "./partner.ts";
import { posJobs, posScenarios } from "./pos.ts";
import { saleScenarios } from "./sale.ts";
import type { Scenario } from "./scenario.ts";
import { sweepJobs } from "./sweep.ts";
import { withdrawalJobs, withdrawalScenarios } from "./withdrawal.ts";

/** What every endpoint may be asked. */
export const scenarios: readonly Scenario[] = [
  ...deskScenarios,
  ...partnerScenarios,
  ...withdrawalScenarios,
  ...saleScenarios,
  ...posScenarios,
  ...approvalScenarios,
  ...channelScenarios,
  ...deviceScenarios,
];

/** What the clock does to every kind of item. */
export const jobScenarios: readonly Scenario[] = [...sweepJobs, ...withdrawalJobs, ...posJobs, ...approvalJobs];
