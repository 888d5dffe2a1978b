import { docsContract, healthContract, sayPlainly } from "#desk/contract";
import { unknownRoute } from "#edge/unknownRoute";
import { secluded } from "#live";
import * as withdrawal from "#withdrawal/contract";

const contracts = [healthContract, docsContract, ...Object.values(withdrawal)];

export const handler = unknownRoute(contracts, sayPlainly, secluded);
