import * as approval from "#approval/contract";
import * as device from "#approval/device.contract";
import { docsContract, healthContract, sayPlainly } from "#desk/contract";
import { unknownRoute } from "#edge/unknownRoute";
import { secluded } from "#live";
import * as partner from "#partner/contract";
import * as pos from "#pos/contract";
import * as sale from "#sale/contract";
import * as withdrawal from "#withdrawal/contract";

const slices = [partner, withdrawal, sale, pos, approval, device];
const contracts = [healthContract, docsContract, ...slices.flatMap((rows) => Object.values(rows))];

export const handler = unknownRoute(contracts, sayPlainly, secluded);
