/** startOrder built the usual way (`usual/`): installed from its own lock file when it is first wanted, bundled with esbuild's defaults. */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const folder = join(import.meta.dirname, "usual");

const changedAtMs = (path: string): number => statSync(join(folder, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

const install = (): void => {
  if (changedAtMs("node_modules/.package-lock.json") >= changedAtMs("package-lock.json")) return;
  process.stderr.write("Installing what tests/bench/usual is made of, once.\n");
  const args = ["ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error"];
  const { status, stderr, error } = spawnSync("npm", args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`npm ci in tests/bench/usual failed: ${error?.message ?? stderr}`);
};

/** Its bundles: as esbuild makes them by default, and minified as ours are. */
export const buildUsual = async (): Promise<{ readonly usual: string; readonly minified: string }> => {
  install();
  const bundle = async (name: string, minify: boolean): Promise<string> => {
    const outfile = join(folder, "dist", `${name}.cjs`);
    await build({
      absWorkingDir: folder,
      entryPoints: ["src/startOrder.ts"],
      bundle: true,
      platform: "node",
      target: "node24",
      minify,
      outfile,
      logLevel: "error",
    });
    return outfile;
  };
  return { usual: await bundle("startOrder", false), minified: await bundle("startOrder.min", true) };
};
