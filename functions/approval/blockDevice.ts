import { blockDevice } from "#approval/blockDevice";
import { blockDeviceContract } from "#approval/contract";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(blockDeviceContract, blockDevice, live);
