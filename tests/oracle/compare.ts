/** Whether two answers say the same, piece by piece: the refusal, what the answer holds, and what it cost. */
import { isDeepStrictEqual } from "node:util";
import type { Answer } from "./sides.ts";

/** The parts of an answer that may differ each for a reason of its own. */
export type Piece = "refusal" | "content" | "capacity";

/** Why an action of a transaction failed. */
export interface Reason {
  readonly Code?: string;
  readonly Message?: string;
  readonly Item?: unknown;
}

/** An answer taken apart. */
export interface View {
  readonly status: number;
  /** The error's name without its namespace; none of a success. */
  readonly type: string | undefined;
  readonly message: string;
  readonly reasons: readonly Reason[];
  readonly content: Readonly<Record<string, unknown>>;
  readonly capacity: unknown;
}

const SETS = new Set(["SS", "NS", "BS"]);

/** Sets have no order. */
const inOrder = (value: unknown, name = ""): unknown => {
  if (Array.isArray(value)) return SETS.has(name) ? [...value].sort() : value.map((one) => inOrder(one));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, inOrder(member, key)]));
};

/** Takes an answer apart. */
export const viewOf = ({ status, body }: Answer): View => {
  const { __type, message, Message, CancellationReasons = [], ConsumedCapacity, ...content } = body;
  return {
    status,
    type: typeof __type === "string" ? __type.slice(__type.indexOf("#") + 1) : undefined,
    message: String(message ?? Message ?? ""),
    reasons: inOrder(CancellationReasons) as readonly Reason[],
    content: inOrder(content) as View["content"],
    capacity: ConsumedCapacity,
  };
};

/** The pieces in which two answers differ. */
export const differingPieces = (one: View, other: View): readonly Piece[] => {
  const refusal = ({ status, type, message, reasons }: View) => [status, type, message, reasons];
  if (!isDeepStrictEqual(refusal(one), refusal(other))) return ["refusal"];
  const pieces: Piece[] = [];
  if (!isDeepStrictEqual(one.content, other.content)) pieces.push("content");
  if (!isDeepStrictEqual(one.capacity, other.capacity)) pieces.push("capacity");
  return pieces;
};
