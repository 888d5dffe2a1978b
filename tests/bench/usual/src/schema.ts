/** What startOrder is asked. */
import { z } from "zod";

const id = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

export const startOrderSchema = z.object({
  userId: id,
  amount: z.object({
    value: z.number().positive(),
    currency: z.string().trim().length(3).nullish(),
  }),
  dateOfTransaction: z.iso.datetime(),
  expiryTimeOfTheOrder: z.iso.datetime(),
  sonectTransactionReferenceId: z.string().trim().max(128).nullish(),
  store: z.string().trim().max(200).nullish(),
});

export type StartOrder = z.infer<typeof startOrderSchema>;
