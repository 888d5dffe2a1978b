import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { createOrderContract } from "#pos/contract";
import { createOrder } from "#pos/createOrder";

export const handler = endpoint(createOrderContract, createOrder, live);
