import { listDevicesContract } from "#approval/contract";
import { listDevices } from "#approval/listDevices";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(listDevicesContract, listDevices, live);
