/** What the gateway's API is asked and answers (sbc.md 4, columns P and S; 8). A card is read, and let go of. */
import * as z from "zod";
import { faultNames, outcomes, plain } from "./faults.ts";

const lengthOf = (text: string): number => [...text].length;

const text = (min: number, max: number) =>
  z.string().refine((said) => lengthOf(said) >= min && lengthOf(said) <= max, `${min}-${max} characters`);

/** `null` is absent. */
const optional = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().transform((said) => said ?? undefined);

const securityCode = z.string().regex(/^\d{3,4}$/);
const name = text(1, 50);

const card = z.object({
  number: z.string().regex(/^\d{9,19}$/),
  expiry: z.object({ month: z.int().min(1).max(12), year: z.int().min(1000).max(9999) }),
  holder: z.union([z.object({ printedName: name }), z.object({ firstName: name, lastName: name })]),
  securityCode,
});

const reference = z.object({ clientCardId: text(1, 128), securityCode });

/** Perform. The vendor asks for an e-mail address, the simulator does not. */
export const PerformRequest = z.object({
  consumer: z.object({ device: z.object({ serialNumber: text(1, 50) }), email: optional(text(3, 128)) }),
  session: z.object({ accessToken: text(32, 128), nonce: text(32, 128), signature: text(32, 128) }),
  sourceOfFunds: z
    .object({ card: optional(card), reference: optional(reference) })
    .refine((said) => (said.card === undefined) !== (said.reference === undefined), "either a card or a reference"),
  transaction: z.object({
    amountCentis: z.int().min(1),
    currency: z.string().regex(/^[A-Z]{3}$/),
  }),
});

/** What an app asks to be performed. */
export type Perform = z.output<typeof PerformRequest>;

/** Sale status. */
export const StatusRequest = z.object({
  session: z.object({ accessToken: text(32, 128), token: text(16, 36) }),
});

/** What the gateway shall do in a sale, by this simulator's own API. */
export const PlanRequest = z.object({
  faults: z.array(z.enum(faultNames)).max(faultNames.length).default(plain.faults.slice()),
  outcome: z.enum(outcomes).default(plain.outcome),
  checkDelayMs: z.int().min(0).max(3_600_000).default(plain.checkDelayMs),
});

/** The four causes of an error (sbc.md 6). */
export const causes = {
  INVALID_REQUEST: 400,
  FILTERED: 403,
  SERVER_FAILED: 500,
  SERVER_UNAVAILABLE: 503,
} as const;

/** One of them. */
export type Cause = keyof typeof causes;

/** What the gateway answers. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** An error; its code begins with its status, as a connecting party's do. */
export const failure = (cause: Cause, message: string): Reply => ({
  status: causes[cause],
  body: { error: { cause, code: `GATEWAY-${causes[cause]}01`, message } },
});
