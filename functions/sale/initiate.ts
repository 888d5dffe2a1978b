import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { initiateContract } from "#sale/contract";
import { initiate } from "#sale/initiate";

export const handler = endpoint(initiateContract, initiate, live);
