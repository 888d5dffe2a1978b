import { deactivateContract } from "#approval/contract";
import { deactivate } from "#approval/deactivate";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(deactivateContract, deactivate, live);
