import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { check } from "#sale/check";
import { checkContract } from "#sale/contract";

export const handler = endpoint(checkContract, check, live);
