import { listPendingContract } from "#approval/device.contract";
import { listPending } from "#approval/listPending";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(listPendingContract, listPending, live);
