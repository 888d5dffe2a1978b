/** The connecting party's answers: members in the order of sbc.md 7, none of them null. */
import * as z from "zod";
import { exponentOf } from "#kernel/currency";
import { isoInstant } from "#kernel/time";
import { CLIENT_CARD_ID, INVOICE_ID, NONCE, SERVER_CARD_ID, SESSION, SIGNATURE, TOKEN } from "#sale/example";
import { anomalies, type Sale, type SaleState } from "#sale/sale";
import { saleMachine } from "#sale/sale.machine";

const letters = (length: number) => z.string().regex(new RegExp(`^[0-9A-Za-z]{${length}}$`));
const signature = z.string().regex(/^[0-9A-F]{40}$/);
const instant = z.iso.datetime();
const invoiceId = z.uuid();
const checkedSession = { checkSignature: SIGNATURE, nonce: NONCE, token: SESSION };

/** 4.1. */
export const AccessTokenReply = z
  .object({ session: z.object({ accessToken: letters(64), expiresAt: instant }) })
  .meta({ examples: [{ session: { accessToken: TOKEN, expiresAt: "2026-11-25T08:30:00.000Z" } }] });

/** What is said of a token that was made. */
export interface MadeToken {
  readonly accessToken: string;
  readonly expiresAtMs: number;
}

/** Says 4.1. */
export const encodeToken = ({ accessToken, expiresAtMs }: MadeToken) => ({
  status: 200,
  body: { session: { accessToken, expiresAt: isoInstant(expiresAtMs) } },
});

/** 4.2. */
export const InitiateReply = z
  .object({
    endpointId: z.string(),
    invoiceId,
    session: z.object({ nonce: letters(64), signature }),
  })
  .meta({
    examples: [{ endpointId: "1234", invoiceId: INVOICE_ID, session: { nonce: NONCE, signature: SIGNATURE } }],
  });

/** What is said of a sale that was begun. */
export interface Begun extends Pick<Sale, "endpointId" | "invoiceId" | "nonce" | "signature"> {
  readonly replayed: boolean;
}

/** Says 4.2. */
export const encodeBegun = ({ endpointId, invoiceId: id, nonce, signature: signed, replayed }: Begun) => ({
  status: 200,
  replayed,
  body: { endpointId, invoiceId: id, session: { nonce, signature: signed } },
});

/** 4.3. */
export const CheckReply = z
  .object({
    consumer: z.object({ email: z.string() }).optional(),
    invoiceId,
    session: z.object({ checkSignature: signature, nonce: letters(64), token: z.string() }),
    sourceOfFunds: z.object({ reference: z.object({ serverCardId: z.string() }) }).optional(),
    transaction: z.object({ currency: z.string() }),
  })
  .meta({
    examples: [
      {
        consumer: { email: "ann.meier@example.com" },
        invoiceId: INVOICE_ID,
        session: checkedSession,
        sourceOfFunds: { reference: { serverCardId: SERVER_CARD_ID } },
        transaction: { currency: "EUR" },
      },
    ],
  });

/** What is said of a sale that was checked. */
export interface Checked extends Pick<Sale, "invoiceId" | "nonce" | "currency"> {
  readonly email?: string | undefined;
  readonly checkSignature: string;
  /** As it was given. */
  readonly sessionToken: string;
  readonly serverCardId?: string | undefined;
}

/** Says 4.3. */
export const encodeChecked = ({ email, serverCardId, checkSignature, nonce, sessionToken, ...sale }: Checked) => ({
  status: 200,
  body: {
    ...(email !== undefined && { consumer: { email } }),
    invoiceId: sale.invoiceId,
    session: { checkSignature, nonce, token: sessionToken },
    ...(serverCardId !== undefined && { sourceOfFunds: { reference: { serverCardId } } }),
    transaction: { currency: sale.currency },
  },
});

/** 4.4. */
export const NotificationReply = z
  .object({
    invoiceId,
    session: z.object({ checkSignature: signature, nonce: letters(64), token: z.string() }),
  })
  .meta({ examples: [{ invoiceId: INVOICE_ID, session: checkedSession }] });

/** What is said of a notification. */
export type Noted = Pick<Checked, "invoiceId" | "checkSignature" | "nonce" | "sessionToken">;

/** Says 4.4. */
export const encodeNoted = ({ invoiceId: id, checkSignature, nonce, sessionToken }: Noted) => ({
  status: 200,
  body: { invoiceId: id, session: { checkSignature, nonce, token: sessionToken } },
});

/** Says 4.5. */
export const encodeHeard = () => ({
  status: 200,
  headers: { "Content-Type": "text/plain" },
  body: "OK",
});

/** 4.6. */
export const SaleReply = z
  .object({
    anomalies: z.array(z.enum(anomalies)),
    checkedAt: instant.optional(),
    consumer: z.object({ id: z.string() }),
    createdAt: instant,
    endpointId: z.string(),
    expiresAt: instant,
    finalAt: instant.optional(),
    gatewayStatus: z.string().optional(),
    invoiceId,
    orderId: z.string().optional(),
    sourceOfFunds: z.object({ reference: z.object({ clientCardId: letters(32) }) }).optional(),
    state: z.enum(Object.keys(saleMachine.states) as [SaleState, ...SaleState[]]),
    transaction: z.object({ amountCentis: z.int(), amountMinor: z.int(), currency: z.string(), exponent: z.int() }),
  })
  .meta({
    examples: [
      {
        anomalies: [],
        checkedAt: "2026-11-25T08:01:00.000Z",
        consumer: { id: "c-42" },
        createdAt: "2026-11-25T08:00:00.000Z",
        endpointId: "1234",
        expiresAt: "2026-11-25T08:15:00.000Z",
        finalAt: "2026-11-25T08:02:00.000Z",
        gatewayStatus: "approved",
        invoiceId: INVOICE_ID,
        orderId: "900001",
        sourceOfFunds: { reference: { clientCardId: CLIENT_CARD_ID } },
        state: "approved",
        transaction: { amountCentis: 1050, amountMinor: 1050, currency: "EUR", exponent: 2 },
      },
    ],
  });

/** A sale, and the state that it is in now. */
export interface Seen {
  readonly sale: Sale;
  readonly state: SaleState;
}

/** Says 4.6. */
export const encodeSeen = ({ sale, state }: Seen) => {
  const { checkedAtMs, finalAtMs, gatewayStatus, orderId, clientCardId, currency } = sale;
  return {
    status: 200,
    body: {
      anomalies: sale.anomalies,
      ...(checkedAtMs !== undefined && { checkedAt: isoInstant(checkedAtMs) }),
      consumer: { id: sale.consumerId },
      createdAt: isoInstant(sale.createdAtMs),
      endpointId: sale.endpointId,
      expiresAt: isoInstant(sale.sessionExpiresAtMs),
      ...(finalAtMs !== undefined && { finalAt: isoInstant(finalAtMs) }),
      ...(gatewayStatus !== undefined && { gatewayStatus }),
      invoiceId: sale.invoiceId,
      ...(orderId !== undefined && { orderId }),
      ...(clientCardId !== undefined && { sourceOfFunds: { reference: { clientCardId } } }),
      state,
      transaction: {
        amountCentis: sale.amountCentis,
        amountMinor: sale.amountMinor,
        currency,
        exponent: exponentOf(currency),
      },
    },
  };
};
