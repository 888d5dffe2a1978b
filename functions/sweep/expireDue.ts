import { scheduled } from "#edge/schedule";
import { live } from "#live";
import { sweepDue } from "#sweep/expireDue";

export const handler = scheduled("sweep/expireDue", sweepDue, live);
