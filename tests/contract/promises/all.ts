/** The promises of every slice that is spoken to. */
import { approvalPromises } from "./approval.ts";
import { deskPromises } from "./desk.ts";
import { partnerPromises } from "./partner.ts";
import { posPromises } from "./pos.ts";
import type { Promises } from "./promise.ts";
import { salePromises } from "./sale.ts";
import { withdrawalPromises } from "./withdrawal.ts";

/** By slice. */
export const promises: Readonly<Record<string, Promises>> = {
  desk: deskPromises,
  partner: partnerPromises,
  withdrawal: withdrawalPromises,
  sale: salePromises,
  pos: posPromises,
  approval: approvalPromises,
};
