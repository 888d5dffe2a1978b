import { docsContract } from "#desk/contract";
import { endpoint } from "#edge/endpoint";
import { secluded } from "#live";
import page from "../../docs/api.html";

export const handler = endpoint(docsContract, async () => page, secluded);
