/** The partner API as it answers: P1, P2 and P6 (sonect.md 2.6). */
import * as z from "zod";
import { type Configuration, MOST_QUICK_AMOUNTS, tellConfiguration, themes, toldLimits } from "#partner/configuration";
import { type User, userStatuses } from "#partner/user";

const result = z.literal(0).meta({ description: "0: done. Told beside and inside `payload`." });

const enveloped = <Shape extends z.core.$ZodShape>(payload: Shape, example: Readonly<Record<string, unknown>>) =>
  z
    .object({ result, payload: z.object({ result, ...payload }) })
    .meta({ examples: [{ result: 0, payload: { result: 0, ...example } }] });

/** A number as a reader of JSON has it. */
const amount = z
  .custom<number>((said) => typeof said === "number" && said > 0)
  .meta({ type: "number", exclusiveMinimum: 0 });

/** That of P1, as an example. */
export const configuration = {
  currency: "CHF",
  country: "CH",
  locale: "de-CH",
  theme: "white",
  quickAmounts: [20, 50, 100, 200],
  minAmount: 20,
  maxAmount: 500,
  stepAmount: 10,
  limits: { transaction: 500, day: 1000, week: 2000, month: 5000, year: null },
};

/** A partner's configuration, as it is told. */
export const ConfigurationReply = z
  .object({
    currency: z.string().meta({ description: "ISO 4217; of all amounts here, which are in major units." }),
    country: z.string().meta({ description: "ISO 3166-1, two letters." }),
    locale: z.string().meta({ description: "BCP 47." }),
    theme: z.enum(themes).meta({ description: "The web SDK's first look." }),
    quickAmounts: z
      .array(amount)
      .min(1)
      .max(MOST_QUICK_AMOUNTS)
      .meta({ description: "What is offered at a touch, ascending." }),
    minAmount: amount,
    maxAmount: amount,
    stepAmount: amount.meta({ description: "Amounts are `minAmount` and some steps." }),
    limits: z
      .object(Object.fromEntries(toldLimits.map((name) => [name, amount.nullable()])))
      .meta({ description: "Null: no limit." }),
  })
  .meta({ id: "PartnerConfiguration", examples: [configuration] });

/** P1. */
export const ExistsReply = enveloped(
  { exists: z.boolean(), configuration: ConfigurationReply },
  { exists: true, configuration },
);

/** P2. */
export const CreateUserReply = enveloped(
  {
    id: z
      .string()
      .regex(/^usr_[0-9A-HJKMNP-TV-Z]{26}$/)
      .meta({ description: "Our own id of the user." }),
    referenceId: z.string(),
  },
  { id: "usr_01J8ZK3V5Q8X4M2N7T6R9W0B1C", referenceId: "bank-user-42" },
);

/** P6. */
export const CheckInReply = enveloped(
  {
    checkinUrl: z.url().meta({ description: "To be opened in an in-app browser; good for one visit." }),
    status: z.enum(userStatuses).meta({ description: "A blocked user may look, and do nothing." }),
    expiresAt: z.iso.datetime().nullable().meta({
      description: "Until when the URL is good: five minutes. Null where SONECT makes it, which does not say.",
    }),
  },
  {
    checkinUrl: "https://sdk.example.com/#c=Zm9yLXRlc3RzLW9ubHktMzItYnl0ZXMtb2YtY29kZSE",
    status: "active",
    expiresAt: "2026-11-25T09:05:00.000Z",
  },
);

const envelope = (payload: Readonly<Record<string, unknown>>) => ({
  status: 200,
  body: { result: 0, payload: { result: 0, ...payload } },
});

/** Says P1. */
export const encodeExists = (said: { readonly exists: boolean; readonly configuration: Configuration }) =>
  envelope({ exists: said.exists, configuration: tellConfiguration(said.configuration) });

/** What is said of a user that was created. */
export interface Created extends Pick<User, "id" | "reference"> {
  readonly replayed: boolean;
}

/** Says P2. */
export const encodeCreated = ({ id, reference: referenceId, replayed }: Created) => ({
  ...envelope({ id, referenceId }),
  replayed,
});

/** What is said of a check-in. */
export interface CheckedIn extends Pick<User, "status"> {
  readonly url: string;
  readonly expiresAt: string | null;
}

/** Says P6. */
export const encodeCheckedIn = ({ url, status, expiresAt }: CheckedIn) =>
  envelope({ checkinUrl: url, status, expiresAt });
