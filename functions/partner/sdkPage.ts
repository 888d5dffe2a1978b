import { endpoint } from "#edge/endpoint";
import { secluded } from "#live";
import { sdkPageContract } from "#partner/contract";
import page from "../../web/sdk/page.html";

export const handler = endpoint(sdkPageContract, async () => page, secluded);
