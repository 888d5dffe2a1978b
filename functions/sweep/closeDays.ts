import { scheduled } from "#edge/schedule";
import { live } from "#live";
import { closeDueDays } from "#sweep/closeDays";

export const handler = scheduled("sweep/closeDays", closeDueDays, live);
