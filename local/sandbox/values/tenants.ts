/** The sandbox's banks, as sandbox.md fixes them: public, and refused by every other stage. */
import type { Account } from "#ledger/account";
import type { LimitTexts } from "../../admin/account.ts";
import type { Credential } from "../credential.ts";

/** A bank's customer; amounts in major units. */
export interface SandboxAccount {
  readonly userId: bigint;
  readonly currency: string;
  /** What is put on it at the beginning; absent: nothing. */
  readonly opening?: string;
  readonly limits?: LimitTexts;
  readonly mode?: Account["mode"];
  readonly state?: Account["state"];
}

/** A bank, its one integrator and its customers. */
export interface SandboxTenant {
  readonly tenant: string;
  readonly name: string;
  readonly timeZone: string;
  readonly integrator: string;
  readonly token: string;
  readonly accounts: readonly SandboxAccount[];
}

const usual: LimitTexts = { transaction: "500", day: "1000", week: "2000", month: "5000" };

/** The tenants of partner A and partner B. */
export const sandboxTenants: readonly SandboxTenant[] = [
  {
    tenant: "bank-a",
    name: "Bank A",
    timeZone: "Europe/Zurich",
    integrator: "core",
    token: "sandbox-integrator-token-000000000000000000000001",
    accounts: [
      { userId: 1001n, currency: "CHF", opening: "1000.00", limits: usual },
      { userId: 1002n, currency: "CHF", opening: "10.00", limits: usual },
      { userId: 1003n, currency: "CHF", opening: "1000.00", state: "blocked" },
      { userId: 1004n, currency: "CHF", mode: "skip" },
      { userId: 1005n, currency: "CHF", opening: "100000.00" },
    ],
  },
  {
    tenant: "bank-b",
    name: "Bank B",
    timeZone: "UTC",
    integrator: "core",
    token: "sandbox-integrator-token-000000000000000000000002",
    accounts: [
      { userId: 1001n, currency: "EUR", opening: "1000.00" },
      { userId: 2001n, currency: "JPY", opening: "100000" },
      { userId: 2002n, currency: "KWD", opening: "1000.000" },
    ],
  },
];

const currenciesOf = ({ accounts }: SandboxTenant): string =>
  [...new Set(accounts.map(({ currency }) => currency))].join(", ");

/** How the banks' own systems show who they are. */
export const integrators: readonly Credential[] = sandboxTenants.map((bank) => ({
  scheme: "integratorToken",
  protocol: "SONECT integrator",
  who: bank.tenant,
  how: { headers: { "X-Auth-Token": bank.token } },
  what: currenciesOf(bank),
}));
