/** Lines that are cut out of an order, and what is left of it (swip.md 7). Pure. */
import type { Issue } from "#kernel/malformed";
import { halfEven, sumOf } from "#loyalty/share";
import { thousandthsOf } from "#pos/money";
import type { Line, Order } from "#pos/order";
import type { CancelOrder } from "#pos/wire";

/** A line to cut: so many thousandths of it, or all. */
export interface Cut {
  readonly id: string;
  readonly quantityThousandths?: bigint;
}

type Sent = NonNullable<CancelOrder["purchases"]>;

const QUANTITY_MESSAGE = "must be 0.001 to the line's, with 3 decimals at most";

/** Reads the cuts; tells the quantities that are none. */
export const takeCuts = (purchases: Sent): { readonly cuts: readonly Cut[]; readonly issues: readonly Issue[] } => {
  const read = purchases.map(({ id, quantity }) => ({
    id,
    quantity,
    thousandths: quantity && thousandthsOf(quantity),
  }));
  return {
    cuts: read.map(({ id, thousandths }) => ({
      id,
      ...(thousandths !== undefined && { quantityThousandths: thousandths }),
    })),
    issues: read.flatMap(({ quantity, thousandths }, nth) =>
      quantity !== undefined && thousandths === undefined
        ? [{ way: ["purchases", `${nth}`, "quantity"], message: QUANTITY_MESSAGE }]
        : [],
    ),
  };
};

/** What of the cuts does not fit the lines. */
export const misfitsIn = (lines: readonly Line[], cuts: readonly Cut[]): readonly Issue[] => {
  const byId = new Map(lines.map((line) => [line.id, line]));
  return cuts.flatMap(({ id, quantityThousandths = 0n }, nth) => {
    const line = byId.get(id);
    if (line === undefined) return [{ way: ["purchases", `${nth}`, "id"], message: "must be a line of the order" }];
    return quantityThousandths > line.quantityThousandths
      ? [{ way: ["purchases", `${nth}`, "quantity"], message: QUANTITY_MESSAGE }]
      : [];
  });
};

/** A quantity of 1, in thousandths. */
const UNIT = 1000n;

const cutLine = (line: Line, cut: Cut | undefined): Line | undefined => {
  if (cut === undefined) return line;
  const quantityThousandths = line.quantityThousandths - (cut.quantityThousandths ?? line.quantityThousandths);
  if (quantityThousandths === 0n) return undefined;
  return { ...line, quantityThousandths, amount: halfEven(line.price * quantityThousandths, UNIT) };
};

/** The lines without those whose parent has gone, and theirs. */
const withoutOrphans = (left: readonly Line[], gone: ReadonlySet<string>): readonly Line[] => {
  const kept = left.filter(({ parentId }) => parentId == null || !gone.has(parentId));
  if (kept.length === left.length) return left;
  const more = left.filter(({ parentId }) => parentId != null && gone.has(parentId)).map(({ id }) => id);
  return withoutOrphans(kept, new Set(more));
};

/** What is left of an order; money in minor units. */
export interface Rest {
  readonly lines: readonly Line[];
  readonly totalOriginal: bigint;
  readonly total: bigint;
}

/** Cuts lines that fit; undefined where nothing is left to pay. */
export const cutLines = (
  order: Pick<Order, "total" | "totalOriginal">,
  lines: readonly Line[],
  cuts: readonly Cut[],
): Rest | undefined => {
  const byId = new Map(cuts.map((cut) => [cut.id, cut]));
  const left = lines.flatMap((line) => cutLine(line, byId.get(line.id)) ?? []);
  const still = new Set(left.map(({ id }) => id));
  const gone = new Set(lines.map(({ id }) => id).filter((id) => !still.has(id)));
  const rest = withoutOrphans(left, gone);
  const totalOriginal = sumOf(rest.map(({ amount }) => amount));
  const total = halfEven(order.total * totalOriginal, order.totalOriginal);
  return total === 0n ? undefined : { lines: rest, totalOriginal, total };
};
