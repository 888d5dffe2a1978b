/** Where the admin works: a sandbox on this machine, or a deployed stage. */
import { openPorts } from "#live";
import { findSandbox, sandboxEnvironment } from "../sandbox/environment.ts";
import { Unreachable } from "./failure.ts";
import { openVault, type Reach } from "./vault.ts";

/** The sandbox on a port, or a stage. */
export type Target = { readonly port: number } | { readonly stage: string };

/** Opens a target; throws `Unreachable` where no sandbox runs. The SDK reads region and credentials from `environment`. */
export const openTarget = (target: Target, environment: NodeJS.ProcessEnv = process.env): Reach => {
  if ("stage" in target) {
    const { stage } = target;
    const vault = openVault(stage);
    return { ...openPorts({ STAGE: stage, TABLE: `tillgate-${stage}`, SECRET_ID: vault.name }), vault };
  }
  const { port } = target;
  const sandbox = findSandbox(port);
  if (sandbox === undefined)
    throw new Unreachable(
      `No sandbox runs on port ${port}. Start one with "npm start", or say where it is with --port or --stage`,
    );
  const named = sandboxEnvironment(sandbox.engine, sandbox.clockOffsetMs);
  Object.assign(environment, named);
  return { ...openPorts(named), vault: openVault("sandbox") };
};
