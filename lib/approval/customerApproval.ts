/**
 * What another slice lets a customer approve: a payment, by its amount and its payee. They are what is shown, signed and
 * booked, and a change of either needs another approval (EU 2018/389 Art. 5, dynamic linking). These are the slice's public
 * nouns: `withdrawal` calls them for the cash-out of a customer who confirms on a phone; no endpoint of this slice does.
 */
import type { ApprovalState } from "#approval/approval";
import { begin } from "#approval/begin";
import { digestOfBody } from "#approval/channel";
import type { Named } from "#approval/identity";
import { bounds } from "#approval/limits";
import { outcomeOf } from "#approval/outcome";
import { exponentOf } from "#kernel/currency";
import { writeJson } from "#kernel/json";
import { type Money, majorText } from "#kernel/money";
import type { Ports } from "#ports";

/** The longest name of a payee, in UTF-16 units: with it, the content stays far within what an approval may have. */
const MAX_PAYEE = 140;

/** What is paid, and to whom. */
export interface Payment {
  readonly amount: Money;
  readonly payee: string;
}

/** What the customer is shown and signs: `{"Amount":"50.00","Currency":"CHF","Payee":"SONECT"}`. */
export const contentOfPayment = ({ amount: { minor, currency }, payee }: Payment): string =>
  writeJson({ Amount: majorText(minor, exponentOf(currency)), Currency: currency, Payee: payee });

/** Who asks: a slice, and no API client, whose ids have no colon. */
export type Asker = `desk:${string}`;

/** What is asked of a customer. */
export interface CustomerAsk {
  readonly asker: Asker;
  readonly customer: Named;
  readonly payment: Payment;
  /** What kind of thing it is: the approval's TransactionName. */
  readonly name: string;
  /** 1-600, whole ones; where an operator has set less, that is it. */
  readonly timeoutSeconds: number;
  /** By which a repeated ask is known for a day: the order's own id. */
  readonly reference: string;
}

/** What nobody's order may ask for: it is the asking slice's bug. */
const checkAsk = ({ payment: { payee }, timeoutSeconds }: CustomerAsk): void => {
  if (payee.length > MAX_PAYEE) throw new RangeError("the payee's name is too long");
  if (!Number.isInteger(timeoutSeconds) || timeoutSeconds < 1 || timeoutSeconds > bounds.timeoutSeconds.most)
    throw new RangeError(`an approval waits 1-${bounds.timeoutSeconds.most} seconds, not ${timeoutSeconds}`);
};

/**
 * Lets a customer approve a payment on any device; gives the token by which its outcome is read. The same reference gives
 * the same token. Throws the refusals KEY_REUSED (another payment, or customer), OWNER_UNKNOWN (no active device) and WAITING_FULL.
 */
export const askCustomer = async (ports: Ports, ask: CustomerAsk): Promise<string> => {
  checkAsk(ask);
  const { asker, customer, payment, name, timeoutSeconds, reference } = ask;
  const content = contentOfPayment(payment);
  const said = writeJson([customer.customerId, customer.userCode ?? null, content, name, timeoutSeconds]);
  const key = { text: reference, body: await digestOfBody(ports, Buffer.from(said)) };
  const asked = { client: asker, owner: customer, content, name, timeoutSeconds, key };
  const { token } = await begin({ ...asked, cancelsWaiting: false, isBound: false }, ports);
  return token;
};

/** What has become of it; `waiting` until it has ended. Throws the refusal APPROVAL_UNKNOWN for a token that is not this asker's. */
export const readAnswer = (ports: Ports, asker: Asker, token: string): Promise<ApprovalState> =>
  outcomeOf(ports, token, asker);
