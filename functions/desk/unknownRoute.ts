import { docsContract, healthContract, sayPlainly } from "#desk/contract";
import { unknownRoute } from "#edge/unknownRoute";
import { secluded } from "#live";
import * as partner from "#partner/contract";
import * as withdrawal from "#withdrawal/contract";

const contracts = [healthContract, docsContract, ...Object.values(partner), ...Object.values(withdrawal)];

export const handler = unknownRoute(contracts, sayPlainly, secluded);
