import { docsContract, healthContract, sayPlainly } from "#desk/contract";
import { unknownRoute } from "#edge/unknownRoute";
import { secluded } from "#live";
import * as partner from "#partner/contract";
import * as pos from "#pos/contract";
import * as sale from "#sale/contract";
import * as withdrawal from "#withdrawal/contract";

const slices = [...Object.values(partner), ...Object.values(withdrawal), ...Object.values(sale), ...Object.values(pos)];
const contracts = [healthContract, docsContract, ...slices];

export const handler = unknownRoute(contracts, sayPlainly, secluded);
