/** What stands on a customer's account, between two calls. */
import type { Currency } from "#kernel/currency";
import { showAccount } from "../admin/account.ts";
import { majorIn } from "../admin/amount.ts";
import type { Stage } from "./story.ts";

/** Tells it in a line. */
export const tellBalance = async ({ teller, ports }: Stage, tenant: string, userId: bigint): Promise<void> => {
  const { account } = await showAccount(ports, { tenant, userId });
  const text = (amount: bigint) => majorIn(account.currency as Currency, amount);
  teller.say(
    `    ${tenant} ${userId}: available ${text(account.available)}, held ${text(account.held)} ${account.currency}`,
  );
};
