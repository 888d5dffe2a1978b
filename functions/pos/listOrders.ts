import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { listOrdersContract } from "#pos/contract";
import { listOrders } from "#pos/listOrders";

export const handler = endpoint(listOrdersContract, listOrders, live);
