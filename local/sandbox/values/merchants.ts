/** The sandbox's card merchants, as sandbox.md fixes them: public, and refused by every other stage. */
import type { PublicMerchant } from "../../admin/merchant.ts";
import type { Credential } from "../credential.ts";

/** A card merchant, which is a tenant of its own. */
export interface SandboxMerchant extends PublicMerchant {
  readonly tenant: string;
  readonly name: string;
}

/** Both of them. From where the gateway calls is nowhere said: it is a simulator on this machine. */
export const sandboxMerchants: readonly SandboxMerchant[] = [
  {
    tenant: "sbc-merchant",
    name: "SBC merchant",
    clientId: "sbc-merchant",
    clientSecret: "sandbox-sbc-secret-0000000000000000000000000001",
    endpoints: { EUR: "1234", JPY: "1235", KWD: "1236" },
    controlKey: { id: "k1", text: "00112233-4455-6677-8899-AABBCCDDEEFF" },
  },
  {
    tenant: "sbc-merchant-2",
    name: "Second SBC merchant",
    clientId: "sbc-merchant-2",
    clientSecret: "sandbox-sbc-secret-0000000000000000000000000002",
    endpoints: { EUR: "2234" },
    controlKey: { id: "k1", text: "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0" },
  },
];

/** How merchants' back ends show who they are. */
export const merchants: readonly Credential[] = sandboxMerchants.map((merchant) => ({
  scheme: "merchantBasic",
  protocol: "SBC merchant",
  who: merchant.tenant,
  how: { basic: { id: merchant.clientId, secret: merchant.clientSecret } },
  what: Object.keys(merchant.endpoints).join(", "),
}));
