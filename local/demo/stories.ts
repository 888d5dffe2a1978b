/** Every story of the demo, in the order in which they are told. */
import { approvals } from "./approval.ts";
import { partners } from "./partner.ts";
import { tills } from "./pos.ts";
import { sales } from "./sale.ts";
import type { Story } from "./story.ts";
import { withdrawals } from "./withdrawal.ts";

/** One for each slice that has endpoints. */
export const stories: readonly Story[] = [partners, withdrawals, sales, tills, approvals];
