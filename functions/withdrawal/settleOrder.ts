import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { settleOrderContract } from "#withdrawal/contract";
import { settleOrder } from "#withdrawal/settleOrder";

export const handler = endpoint(settleOrderContract, settleOrder, live);
