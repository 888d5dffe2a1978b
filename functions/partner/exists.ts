import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { existsContract } from "#partner/contract";
import { exists } from "#partner/exists";

export const handler = endpoint(existsContract, exists, live);
