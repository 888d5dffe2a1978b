/** Every credential of the sandbox (sandbox.md). Of those of one scheme, the first is the one that examples use. */
import type { Credential } from "./credential.ts";
import { channels, devices } from "./values/channels.ts";
import { merchants } from "./values/merchants.ts";
import { partners, sessions } from "./values/partners.ts";
import { customers, shops } from "./values/shops.ts";
import { integrators } from "./values/tenants.ts";

/** A list for each role, in the order in which they are shown. */
export const credentials: readonly Credential[] = [
  ...integrators,
  ...partners,
  ...sessions,
  ...merchants,
  ...shops,
  ...customers,
  ...channels,
  ...devices,
];

/** The credential of a scheme: the first, or somebody's; throws where the sandbox has none. */
export const credentialFor = (scheme: string, who?: string): Credential => {
  const found = credentials.find((one) => one.scheme === scheme && (who === undefined || one.who === who));
  if (!found) throw new RangeError(`local/sandbox/credentials.ts has none for ${scheme}${who ? ` of ${who}` : ""}`);
  return found;
};
