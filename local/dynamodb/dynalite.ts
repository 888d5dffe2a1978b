// The one door to dynalite 4.0.0 (CommonJS, untyped): its request validators and expression parsers, its key
// encoding, its read actions and its LevelDB store, with narrow types. Nothing else imports dynalite.
import { createRequire } from "node:module";
import { ServiceError } from "./errors.ts";
import type { AttributeValue, Item, KeyElement, Parsed, Path, Table, Updates } from "./language.ts";
import type { Done, Store } from "./level.ts";
import { type Bringing, checkNames } from "./names.ts";

interface Decimal {
  readonly c: readonly number[];
  readonly e: number;
  plus(other: string): Decimal;
  minus(other: string): Decimal;
  toFixed(): string;
}

interface Database {
  create(options: object): Store;
  validateKey(key: Item, table: Table): unknown;
  validateItem(item: Item, table: Table): unknown;
  validateUpdates(legacy: undefined, updates: Updates | undefined, table: Table): unknown;
  createKey(item: Item, table: Table, schema?: readonly KeyElement[]): string;
  createIndexKey(item: Item, table: Table, schema: readonly KeyElement[]): string;
  itemSize(item: Item): number;
  compare(operator: string, left: AttributeValue, right: readonly AttributeValue[]): boolean | undefined;
  mapPaths(paths: readonly (string | Path)[], item: Item): Item;
}

interface Validator {
  readonly types: object;
  readonly custom?: (data: object) => string | undefined;
}

interface Validations {
  checkTypes<Data>(data: object, types: object): Data;
  checkValidations(data: object, types: object, custom: Validator["custom"], store: object): void;
}

const require = createRequire(import.meta.url);
const requireBeside = createRequire(require.resolve("dynalite"));
const db: Database = require("dynalite/db/index.js");
const validations: Validations = require("dynalite/validations/index.js");
const Big: new (text: string) => Decimal = requireBeside("big.js");

const fileOf = (operation: string): string => operation.charAt(0).toLowerCase() + operation.slice(1);

const isWireError = (
  error: unknown,
): error is { statusCode: number; body: { __type: string; message?: string; Message?: string } } =>
  error instanceof Error && "statusCode" in error && "body" in error;

const translated = (error: unknown): unknown =>
  isWireError(error)
    ? new ServiceError(error.body.__type, error.body.message ?? error.body.Message ?? "", {}, error.statusCode)
    : error;

const refuse = (error: unknown): void => {
  if (error) throw translated(error);
};

/** The largest item in bytes, names and values together (DynamoDB's quota of 400 KB). */
export const MAX_ITEM_BYTES = 400 * 1024;

/** Opens the store on disk at `path`, or in memory without one. */
export const createStore = (path: string | undefined): Store =>
  db.create({ createTableMs: 0, maxItemSizeKb: MAX_ITEM_BYTES / 1024, ...(path === undefined ? {} : { path }) });

/** Checks a request's shape and parses its expressions; throws the service's own refusal. */
export const parse = <Name extends keyof Parsed>(operation: Name, input: object): Parsed[Name] => {
  const { types, custom }: Validator = require(`dynalite/validations/${fileOf(operation)}.js`);
  try {
    const data = validations.checkTypes<Parsed[Name] & Bringing>(input, types);
    checkNames(data);
    validations.checkValidations(data, types, custom, { options: { maxItemSize: MAX_ITEM_BYTES } });
    return data;
  } catch (error) {
    throw translated(error);
  }
};

/** Runs one of dynalite's own actions over a view of the store. */
export const runAction = <Output>(operation: string, view: object, data: object): Promise<Output> => {
  const action: (view: object, data: object, done: Done<Output>) => void = require(
    `dynalite/actions/${fileOf(operation)}.js`,
  );
  return new Promise((resolve, reject) => {
    action(view, data, (error, output) => (error || !output ? reject(translated(error)) : resolve(output)));
  });
};

/** Throws unless `key` is exactly the table's key. */
export const checkKey = (key: Item, table: Table): void => refuse(db.validateKey(key, table));

/** Throws unless `item` has the table's key and no index key of a wrong type. */
export const checkItem = (item: Item, table: Table): void => refuse(db.validateItem(item, table));

/** Throws where an update would change the item's own key. */
export const checkUpdates = (updates: Updates | undefined, table: Table): void =>
  refuse(db.validateUpdates(undefined, updates, table));

/** A key as text that sorts as DynamoDB sorts; by the table's schema unless an index's is given. */
export const encodeKey = (item: Item, table: Table, schema: readonly KeyElement[] = table.KeySchema): string =>
  db.createKey(item, table, schema);

/** Where dynalite's Query and Scan resume in an index, as they write it. */
export const encodeStart = (start: Item, table: Table, schema: readonly KeyElement[]): string =>
  db.createIndexKey(start, table, schema);

/** An item's size in bytes, names and values together. */
export const itemSize = (item: Item): number => db.itemSize(item);

/** Compares two present values of one scalar type, or looks for one in another. */
export const compare = (operator: string, left: AttributeValue, right: AttributeValue): boolean =>
  Boolean(db.compare(operator, left, [right]));

/** The parts of an item that the paths name. */
export const project = (paths: readonly (string | Path)[], item: Item): Item => db.mapPaths(paths, item);

/** Adds (or subtracts) exactly; says what is wrong where the sum is no DynamoDB number. */
export const addNumbers = (left: string, right: string, sign: "plus" | "minus"): { N: string } | string => {
  const sum = new Big(left)[sign](right);
  // The service reports lost precision as an overflow too: a number has 38 digits and exponents -130 to 125.
  if (sum.e > 125 || sum.c.length > 38) {
    return "Number overflow. Attempting to store a number with magnitude larger than supported range";
  }
  if (sum.e < -130) return "Number underflow. Attempting to store a number with magnitude smaller than supported range";
  return { N: sum.toFixed() };
};
