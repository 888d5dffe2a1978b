import { healthContract } from "#desk/contract";
import { health } from "#desk/health";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(healthContract, health, live);
