/** What lists of orders are asked: a merchant's statement, an app's orders (swip.md 2, 4). */
import * as z from "zod";
import { readInstant } from "#kernel/time";
import { orderMachine } from "#pos/order.machine";
import { text } from "#pos/wire";

const instant = z
  .string("must be an ISO 8601 instant in UTC")
  .meta({ format: "date-time" })
  .transform((said, context) => {
    const ms = readInstant(said);
    if (ms !== undefined) return ms;
    context.issues.push({ code: "custom", message: "must be an ISO 8601 instant in UTC", input: said });
    return z.NEVER;
  });

/** Orders of a page where nothing is said (swip.md 4). */
const DEFAULT_LIMIT = 50;

const paging = {
  limit: z
    .string("must be 1-100")
    .refine((said) => /^(?:100|[1-9]\d?)$/.test(said), "must be 1-100")
    .meta({ override: { type: "integer", minimum: 1, maximum: 100, default: DEFAULT_LIMIT } })
    .optional(),
  cursor: z.string("must be a cursor of ours").max(512, "must be a cursor of ours").optional(),
};

const limitOf = (said: string | undefined): number => (said === undefined ? DEFAULT_LIMIT : Number(said));

/** States of an order. */
export const statuses = Object.keys(orderMachine.states) as [
  keyof typeof orderMachine.states,
  ...(keyof typeof orderMachine.states)[],
];

/** What listOrders is asked. */
export const ListOrdersQuery = z
  .object({
    query: z.object({
      from: instant.optional(),
      to: instant.optional(),
      status: z.enum(statuses, `must be one of ${statuses.join(", ")}`).optional(),
      ...paging,
    }),
  })
  .transform(({ query: { from, to, limit, ...more } }) => ({ fromMs: from, toMs: to, limit: limitOf(limit), ...more }));

/** A merchant's id (swip.md 1). */
export const MERCHANT_ID = /^[A-Za-z0-9_-]{1,32}$/;
const merchantId = z.string().regex(MERCHANT_ID, "must be 1-32 of A-Z, a-z, 0-9, _ and -");

/** A store's or a till's own name (swip.md 1). */
export const PLACE_NAME = /^[!-~](?:[ -~]{0,62}[!-~])?$/;
const placeName = z.string().regex(PLACE_NAME, "must be 1-64 printable characters");

/** What findOrders is asked: a code, a till, both or neither. */
export const FindOrdersQuery = z
  .object({
    query: z
      .object({
        sessionCode: text(1, 512).optional(),
        merchantId: merchantId.optional(),
        storeId: placeName.optional(),
        cashId: placeName.optional(),
        ...paging,
      })
      .check((context) => {
        const { merchantId: merchant, storeId, cashId } = context.value;
        const said = { merchantId: merchant, storeId, cashId };
        const missing = Object.entries(said).filter(([, value]) => value === undefined);
        if (missing.length === 0 || missing.length === Object.keys(said).length) return;
        for (const [name] of missing)
          context.issues.push({
            code: "custom",
            message: "must go with the others of a till",
            input: undefined,
            path: [name],
          });
      }),
  })
  .transform(({ query: { sessionCode, merchantId: merchant, storeId, cashId, limit, cursor } }) => ({
    sessionCode,
    till:
      merchant !== undefined && storeId !== undefined && cashId !== undefined
        ? { tenant: merchant, storeId, cashId }
        : undefined,
    limit: limitOf(limit),
    cursor,
  }));

/** A statement's question, read. */
export type ListOrders = z.output<typeof ListOrdersQuery>;
/** An app's question, read. */
export type FindOrders = z.output<typeof FindOrdersQuery>;
