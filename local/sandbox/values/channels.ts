/** The sandbox's API clients of approvals, as sandbox.md fixes them: public, and refused by every other stage. */
import type { Credential } from "../credential.ts";

/** An API client, which is a channel of the bank's. */
export interface SandboxChannel {
  readonly id: string;
  readonly secret: string;
}

/** Both of them. */
export const sandboxChannels: readonly SandboxChannel[] = [
  { id: "bank-web", secret: "sandbox-core-secret-0000000000000000000000000000001" },
  { id: "bank-atm", secret: "sandbox-core-secret-0000000000000000000000000000002" },
];

/** How channels show who they are. */
export const channels: readonly Credential[] = sandboxChannels.map(({ id, secret }) => ({
  scheme: "channelBasic",
  protocol: "Approvals channel",
  who: id,
  how: { basic: { id, secret } },
  what: "starts and cancels",
}));

/** How a phone shows that it is a device: by signatures, each of which is good for one request. */
export const devices: readonly Credential[] = [
  {
    scheme: "deviceSignature",
    protocol: "Approvals phone",
    who: "a device",
    how: {
      headers: {
        "PF-Owner-Key": "$OWNER_KEY",
        "PF-Timestamp": "$TIMESTAMP",
        "PF-Nonce": "$NONCE",
        "PF-Signature": "$SIGNATURE",
      },
    },
    what: "what npm run device signs",
  },
];
