import { deactivate } from "#approval/deactivate";
import { deactivateContract } from "#approval/device.contract";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(deactivateContract, deactivate, live);
