import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { callback } from "#sale/callback";
import { callbackContract } from "#sale/contract";

export const handler = endpoint(callbackContract, callback, live);
