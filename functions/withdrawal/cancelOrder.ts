import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { cancelOrder } from "#withdrawal/cancelOrder";
import { cancelOrderContract } from "#withdrawal/contract";

export const handler = endpoint(cancelOrderContract, cancelOrder, live);
