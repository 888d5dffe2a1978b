/** What a desk answers a phone (approvals.md 4). */
import * as z from "zod";

/** What every answer has. */
export const Envelope = z.looseObject({
  Success: z.boolean(),
  ServerTime: z.int(),
  Results: z.array(z.looseObject({ ErrorCode: z.string(), ErrorMessage: z.string() })),
  Status: z.int().optional(),
});

/** Any answer. */
export type Envelope = z.output<typeof Envelope>;

/** A transaction that waits for a decision. */
export const Listed = z.object({
  TransactionToken: z.string(),
  TransactionType: z.int(),
  TransactionName: z.string(),
  TransactionContent: z.string(),
  CreatedAt: z.int(),
  ExpiresAt: z.int(),
  Challenge: z.string(),
  BindingRequired: z.boolean(),
});

/** The same, read. */
export type Listed = z.output<typeof Listed>;

/** What each call is answered with when it succeeds. */
export const replies = {
  activations: z.looseObject({ OwnerKey: z.string(), State: z.string() }),
  status: z.looseObject({ OwnerKey: z.string(), State: z.string(), Pending: z.int() }),
  "push-token": z.looseObject({}),
  deactivate: z.looseObject({ State: z.string() }),
  "login-otp": z.looseObject({ LoginOtp: z.string(), ExpiresAt: z.int() }),
  "transactions/pending": z.looseObject({ Transactions: z.array(Listed) }),
  "transactions/respond": z.looseObject({ Status: z.int(), DecidedAt: z.int() }),
} as const;

/** A call of the device API, by its path. */
export type Call = keyof typeof replies;

/** What a call is answered with. */
export type Reply<Name extends Call> = z.output<(typeof replies)[Name]>;

/** A transaction's states by their numbers (approvals.md 2.4). */
const states = ["rejected", "approved", "waiting", "in error", "expired", "reported as fraud", "cancelled"] as const;

/** A state in words. */
export const stateText = (status: number): string => states[status] ?? `in state ${status}`;
