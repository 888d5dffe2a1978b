/** Finds the tables that the documents are printed from, wherever a slice keeps them. */
import { readdirSync, readFileSync } from "node:fs";
import type { AnyContract } from "#edge/contract";
import type { Machine } from "#kernel/machine";
import { edgeRefusals, type RefusalRow } from "#kernel/refusal";
import type { Kind } from "#store/kind";
import { kinds } from "#store/kinds";
import about from "../../package.json" with { type: "json" };

/** Refusals by code, in order of precedence. */
export type RefusalTable = Readonly<Record<string, RefusalRow>>;

/** A table and where it was found: the folder of `lib/`, and the file's name up to its first dot. */
export interface Found<Table> {
  readonly slice: string;
  readonly name: string;
  readonly table: Table;
}

/** All that the documents are made of. */
export interface Sources {
  readonly version: string;
  /** In the order in which they are written; the desk's own come last. */
  readonly contracts: readonly AnyContract[];
  readonly machines: readonly Found<Machine>[];
  /** The edge's come first. */
  readonly refusals: readonly Found<RefusalTable>[];
  readonly kinds: Readonly<Record<string, Kind>>;
  /** The page's style sheet. */
  readonly style: string;
}

const lib = new URL("../../lib/", import.meta.url);

/** The page's style sheets, in the order of the cascade. */
const sheets = ["colours", "text", "layout", "contents", "tables", "examples"];

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;
const isContract = (value: unknown): value is AnyContract => isObject(value) && "route" in value;
const isMachine = (value: unknown): value is Machine => isObject(value) && "moves" in value;
const isRefusalTable = (value: unknown): value is RefusalTable =>
  isObject(value) && Object.values(value).every((row) => isObject(row) && "retry" in row);

/** The exports of a module that are such tables. A namespace is sorted by name; a reader wants the order of the file. */
const exportsOf = async <Table>(
  file: URL,
  isTable: (value: unknown) => value is Table,
): Promise<readonly (readonly [name: string, table: Table])[]> => {
  const module: Readonly<Record<string, unknown>> = await import(file.href);
  const text = readFileSync(file, "utf8");
  const tables = Object.entries(module).filter((entry): entry is [string, Table] => isTable(entry[1]));
  const placeOf = (name: string): number => text.indexOf(`export const ${name} `);
  return tables.toSorted(([one], [other]) => placeOf(one) - placeOf(other));
};

/** The tables in files of this name, slice by slice. */
const find = async <Table>(
  fileName: RegExp,
  isTable: (value: unknown) => value is Table,
): Promise<readonly Found<Table>[]> => {
  const found: Found<Table>[] = [];
  for (const slice of readdirSync(lib, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const folder = new URL(`${slice.name}/`, lib);
    for (const file of readdirSync(folder).filter((name) => fileName.test(name))) {
      const name = file.slice(0, file.indexOf("."));
      const tables = await exportsOf(new URL(file, folder), isTable);
      found.push(...tables.map(([, table]) => ({ slice: slice.name, name, table })));
    }
  }
  return found.toSorted((one, other) => Number(one.slice === "desk") - Number(other.slice === "desk"));
};

/** Reads the tables of the whole house. */
export const readSources = async (): Promise<Sources> => ({
  version: about.version,
  contracts: (await find(/^(?:\w+\.)?contract\.ts$/, isContract)).map(({ table }) => table),
  machines: await find(/\.machine\.ts$/, isMachine),
  refusals: [
    { slice: "edge", name: "refusals", table: edgeRefusals },
    ...(await find(/^refusals\.ts$/, isRefusalTable)),
  ],
  kinds,
  style: sheets.map((name) => readFileSync(new URL(`page/style/${name}.css`, import.meta.url), "utf8")).join("\n"),
});
