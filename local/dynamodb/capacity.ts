// What a request costs in capacity units, and how the answer tells it (`ReturnConsumedCapacity`).
import { itemSize } from "./dynalite.ts";
import type { CapacityMode, Item } from "./language.ts";

/** Bytes that one write unit pays for. */
const WRITE_UNIT_BYTES = 1024;
/** Bytes that one consistent read unit pays for. */
const READ_UNIT_BYTES = 4096;
/** A transaction reads or writes every item twice, but its index rows once. */
export const TRANSACTION_FACTOR = 2;

/** What a request cost of one index. */
export interface IndexCost {
  readonly kind: "GlobalSecondaryIndexes" | "LocalSecondaryIndexes";
  readonly name: string;
  readonly units: number;
}

/** What a request cost of one table, its indexes apart. */
export interface Cost {
  readonly table: string;
  readonly units: number;
  readonly indexes: readonly IndexCost[];
}

/** Units to write the larger of these images of an item; a missing item costs one. */
export const writeUnits = (...images: readonly (Item | undefined)[]): number =>
  Math.max(1, ...images.map((image) => (image ? Math.ceil(itemSize(image) / WRITE_UNIT_BYTES) : 0)));

/** Units to read an item consistently; a missing item costs one. */
export const readUnits = (item: Item | undefined): number =>
  item ? Math.max(1, Math.ceil(itemSize(item) / READ_UNIT_BYTES)) : 1;

/** All units of some costs. */
export const totalUnits = (costs: readonly Cost[]): number =>
  costs.reduce((sum, { units, indexes }) => sum + units + indexes.reduce((all, index) => all + index.units, 0), 0);

const tellIndexes = (costs: readonly Cost[], kind: IndexCost["kind"]): object => {
  const units = new Map<string, number>();
  for (const index of costs.flatMap((cost) => cost.indexes).filter((one) => one.kind === kind)) {
    units.set(index.name, (units.get(index.name) ?? 0) + index.units);
  }
  return units.size
    ? { [kind]: Object.fromEntries([...units].map(([name, sum]) => [name, { CapacityUnits: sum }])) }
    : {};
};

const tellTable = (table: string, costs: readonly Cost[], mode: CapacityMode): object => ({
  TableName: table,
  CapacityUnits: totalUnits(costs),
  ...(mode === "INDEXES" && {
    Table: { CapacityUnits: costs.reduce((sum, cost) => sum + cost.units, 0) },
    ...tellIndexes(costs, "GlobalSecondaryIndexes"),
    ...tellIndexes(costs, "LocalSecondaryIndexes"),
  }),
});

/** The `ConsumedCapacity` entries of a request, one for each table, or none where none was asked for. */
export const tellCosts = (costs: readonly Cost[], mode: CapacityMode | undefined): readonly object[] | undefined => {
  if (mode !== "TOTAL" && mode !== "INDEXES") return undefined;
  const tables = [...new Set(costs.map(({ table }) => table))];
  return tables.map((name) =>
    tellTable(
      name,
      costs.filter(({ table }) => table === name),
      mode,
    ),
  );
};
