/** Everything but the tests that must hold before a change is merged: `npm run check`. Runs every step, whatever fails. */
import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";

const root = join(import.meta.dirname, "..");

const steps: readonly (readonly [step: string, command: string, ...args: readonly string[]])[] = [
  ["types", "tsc", "--noEmit", "-p", "."],
  ["types of the pages", "tsc", "--noEmit", "-p", "web"],
  ["style", "biome", "check", "--error-on-warnings"],
  ["nothing unused", "knip"],
  ["package", "npm", "run", "--silent", "package"],
  ["OpenAPI", "redocly", "lint", "docs/openapi.json"],
];

/** Nobody's credentials and no metadata service: what needs them fails here, as it would on a machine without. */
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"))),
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
  REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  PATH: [join(root, "node_modules/.bin"), process.env.PATH].join(delimiter),
};

const passes = ([step, command, ...args]: (typeof steps)[number]): boolean => {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: root, env: environment, encoding: "utf8" });
  const passed = status === 0;
  process.stdout.write(`${passed ? "✓" : "✗"} ${step}\n`);
  if (!passed) process.stdout.write(`${error?.message ?? `${stdout}${stderr}`}\n`);
  return passed;
};

const passed = steps.filter(passes).length;
process.stdout.write(`${passed} passed, ${steps.length - passed} failed\n`);
process.exitCode = passed === steps.length ? 0 : 1;
