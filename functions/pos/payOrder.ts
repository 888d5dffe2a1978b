import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { payOrderContract } from "#pos/contract";
import { payOrder } from "#pos/payOrder";

export const handler = endpoint(payOrderContract, payOrder, live);
