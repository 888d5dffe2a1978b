/** What the Serverless Framework makes of serverless.yml, as it does for a deployment: with nobody's credentials. */
import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildIfStale } from "../../local/build.ts";

const root = join(import.meta.dirname, "../..");

/** A value that CloudFormation resolves. */
export type Intrinsic = Readonly<Record<string, unknown>>;

/** What a role allows. */
export interface Statement {
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: string | Intrinsic;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** The resolved configuration, as far as the tests look at it. */
export interface Service {
  readonly provider: { readonly environment: Readonly<Record<string, unknown>> };
  readonly functions: Readonly<Record<string, ServiceFunction>>;
}

/** A function of it. */
export interface ServiceFunction {
  readonly handler: string;
  readonly package: { readonly patterns: readonly string[] };
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly events: readonly { readonly httpApi?: string; readonly schedule?: string }[];
  readonly iamRoleStatements?: readonly Statement[];
}

/** One resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** A CloudFormation template. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
}

/** What CloudFormation calls a function: `withdrawal-startOrder` is WithdrawalDashstartOrderLambdaFunction. */
export const logicalIdOf = (name: string): string =>
  `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll("-", "Dash")}LambdaFunction`;

const serverless = (folder: string, ...args: readonly string[]): string => {
  const ours = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_") && name !== "PUBLIC_URL");
  return execFileSync(process.execPath, ["node_modules/serverless/bin/serverless.js", ...args], {
    cwd: folder,
    env: Object.fromEntries(ours),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  });
};

/** The configuration of a stage, every variable resolved. */
export const readService = (stage: string): Service =>
  JSON.parse(serverless(root, "print", "--format", "json", "--stage", stage)) as Service;

/** The template of a stage with these parameters. Packaged in a folder of its own, because packaging empties `.serverless/`. */
export const packageTemplate = async (
  stage: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<Template> => {
  await buildIfStale();
  const folder = mkdtempSync(join(tmpdir(), "tillgate-package-"));
  try {
    for (const path of globSync(["serverless.yml", "{functions,lib}/**/*.yml", "dist/*/*.cjs"], { cwd: root }))
      cpSync(join(root, path), join(folder, path));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const given = Object.entries(parameters).flatMap(([name, value]) => ["--param", `${name}=${value}`]);
    serverless(folder, "package", "--stage", stage, ...given);
    const template = readFileSync(join(folder, ".serverless/cloudformation-template-update-stack.json"), "utf8");
    return JSON.parse(template) as Template;
  } finally {
    rmSync(folder, { recursive: true });
  }
};
