/** Explains differences by what is known of DynamoDB Local. */
import type { Piece } from "../compare.ts";
import { capacities, contents } from "./answers.ts";
import type { Deviations, Exchange } from "./deviation.ts";
import { refusals } from "./refusals.ts";

const byPiece: Readonly<Record<Piece, Deviations>> = { refusal: refusals, content: contents, capacity: capacities };

/** The titles of all known deviations. */
export const titles: readonly string[] = [...new Set(Object.values(byPiece).flatMap(Object.keys))];

/** The title of the deviation that explains a differing piece, if any does. */
export const explain = (piece: Piece, exchange: Exchange): string | undefined =>
  Object.entries(byPiece[piece]).find(([, covers]) => covers(exchange))?.[0];
