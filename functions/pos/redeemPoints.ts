import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { redeemPointsContract } from "#pos/contract";
import { redeemPoints } from "#pos/redeemPoints";

export const handler = endpoint(redeemPointsContract, redeemPoints, live);
