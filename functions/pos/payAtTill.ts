import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { payAtTillContract } from "#pos/contract";
import { payAtTill } from "#pos/payAtTill";

export const handler = endpoint(payAtTillContract, payAtTill, live);
