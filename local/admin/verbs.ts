/** Every verb of the admin, in the order of the help. A noun's verbs live in one file. */
import { accountVerbs } from "./account.verbs.ts";
import { limitsVerbs } from "./approval.limits.verbs.ts";
import { approvalVerbs } from "./approval.verbs.ts";
import { booksVerbs } from "./books.verbs.ts";
import { channelVerbs } from "./channel.verbs.ts";
import { customerVerbs } from "./customer.verbs.ts";
import { deviceVerbs } from "./device.verbs.ts";
import { gatewayVerbs } from "./gateway.verbs.ts";
import { identityVerbs } from "./identity.verbs.ts";
import { integratorVerbs } from "./integrator.verbs.ts";
import { merchantVerbs } from "./merchant.verbs.ts";
import { partnerVerbs } from "./partner.verbs.ts";
import { orderVerbs } from "./pos.order.verbs.ts";
import { posVerbs } from "./pos.verbs.ts";
import { pushVerbs } from "./push.verbs.ts";
import { saleVerbs } from "./sale.verbs.ts";
import { sessionVerbs } from "./session.verbs.ts";
import { signVerbs } from "./sign.verbs.ts";
import { stageVerbs } from "./stage.verbs.ts";
import { tenantVerbs } from "./tenant.verbs.ts";
import { userVerbs } from "./user.verbs.ts";
import type { Verb } from "./verb.ts";
import { withdrawalVerbs } from "./withdrawal.verbs.ts";

/** Every verb. */
export const verbs: readonly Verb[] = [
  ...stageVerbs,
  ...tenantVerbs,
  ...integratorVerbs,
  ...partnerVerbs,
  ...userVerbs,
  ...sessionVerbs,
  ...signVerbs,
  ...merchantVerbs,
  ...gatewayVerbs,
  ...saleVerbs,
  ...posVerbs,
  ...orderVerbs,
  ...customerVerbs,
  ...channelVerbs,
  ...approvalVerbs,
  ...limitsVerbs,
  ...identityVerbs,
  ...deviceVerbs,
  ...pushVerbs,
  ...accountVerbs,
  ...withdrawalVerbs,
  ...booksVerbs,
];
