/** Makes a page of `web/` one text that needs nothing else: its style sheet and its script stand in it. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What banks' apps show pages in: the browsers of phones that are some years old. */
const BROWSERS = ["chrome87", "safari14.1"];

/** Where each page is, by its name. */
export const pageFile = (name: string): string => join(import.meta.dirname, "../web", name, "page.html");

const bundle = async (file: string): Promise<string> => {
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    format: "iife",
    target: BROWSERS,
    charset: "utf8",
    legalComments: "none",
    write: false,
  });
  return outputFiles[0]?.text.trim() ?? "";
};

/** Gives a page with whatever it links to put in its place. */
export const joinPage = async (file: string): Promise<string> => {
  const page = await readFile(file, "utf8");
  const beside = (name: string) => bundle(join(dirname(file), name));
  const [style, script] = await Promise.all([beside("page.css"), beside("page.ts")]);
  return page
    .replace('<link rel="stylesheet" href="page.css">', () => `<style>${style}</style>`)
    .replace('<script src="page.ts"></script>', () => `<script>${script}</script>`);
};
