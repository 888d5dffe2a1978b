/** What `npm run docs` makes, and in which files. */
import { printMachines } from "./machines.ts";
import { printOpenApi } from "./openapi.ts";
import { printPage } from "./page/page.ts";
import { printRefusals } from "./refusals.ts";
import type { Sources } from "./sources.ts";
import { printTable } from "./table.ts";

/** Where the documents lie. */
export const docs = new URL("../../docs/", import.meta.url);

/** The documents, by file name in `docs/`. */
export const documentsOf = (sources: Sources): Readonly<Record<string, string>> => ({
  "openapi.json": printOpenApi(sources),
  "api.html": printPage(sources),
  "machines.md": printMachines(sources),
  "refusals.md": printRefusals(sources),
  "table.md": printTable(sources),
});
