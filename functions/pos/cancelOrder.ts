import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { cancelOrder } from "#pos/cancelOrder";
import { cancelOrderContract } from "#pos/contract";

export const handler = endpoint(cancelOrderContract, cancelOrder, live);
