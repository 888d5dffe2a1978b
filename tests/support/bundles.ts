/** The functions' bundles: how large they are, and may be. */
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** The project's own budgets, in thousands of bytes: of a bundle, and of one with jose in it. */
const MOST_KB = 400;
const MOST_KB_WITH_JOSE = 415;

const dist = join(import.meta.dirname, "../../dist");

/** A built function; sizes in thousands of bytes. */
export interface Bundle {
  /** `<slice>/<function>`. */
  readonly name: string;
  readonly kb: number;
  readonly mostKb: number;
  /** Whether it reads and checks tokens that are signed. */
  readonly hasJose: boolean;
}

/** A file's size, in thousands of bytes. */
export const kbOf = (path: string): number => statSync(path).size / 1_000;

const bundleAt = (path: string): Bundle => {
  // A bundle's map tells what is in it.
  const hasJose = readFileSync(join(dist, `${path}.map`), "utf8").includes("node_modules/jose/");
  const mostKb = hasJose ? MOST_KB_WITH_JOSE : MOST_KB;
  return { name: path.replace(".cjs", ""), kb: kbOf(join(dist, path)), mostKb, hasJose };
};

/** Every bundle that was built, by name. */
export const everyBundle = (): readonly Bundle[] => globSync("*/*.cjs", { cwd: dist }).sort().map(bundleAt);
