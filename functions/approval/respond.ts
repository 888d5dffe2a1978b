import { respondContract } from "#approval/device.contract";
import { respond } from "#approval/respond";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(respondContract, respond, live);
