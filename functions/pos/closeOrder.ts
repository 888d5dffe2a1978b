import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { closeOrder } from "#pos/closeOrder";
import { closeOrderContract } from "#pos/contract";

export const handler = endpoint(closeOrderContract, closeOrder, live);
