import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { preflightContract } from "#partner/contract";
import { preflight } from "#partner/preflight";

export const handler = endpoint(preflightContract, preflight, live);
