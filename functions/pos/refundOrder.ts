import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { refundOrderContract } from "#pos/contract";
import { refundOrder } from "#pos/refundOrder";

export const handler = endpoint(refundOrderContract, refundOrder, live);
