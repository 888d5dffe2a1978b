import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { notifyContract } from "#sale/contract";
import { notify } from "#sale/notify";

export const handler = endpoint(notifyContract, notify, live);
