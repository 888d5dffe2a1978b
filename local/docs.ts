/** Prints the documents from the tables that the house runs on: `npm run docs`. */
import { writeFileSync } from "node:fs";
import { docs, documentsOf } from "./docs/documents.ts";
import { readSources } from "./docs/sources.ts";

for (const [name, text] of Object.entries(documentsOf(await readSources()))) {
  writeFileSync(new URL(name, docs), text);
  process.stdout.write(`docs/${name} ${(Buffer.byteLength(text) / 1_000).toFixed(1)} kB\n`);
}
