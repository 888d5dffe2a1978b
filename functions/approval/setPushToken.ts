import { setPushTokenContract } from "#approval/device.contract";
import { setPushToken } from "#approval/setPushToken";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(setPushTokenContract, setPushToken, live);
