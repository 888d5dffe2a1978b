// The store as dynalite lays it out, in types: LevelDB beneath (or its memory twin), rows by table and index above.
import type { Readable } from "node:stream";
import type { Item, Table } from "./language.ts";

/** One row to put or delete; a batch of them is written whole or not at all. */
export type RowOp =
  | { readonly type: "put"; readonly key: string; readonly value: unknown }
  | { readonly type: "del"; readonly key: string };

/** Bounds of a walk over rows in key order. */
export interface Range {
  readonly gte?: string;
  readonly gt?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly limit?: number;
  readonly reverse?: boolean;
}

/** The LevelDB (or its memory twin) beneath everything, values as JSON. */
export interface Level {
  open(): Promise<void>;
  close(): Promise<void>;
  getSync<Value>(key: string): Value | undefined;
  batch(ops: readonly RowOp[]): Promise<void>;
  iterator<Value>(range: Range): AsyncIterable<[string, Value]>;
}

/** How dynalite's actions and rows tell that they are done. */
export type Done<Result> = (error: unknown, result?: Result) => void;

/** What dynalite's read actions ask of a table's or an index's rows. */
export interface Rows {
  get(key: string, done: Done<Item>): void;
  createValueStream(range: Range): Readable;
}

/** What dynalite's read actions ask of the store. */
export interface ReadView {
  readonly options: object;
  getTable(name: string, done: Done<Table>): void;
  getItemDb(table: string): Rows;
  getIndexDb(kind: string, table: string, index: string): Rows;
}

/** dynalite's store: the database, and what its CreateTable needs to name things. */
export interface Store {
  readonly db: Level;
  readonly options: object;
  readonly tableDb: { readonly awsAccountId: string; readonly awsRegion: string };
  getItemDb(table: string): Rows;
  getIndexDb(kind: string, table: string, index: string): Rows;
}
