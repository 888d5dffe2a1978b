/** The project's own source files, for the tests that read them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The project's folder. */
export const root = join(import.meta.dirname, "../..");

/** A source file: its path from the root, its text, and what it imports. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly { readonly from: string; readonly typeOnly: boolean }[];
}

const importsOf = (text: string): Source["imports"] =>
  [...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm)].map(([, type, from = ""]) => ({
    from,
    typeOnly: type !== undefined,
  }));

/** Every TypeScript file below some folders. */
export const sourcesOf = (...folders: readonly string[]): readonly Source[] =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => /\.ts$/.test(path) && !path.endsWith(".d.ts") && !path.includes("node_modules"))
      .map((path) => join(folder, path))
      .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))
      .map(({ path, text }) => ({ path, text, imports: importsOf(text) })),
  );

/** The file that an import of our own names, from the root; undefined for a package. */
export const targetOf = (path: string, from: string): string | undefined => {
  if (from.startsWith("#")) return `lib/${from.slice(1)}.ts`;
  return from.startsWith(".") ? join(path, "..", from) : undefined;
};
