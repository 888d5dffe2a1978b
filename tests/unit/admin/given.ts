/** The admin on a world of a test: what it prints and how it ends. */

import type { Ports } from "#ports";
import { readSecret } from "#secrets";
import type { Store } from "#store/write";
import { runAdmin } from "../../../local/admin/run.ts";
import type { Target } from "../../../local/admin/target.ts";
import { openVault } from "../../../local/admin/vault.ts";
import { SECRET_ID } from "../../../local/sandbox/environment.ts";
import { secrets } from "../../../local/sandbox/values/secrets.ts";
import { openTestPorts, type TestWorld } from "../../support/ports.ts";
import { openSecretsManager } from "../../support/secretsManager.ts";
import type { Twin } from "../../support/twin.ts";

/** How a command line ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** An admin. */
export interface Admin extends TestWorld {
  /** Runs a command line given as texts. */
  readonly run: (...argv: readonly string[]) => Promise<Ended>;
  /** Runs one given as a line without quotes, which has to end well; resolves to what it printed. */
  readonly done: (line: string) => Promise<string>;
  /** Where it was told to work, call by call. */
  readonly targets: Target[];
  /** What Secrets Manager keeps, by name; undefined for a secret without a value. */
  readonly kept: Map<string, string | undefined>;
}

/** The sandbox's secret on other ports. */
export const inSandbox = (ports: Ports): Ports => ({
  ...ports,
  secrets: async () => readSecret(secrets[SECRET_ID] ?? "", "sandbox"),
});

/** Opens an admin whose operator is dana. */
export const openAdmin = (replace?: (twin: Twin) => Store): Admin => adminOf(openTestPorts(replace));

/** An admin of a world that there is already. */
export const adminOf = (world: TestWorld): Admin => {
  const targets: Target[] = [];
  const { kept, client } = openSecretsManager(() => world.clock.nowMs);
  const vault = openVault("prod", client);
  const run = async (...argv: readonly string[]): Promise<Ended> => {
    const printed = { out: "", err: "" };
    const code = await runAdmin(argv, {
      out: (text) => {
        printed.out += text;
      },
      err: (text) => {
        printed.err += text;
      },
      open: (target) => {
        targets.push(target);
        return { ...world.ports, vault };
      },
      login: "dana",
    });
    return { code, ...printed };
  };
  const done = async (line: string): Promise<string> => {
    const { code, out, err } = await run(...line.split(" "));
    if (code !== 0) throw new Error(`${line}: ${err}${out}`);
    return out;
  };
  return { ...world, targets, kept, run, done };
};

/** Opens an admin with a tenant `bank` (Zurich) and its account 1001 with 100.00 CHF and two limits. */
export const openBankAdmin = async (replace?: (twin: Twin) => Store): Promise<Admin> => {
  const admin = openAdmin(replace);
  await admin.done("tenant create bank --name Bank --time-zone Europe/Zurich");
  await admin.done("account create bank 1001 --currency CHF --limit-transaction 500 --limit-day 1000");
  await admin.done("account fund bank 1001 100.00 --reference opening");
  return admin;
};

/** Options of a partner's configuration. */
export const CONFIGURATION =
  "--currency CHF --country CH --locale de-CH --quick-amounts 20,50,100 --min 20 --max 500 --step 10 --limit-day 1000";
/** Makes `bank` a partner. */
export const CREATE = `partner create bank ${CONFIGURATION} --web-sdk https://sdk.example.com/app/`;

/** Opens the same admin with a partner, whose credentials it knows. */
export const openPartnerAdmin = async (create = CREATE): Promise<Admin & { readonly credentials: Credentials }> => {
  const admin = await openBankAdmin();
  return { ...admin, credentials: JSON.parse(await admin.done(`${create} --json`)) };
};

interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly hmacKey: string;
}

/** Opens an admin with a tenant `shop` that is a merchant of card sales, whose client it knows. */
export const openMerchantAdmin = async (): Promise<Admin & Pick<Credentials, "clientId" | "clientSecret">> => {
  const admin = openAdmin();
  await admin.done("tenant create shop --name Shop --time-zone UTC");
  return { ...admin, ...JSON.parse(await admin.done("merchant create shop --json")) };
};

/** How a command line was refused: exit code, and the error as JSON. */
export const failing = async ({ run }: Admin, line: string): Promise<unknown> => {
  const { code, out } = await run(...line.split(" "), "--json");
  return [code, JSON.parse(out).error];
};

/** The last event of a tenant's audit. */
export const lastEvent = async ({ done }: Admin, tenant = "bank"): Promise<unknown> => {
  const { events } = JSON.parse(await done(`audit ${tenant} --json`));
  const { id, at, ...event } = events.at(-1);
  return event;
};
