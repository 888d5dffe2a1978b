import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { getOrderContract } from "#pos/contract";
import { getOrder } from "#pos/getOrder";

export const handler = endpoint(getOrderContract, getOrder, live);
