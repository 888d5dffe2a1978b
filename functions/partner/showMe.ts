import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { showMeContract } from "#partner/contract";
import { showMe } from "#partner/showMe";

export const handler = endpoint(showMeContract, showMe, live);
