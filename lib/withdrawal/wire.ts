/** The SONECT integrator API as it is spoken: requests and replies (sonect.md 1, 4.1-4.3). */
import * as z from "zod";
import { example, instant, MAX_ID, maybeCurrency, maybeText } from "#kernel/fields";
import { type Decimal, decimal, integer } from "#kernel/json";
import type { TransactionId, UserId } from "#withdrawal/order";

/** Bounds of texts, in characters (sonect.md 4.1). */
const MAX_REFERENCE = 128;
const MAX_LABEL = 200;

const userId = integer(1n, MAX_ID).transform((id) => id as UserId);
const transactionId = integer(1n, MAX_ID).transform((id) => id as TransactionId);

/** More than zero; how many fraction digits fit only the account's currency tells (sonect.md 4.3). */
const amount = decimal()
  .refine(({ unscaled }: Decimal) => unscaled > 0n, "more than zero")
  .meta({ exclusiveMinimum: 0 });

/** What startOrder is asked. */
export const StartOrderRequest = z
  .object({
    userId: userId.meta({ description: "The bank's number of its customer: the account that pays." }),
    amount: z
      .object({
        value: amount.meta({
          description:
            "In major units, with no more fraction digits than the account's currency has and without exponent: `50` and `50.00` say the same in CHF, `50.000` is invalid.",
        }),
        currency: maybeCurrency.meta({
          description: "ISO 4217 code. Absent: the account's currency; any other than that is refused.",
        }),
      })
      .meta({ description: "The cash to hand out." }),
    dateOfTransaction: instant.meta({
      description: "When the withdrawal was asked for. Tells starts that have no reference from each other.",
    }),
    expiryTimeOfTheOrder: instant.meta({
      description:
        "Within the next 24 hours by the server's clock. From this instant the order cannot be settled, and what it holds goes back by itself.",
    }),
    sonectTransactionReferenceId: maybeText(MAX_REFERENCE).meta({
      description:
        "The operator's transaction id. A start repeated under it is answered like the first one; without it, the whole content tells which starts are the same.",
    }),
    store: maybeText(MAX_LABEL).meta({ description: "The shop that hands out the cash, as a label." }),
  })
  .meta(
    example({
      userId: 1001,
      amount: { value: 50, currency: "CHF" },
      dateOfTransaction: "2026-11-25T05:31:04.278Z",
      expiryTimeOfTheOrder: "2026-11-25T23:59:59Z",
      sonectTransactionReferenceId: "op-2026-11-25-0001",
      store: "Kiosk Bahnhofplatz",
    }),
  )
  .transform((said) => ({
    userId: said.userId,
    amount: said.amount.value,
    currency: said.amount.currency,
    partnerAtMs: said.dateOfTransaction,
    expiresAtMs: said.expiryTimeOfTheOrder,
    reference: said.sonectTransactionReferenceId,
    store: said.store,
  }));

/** A start, read. */
export type StartOrder = z.output<typeof StartOrderRequest>;

const end = {
  TransactionId: transactionId.meta({ description: "The order's number, as the answer to its start told it." }),
  UserId: userId.meta({ description: "The customer of the order; an order of another customer is not found." }),
  DateOperation: instant.meta({ description: "When this happened at the operator's." }),
  SonectTransactionReferenceId: maybeText(MAX_REFERENCE).meta({
    description:
      "The operator's transaction id. Has to be the order's; an order that was started without one accepts any, and keeps the one it is settled with.",
  }),
};

const endExample = {
  TransactionId: 4503599627370001,
  UserId: 1001,
  DateOperation: "2026-11-25T06:02:11.000Z",
  SonectTransactionReferenceId: "op-2026-11-25-0001",
};

const endOf = (said: {
  readonly TransactionId: TransactionId;
  readonly UserId: UserId;
  readonly DateOperation: number;
  readonly SonectTransactionReferenceId: string | undefined;
  readonly Reason?: string | undefined;
}) => ({
  transactionId: said.TransactionId,
  userId: said.UserId,
  partnerAtMs: said.DateOperation,
  reference: said.SonectTransactionReferenceId,
  reason: said.Reason,
});

/** What settleOrder is asked. */
export const SettleOrderRequest = z.object(end).meta(example(endExample)).transform(endOf);

/** What cancelOrder is asked. */
export const CancelOrderRequest = z
  .object({
    ...end,
    Reason: maybeText(MAX_LABEL).meta({ description: "Why. Kept with the order, for the bank's own eyes." }),
  })
  .meta(example({ ...endExample, Reason: "The customer changed their mind" }))
  .transform(endOf);

/** A settlement or a cancellation, read. */
export type EndOrder = z.output<typeof SettleOrderRequest>;

/** What is said of an order that has started. */
export interface Started {
  readonly transactionId: TransactionId;
  /** The bank books nothing. */
  readonly skip: boolean;
  /** This was said before. */
  readonly replayed: boolean;
}

/** What is said of an order that has ended as asked. */
export type Ended = Pick<Started, "skip" | "replayed">;

const replyFields = {
  Message: z.literal("OK").meta({ description: "For a human reader of logs." }),
  ResultCode: z.literal(0).meta({ description: "0: done. Any other code is a refusal, whatever the HTTP status." }),
  Skip: z.boolean().meta({
    description: "True where the account is configured so that the bank books nothing and checks no limit or balance.",
  }),
};

/** I2: done. */
export const EndedReply = z.object(replyFields).meta({ examples: [{ Message: "OK", ResultCode: 0, Skip: false }] });

/** I1: started, the money is held. */
export const StartedReply = z
  .object({
    ...replyFields,
    TransactionId: z
      .int()
      .min(1)
      .max(Number(MAX_ID))
      .meta({ description: "The order's number, by which it is settled or cancelled." }),
  })
  .meta({ examples: [{ Message: "OK", ResultCode: 0, Skip: false, TransactionId: 4503599627370001 }] });

/** Says I2. */
export const encodeEnded = ({ skip, replayed }: Ended) => ({
  status: 200,
  replayed,
  body: { Message: "OK", ResultCode: 0, Skip: skip },
});

/** Says I1. */
export const encodeStarted = ({ skip, replayed, transactionId }: Started) => ({
  status: 200,
  replayed,
  body: { Message: "OK", ResultCode: 0, Skip: skip, TransactionId: transactionId },
});
