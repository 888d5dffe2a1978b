/** One lane: requests in order, each sent with the same bytes to the engine and to the oracle, and their answers compared. */
import { differingPieces, type Piece, viewOf } from "./compare.ts";
import { explain } from "./known/explain.ts";
import { inPlainNumbers } from "./known/numbers.ts";
import type { Random } from "./random.ts";
import { TABLE } from "./requests/items.ts";
import { keysOf } from "./requests/keys.ts";
import { nextRequest, type Request } from "./requests/request.ts";
import type { Item } from "./requests/values.ts";
import type { Answer, Side } from "./sides.ts";

/** The engine and the oracle, each with an empty table. */
export interface Sides {
  readonly engine: Side;
  readonly oracle: Side;
}

/** Two answers to one request that differ as nobody has explained yet. */
export interface Finding {
  readonly request: Request;
  readonly engine: Answer;
  readonly oracle: Answer;
  readonly pieces: readonly Piece[];
}

/** What two answers to a request come to. */
export interface Comparison {
  readonly finding?: Finding;
  /** Titles of the known deviations that were seen. */
  readonly known: readonly string[];
  readonly engine: Answer;
}

const compare = (request: Request, engine: Answer, oracle: Answer): Comparison => {
  const exchanged = { request, engine: viewOf(engine), oracle: viewOf(oracle) };
  const known: string[] = [];
  const unknown: Piece[] = [];
  for (const piece of differingPieces(exchanged.engine, exchanged.oracle)) {
    const title = explain(piece, exchanged);
    if (title !== undefined) known.push(title);
    else unknown.push(piece);
  }
  const finding = { request, engine, oracle, pieces: unknown };
  return { known, engine, ...(unknown.length > 0 && { finding }) };
};

/** Where only the oracle has done what was asked, its items are made the engine's again. */
const realign = async (request: Request, { engine, oracle }: Sides): Promise<void> => {
  for (const Key of keysOf(request)) {
    const found = await engine.ask("GetItem", JSON.stringify({ TableName: TABLE, Key, ConsistentRead: true }));
    const { Item } = found.body;
    const mended = Item
      ? await oracle.ask("PutItem", JSON.stringify({ TableName: TABLE, Item }))
      : await oracle.ask("DeleteItem", JSON.stringify({ TableName: TABLE, Key }));
    if (mended.status !== 200)
      throw new Error(`the oracle takes no item of the engine's: ${JSON.stringify(mended.body)}`);
  }
};

/** Sends a request to both sides. */
export const exchange = async (request: Request, sides: Sides): Promise<Comparison> => {
  const body = JSON.stringify(request.input);
  const [engine, oracle] = await Promise.all([
    sides.engine.ask(request.operation, body),
    sides.oracle.ask(request.operation, body),
  ]);
  if ((engine.status === 200) !== (oracle.status === 200)) await realign(request, sides);
  return compare(request, engine, oracle);
};

const scan = async ({ ask }: Side, IndexName?: string): Promise<unknown> => {
  const items: Item[] = [];
  let next: unknown;
  do {
    const { body } = await ask("Scan", JSON.stringify({ TableName: TABLE, IndexName, ExclusiveStartKey: next }));
    if (!Array.isArray(body.Items)) throw new Error(`no scan: ${JSON.stringify(body)}`);
    items.push(...body.Items);
    next = body.LastEvaluatedKey;
  } while (next !== undefined);
  const nameOf = ({ pk, sk }: Item): string => JSON.stringify([pk, sk]);
  return inPlainNumbers(items.sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)));
};

/** What the table and its indexes hold at the end, where the two sides differ. */
const compareContents = async ({ engine, oracle }: Sides): Promise<Finding | undefined> => {
  for (const IndexName of [undefined, "due", "list"]) {
    const bodies = await Promise.all([engine, oracle].map((side) => scan(side, IndexName)));
    const [ours, theirs] = bodies.map((Items): Answer => ({ status: 200, body: { Items } }));
    const request = { operation: "Scan", input: { TableName: TABLE, IndexName } };
    if (ours === undefined || theirs === undefined) continue;
    const { finding } = compare(request, ours, theirs);
    if (finding) return finding;
  }
  return undefined;
};

/** How far a lane has come, and what it came upon. */
export interface Progress {
  readonly requests: Request[];
  readonly note: (comparison: Comparison) => void;
  readonly isOver: () => boolean;
}

/** Runs a lane of `count` requests, and compares what the tables hold in the end; the first unknown difference ends it. */
export const runLane = async (
  sides: Sides,
  count: number,
  random: Random,
  { requests, note, isOver }: Progress,
): Promise<Finding | undefined> => {
  let next: Item | undefined;
  while (requests.length < count && !isOver()) {
    const request = nextRequest(requests.length, { requests, next }, random);
    const comparison = await exchange(request, sides);
    note(comparison);
    if (comparison.finding) return comparison.finding;
    requests.push(request);
    next = comparison.engine.body.LastEvaluatedKey as Item | undefined;
  }
  return isOver() ? undefined : compareContents(sides);
};
