/** Every verb of the admin, in the order of the help. A noun's verbs live in one file. */
import { accountVerbs } from "./account.verbs.ts";
import { booksVerbs } from "./books.verbs.ts";
import { integratorVerbs } from "./integrator.verbs.ts";
import { stageVerbs } from "./stage.verbs.ts";
import { tenantVerbs } from "./tenant.verbs.ts";
import type { Verb } from "./verb.ts";
import { withdrawalVerbs } from "./withdrawal.verbs.ts";

/** Every verb. */
export const verbs: readonly Verb[] = [
  ...stageVerbs,
  ...tenantVerbs,
  ...integratorVerbs,
  ...accountVerbs,
  ...withdrawalVerbs,
  ...booksVerbs,
];
