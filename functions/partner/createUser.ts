import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { createUserContract } from "#partner/contract";
import { createUser } from "#partner/createUser";

export const handler = endpoint(createUserContract, createUser, live);
