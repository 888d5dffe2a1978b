import { unblockDeviceContract } from "#approval/contract";
import { unblockDevice } from "#approval/unblockDevice";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(unblockDeviceContract, unblockDevice, live);
