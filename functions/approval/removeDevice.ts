import { removeDeviceContract } from "#approval/contract";
import { removeDevice } from "#approval/removeDevice";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(removeDeviceContract, removeDevice, live);
