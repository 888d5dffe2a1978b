import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { findOrdersContract } from "#pos/contract";
import { findOrders } from "#pos/findOrders";

export const handler = endpoint(findOrdersContract, findOrders, live);
