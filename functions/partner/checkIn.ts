import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { checkIn } from "#partner/checkIn";
import { checkInContract } from "#partner/contract";

export const handler = endpoint(checkInContract, checkIn, live);
