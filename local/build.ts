/** Bundles every function for Lambda into `dist/<slice>/<function>.cjs` (DESIGN section 10): small, and quick to start cold. */
import { randomUUID } from "node:crypto";
import { existsSync, globSync, mkdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { Plugin } from "esbuild";
import { joinPage } from "./page.ts";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

/** What a bundle is made of; a folder's own time tells of files that have gone. */
const sources = ["functions/**", "lib/**", "docs/*.html", "web/**", "package-lock.json", "local/{build,page}.ts"];

const entries = (): readonly string[] =>
  globSync("functions/*/*.ts", { cwd: root }).filter((path) => !path.endsWith(".d.ts"));

const bundleOf = (entry: string): string => join(root, entry.replace("functions/", "dist/").replace(/\.ts$/, ".cjs"));

const changedAtMs = (path: string): number => statSync(path).mtimeMs;

/** True where a bundle is missing, or older than anything it is made of. */
const isStale = (): boolean => {
  const bundles = entries().map(bundleOf);
  if (!bundles.every((path) => existsSync(path))) return true;
  const oldest = Math.min(...bundles.map(changedAtMs));
  return globSync(sources, { cwd: root }).some((path) => changedAtMs(join(root, path)) > oldest);
};

/**
 * The SDK's search for credentials (files, SSO, metadata services) is a third of a bundle and never used: Lambda and
 * the sandbox put them into the environment.
 */
const credentialsFromEnvironment: Plugin = {
  name: "credentials-from-environment",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ path }) => ({ path, namespace: "credentials" }));
    onLoad({ filter: /.*/, namespace: "credentials" }, () => ({
      contents: `export const defaultProvider = () => async () => ({
        accessKeyId: process.env.AWS_ACCESS_KEY_ID,
        secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
        sessionToken: process.env.AWS_SESSION_TOKEN,
      });`,
    }));
  },
};

/** What zod prints JSON schemas with is no small part of a bundle and never used there: `local/docs.ts` prints them. */
const withoutSchemaPrinting: Plugin = {
  name: "without-schema-printing",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const names = [...text.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => `missing as ${name}`);
      return {
        contents: `const missing = () => () => { throw new Error("no bundle prints schemas"); };
          export { ${names.join(", ")} };`,
      };
    }),
};

/** A page of `web/` becomes one text. */
const wholePages: Plugin = {
  name: "whole-pages",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/web\/\w+\/page\.html$/ }, async ({ path }) => ({
      contents: await joinPage(path),
      loader: "text",
    })),
};

const bundle = async () => {
  const { build: run, stop } = await import("esbuild");
  const { outputFiles } = await run({
    absWorkingDir: root,
    entryPoints: [...entries()],
    outbase: "functions",
    outdir: "dist",
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node24",
    format: "cjs",
    mainFields: ["module", "main"],
    minify: true,
    sourcemap: "external",
    sourcesContent: false,
    loader: { ".html": "text" },
    plugins: [credentialsFromEnvironment, withoutSchemaPrinting, wholePages],
    legalComments: "none",
    write: false,
  });
  // Its service would live on beside a sandbox, with all that it has read.
  await stop();
  return outputFiles;
};

/** Makes every bundle anew and removes what no function makes any more. Throws where something does not compile. */
export const build = async (): Promise<void> => {
  const startedAt = new Date();
  const files = await bundle();
  for (const { path, contents } of files) {
    mkdirSync(dirname(path), { recursive: true });
    // Whole or not at all: a sandbox or another build may be reading.
    const draft = `${path}.${randomUUID()}`;
    writeFileSync(draft, contents);
    // Dated back, so that a source saved while this runs is newer.
    utimesSync(draft, startedAt, startedAt);
    renameSync(draft, path);
  }
  const made = new Set(files.map(({ path }) => relative(dist, path)));
  for (const path of globSync("*/*.{cjs,map}", { cwd: dist })) if (!made.has(path)) rmSync(join(dist, path));
};

/** Builds where a source is newer than the bundles. */
export const buildIfStale = async (): Promise<void> => {
  if (isStale()) await build();
};

if (import.meta.main) {
  const startedAtMs = performance.now();
  await build();
  const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(1);
  process.stdout.write(`built ${entries().length} functions in ${seconds} s\n`);
}
