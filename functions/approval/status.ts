import { statusContract } from "#approval/device.contract";
import { status } from "#approval/status";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(statusContract, status, live);
