/** What tills and apps read of an order (swip.md 3): what they act by, numbers as they are written. What they do not know they ignore. */
import * as z from "zod";
import { JsonNumber, readJson } from "#kernel/json";
import type { Answer } from "./line.ts";

/** A number's own text: nobody has to calculate with what is only sent back. */
const figure = z.custom<JsonNumber>(JsonNumber.is).transform(({ text }) => text);

const Order = z.object({
  id: z.string(),
  status: z.string(),
  merchantId: z.string(),
  merchantName: z.string(),
  storeId: z.string(),
  cashId: z.string(),
  merchantOrderId: z.string(),
  sessionCode: z.string(),
  total: figure,
  loyalty: figure,
  payable: figure,
  paid: figure,
  amount: figure.nullable(),
  pointsEarned: figure,
  payment: z.object({ status: z.string(), method: z.string().nullable(), refunded: figure }),
  purchases: z.array(z.object({ id: z.string(), name: z.string(), amount: figure, discount: figure })),
  pointsBalance: figure.optional(),
  pointsMax: figure.optional(),
});

/** An order. */
export type Order = z.output<typeof Order>;

const Orders = z.object({
  orders: z.array(Order),
  nextCursor: z.string().nullable(),
});

const Complaint = z.object({ code: figure, description: z.string() });

/** A desk has said no, or something that is no answer. */
export class Declined extends Error {
  override readonly name = "Declined";
  /** Of swip.md 9; undefined for an answer in other words. */
  readonly code: number | undefined;

  constructor({ status, body }: Answer) {
    const told = Complaint.safeParse(jsonIn(body)).data;
    super(
      told === undefined
        ? `an answer of status ${status} that is none of swip.md`
        : `${told.code}: ${told.description}`,
    );
    this.code = told && Number(told.code);
  }
}

const jsonIn = (text: string): unknown => {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
};

const read = <Schema extends z.ZodType>(schema: Schema, answer: Answer): z.output<Schema> => {
  const { data } = answer.status === 200 ? schema.safeParse(jsonIn(answer.body)) : {};
  if (data === undefined) throw new Declined(answer);
  return data as z.output<Schema>;
};

/** The order that an answer tells; throws `Declined`. */
export const orderIn = (answer: Answer): Order => read(Order, answer);

/** The orders of a list, and where it goes on; throws `Declined`. */
export const ordersIn = (answer: Answer): z.output<typeof Orders> => read(Orders, answer);
