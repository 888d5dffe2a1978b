import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { viewOrderContract } from "#pos/contract";
import { viewOrder } from "#pos/viewOrder";

export const handler = endpoint(viewOrderContract, viewOrder, live);
