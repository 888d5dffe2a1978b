/** What a till has sent as an order, read in its merchant's currency: amounts, sums, lines that go together (swip.md 3). */
import type { Currency } from "#kernel/currency";
import type { Decimal } from "#kernel/json";
import { type Issue, malformedBy } from "#kernel/malformed";
import { sumOf } from "#loyalty/share";
import { MONEY_MESSAGE, minorIn, thousandthsOf } from "#pos/money";
import type { Content, Line } from "#pos/order";
import type { CreateOrder } from "#pos/wire";

type SentLine = CreateOrder["purchases"][number];

/** A line as it was sent: without an id of its own it gets one later. */
export type TakenLine = Omit<Line, "id"> & { readonly id?: string };

/** An order as it was sent; its code is empty where it has sent none. */
export type Taken = Omit<Content, "merchantName" | "lines"> & {
  readonly total: bigint;
  readonly totalOriginal: bigint;
  readonly lines: readonly TakenLine[];
};

/** Takes down what is wrong, and goes on with zero. */
const openReading = (currency: Currency) => {
  const issues: Issue[] = [];
  const issue = (way: readonly string[], message: string): void => void issues.push({ way, message });
  const amount = (said: Decimal, ...way: readonly string[]): bigint => {
    const minor = minorIn(currency, said);
    if (minor === undefined) issue(way, MONEY_MESSAGE);
    return minor ?? 0n;
  };
  const quantity = (said: Decimal, ...way: readonly string[]): bigint => {
    const thousandths = thousandthsOf(said);
    if (thousandths === undefined) issue(way, "must be 0.001-999999.999 with 3 decimals at most");
    return thousandths ?? 0n;
  };
  return { issues, issue, amount, quantity };
};

type Reading = ReturnType<typeof openReading>;

const takeLine = ({ quantity, price, amount, ...said }: SentLine, nth: number, reading: Reading): TakenLine => {
  const way = (name: string): readonly string[] => ["purchases", `${nth}`, name];
  const { id, parentId, productId, name, unit } = said;
  return {
    ...(id !== undefined && { id }),
    ...(parentId !== undefined && { parentId }),
    ...(productId !== undefined && { productId }),
    name,
    quantityThousandths: reading.quantity(quantity, ...way("quantity")),
    ...(unit !== undefined && { unit }),
    price: reading.amount(price, ...way("price")),
    amount: reading.amount(amount, ...way("amount")),
  };
};

const distance = (one: bigint, other: bigint): bigint => (one < other ? other - one : one - other);

/** Half a minor unit, in thousandths. */
const HALF = 500n;

const checkSums = ({ lines, total, totalOriginal }: Taken, { issue }: Reading): void => {
  for (const [nth, { amount, price, quantityThousandths }] of lines.entries()) {
    if (distance(amount * 1000n, price * quantityThousandths) > HALF)
      issue(["purchases", `${nth}`, "amount"], "must equal price x quantity");
  }
  const sum = sumOf(lines.map(({ amount }) => amount));
  if (sum < 1n) issue(["purchases"], "must amount to more than 0");
  if (totalOriginal < 1n || distance(sum, totalOriginal) > BigInt(lines.length))
    issue(["totalOriginal"], "must be the sum of the amounts");
  if (total < 1n || total > totalOriginal) issue(["total"], "must be more than 0 and at most totalOriginal");
};

const repeatedIds = (lines: readonly TakenLine[]): ReadonlySet<number> => {
  const seen = new Set<string>();
  const repeated = new Set<number>();
  for (const [nth, { id }] of lines.entries()) {
    if (id === undefined) continue;
    if (seen.has(id)) repeated.add(nth);
    seen.add(id);
  }
  return repeated;
};

/** Whether a line is its own ancestor; a parent that is none ends the way. */
const isOwnAncestor = (line: TakenLine, parents: ReadonlyMap<string, string | null | undefined>): boolean => {
  const passed = new Set<string>();
  let at = line.parentId;
  while (at != null && !passed.has(at)) {
    if (at === line.id) return true;
    passed.add(at);
    at = parents.get(at);
  }
  return false;
};

const checkFamily = ({ lines }: Taken, { issue }: Reading): void => {
  for (const nth of repeatedIds(lines)) issue(["purchases", `${nth}`, "id"], "must be unique in the order");
  const parents = new Map(lines.flatMap(({ id, parentId }) => (id === undefined ? [] : [[id, parentId] as const])));
  for (const [nth, line] of lines.entries()) {
    const isUnknown = line.parentId != null && !parents.has(line.parentId);
    if (isUnknown || isOwnAncestor(line, parents))
      issue(["purchases", `${nth}`, "parentId"], "must be the id of another line, above this one");
  }
};

/** Reads an order in a currency; throws MALFORMED with everything that is wrong. */
export const takeOrder = (wish: CreateOrder, currency: Currency): Taken => {
  const reading = openReading(currency);
  const { merchantOrderId, merchantOrderNumber, merchantCashier, merchantCashierId, saleDate, sessionCode = "" } = wish;
  const taken: Taken = {
    merchantOrderId,
    ...(merchantOrderNumber !== undefined && { merchantOrderNumber }),
    merchantCashier,
    ...(merchantCashierId !== undefined && { merchantCashierId }),
    saleDate,
    sessionCode,
    total: reading.amount(wish.total, "total"),
    totalOriginal: reading.amount(wish.totalOriginal, "totalOriginal"),
    lines: wish.purchases.map((line, nth) => takeLine(line, nth, reading)),
  };
  if (reading.issues.length === 0) checkSums(taken, reading);
  checkFamily(taken, reading);
  const [first] = reading.issues;
  if (first) throw malformedBy("fields", `order: ${first.way.at(-1)}`, reading.issues);
  return taken;
};
