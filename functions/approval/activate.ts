import { activate } from "#approval/activate";
import { activateContract } from "#approval/device.contract";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(activateContract, activate, live);
