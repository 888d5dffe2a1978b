import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { startOrderContract } from "#withdrawal/contract";
import { startOrder } from "#withdrawal/startOrder";

export const handler = endpoint(startOrderContract, startOrder, live);
