import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { getSaleContract } from "#sale/contract";
import { getSale } from "#sale/getSale";

export const handler = endpoint(getSaleContract, getSale, live);
