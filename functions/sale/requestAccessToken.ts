import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { requestAccessTokenContract } from "#sale/contract";
import { requestAccessToken } from "#sale/requestAccessToken";

export const handler = endpoint(requestAccessTokenContract, requestAccessToken, live);
