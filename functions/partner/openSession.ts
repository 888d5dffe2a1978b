import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { openSessionContract } from "#partner/contract";
import { openSession } from "#partner/openSession";

export const handler = endpoint(openSessionContract, openSession, live);
