/** What the bench found, as tables for a terminal of 100 columns, and the budgets that it was to meet. */

/** A column: numbers have `digits` after the point and stand to the right, texts have none and stand to the left. */
export interface Column {
  readonly name: string;
  readonly head: string;
  readonly digits?: number;
}

/** What stands in a row: absent where there is nothing to compare with. */
export type Cell = string | number | undefined;

/** A table of figures. */
export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  readonly notes?: readonly string[];
}

/** A bound that the project has set itself. */
export interface Budget {
  readonly what: string;
  readonly value: number;
  readonly is: "at most" | "at least";
  readonly limit: number;
  readonly unit: string;
}

/** What one section of the bench found. */
export interface Findings {
  readonly tables: readonly Table[];
  readonly budgets: readonly Budget[];
}

/** How thoroughly to measure. */
export interface Scale {
  readonly isQuick: boolean;
}

/** A section of the bench. */
export type Measure = (scale: Scale) => Promise<Findings>;

/** The columns of a spread, in a unit. */
export const spreadColumns = (unit: string, digits: number): readonly Column[] => [
  { name: "min", head: `min ${unit}`, digits },
  { name: "median", head: "median", digits },
  { name: "max", head: "max", digits },
];

/** Whether a budget is met; what could not be measured is not. */
export const isMet = ({ value, is, limit }: Budget): boolean => (is === "at most" ? value <= limit : value >= limit);

const textOf = (cell: Cell, { digits }: Column): string => {
  if (cell === undefined) return "";
  return typeof cell === "number" && digits !== undefined
    ? cell.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })
    : String(cell);
};

const INDENT = "  ";
const GAP = "  ";

/** A table as lines. */
export const tableLines = ({ title, columns, rows, notes = [] }: Table): readonly string[] => {
  const texts = rows.map((row) => columns.map((column) => textOf(row[column.name], column)));
  const widths = columns.map(({ head }, nth) => Math.max(head.length, ...texts.map((row) => row[nth]?.length ?? 0)));
  const lineOf = (cells: readonly string[]): string =>
    cells
      .map((cell, nth) =>
        columns[nth]?.digits === undefined ? cell.padEnd(widths[nth] ?? 0) : cell.padStart(widths[nth] ?? 0),
      )
      .join(GAP)
      .trimEnd();
  return [
    title,
    `${INDENT}${lineOf(columns.map(({ head }) => head))}`,
    ...texts.map((row) => `${INDENT}${lineOf(row)}`),
    ...notes.map((note) => `${INDENT}${note}`),
    "",
  ];
};

const plain = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 2 });

/** The budgets as lines. */
export const budgetLines = (budgets: readonly Budget[]): readonly string[] =>
  budgets.map((budget) => {
    const { what, value, is, limit, unit } = budget;
    return `${isMet(budget) ? "✓" : "✗"} ${what}: ${plain(value)}${unit}, ${is} ${plain(limit)}${unit}`;
  });
