/** Connecting parties that are wrong in one thing each: our desk, with somebody in between who changes what it says. */
import { createHmac } from "node:crypto";
import { A } from "./checkout.ts";
import type { Answered } from "./desk.ts";
import type { Middleman } from "./deskServer.ts";

const isCheck = (route: string): boolean => route.endsWith("/check");
const invoiceIn = (route: string): string => route.split("/")[2] ?? "";

/** The same answer, with something in its JSON put otherwise. */
const told = (answered: Answered, change: (said: Said) => unknown): Answered =>
  answered.status === 200 ? { ...answered, body: JSON.stringify(change(JSON.parse(answered.body))) } : answered;

interface Said {
  readonly endpointId: string;
  readonly invoiceId: string;
  readonly session: Readonly<Record<string, string>>;
  readonly sourceOfFunds?: { readonly reference: { readonly clientCardId: string } };
}

interface CheckSaid {
  readonly consumer: { readonly device: { readonly serialNumber: string } };
  readonly session: Readonly<Record<string, string>>;
  readonly transaction: { readonly amountCentis: number; readonly currency: string };
}

const hmac = (key: string | Buffer, parts: readonly unknown[]): string =>
  createHmac("sha1", key).update(parts.join("")).digest("hex").toUpperCase();

const keyBytes = Buffer.from(A.controlKey.replaceAll("-", ""), "hex");

/** Signs a sale by its amount first, and knows its own signature again. */
export const signsInAnotherOrder = (): Middleman => {
  const ours = new Map<string, string>();
  return async ({ route, body }, forward) => {
    if (isCheck(route))
      return forward(body.replace(/(?<="signature":")\w+/, (given) => ours.get(given.toUpperCase()) ?? given));
    const answered = await forward();
    if (route !== "POST /sale/initiate-sale") return answered;
    return told(answered, ({ endpointId, invoiceId, session }) => {
      const { consumer, session: asked, transaction } = JSON.parse(body) as CheckSaid;
      const { amountCentis, currency } = transaction;
      const order = [
        amountCentis,
        currency,
        asked.accessToken,
        consumer.device.serialNumber,
        endpointId,
        session.nonce,
      ];
      const signature = hmac(keyBytes, [...order, invoiceId]);
      ours.set(signature, session.signature ?? "");
      return { endpointId, invoiceId, session: { ...session, signature } };
    });
  };
};

/** Answers a refused check as the one that was taken before. */
export const acceptsASecondCheck = (): Middleman => {
  const taken = new Map<string, Answered>();
  return async ({ route, body }, forward) => {
    const answered = await forward();
    if (!isCheck(route)) return answered;
    const before = taken.get(invoiceIn(route));
    if (answered.status === 200) taken.set(invoiceIn(route), before ?? answered);
    const { token } = (JSON.parse(body) as Partial<CheckSaid>).session ?? {};
    if (answered.status !== 403 || before === undefined) return answered;
    return told(before, (said) => ({ ...said, session: { ...said.session, token } }));
  };
};

/** Tells of a check whether its sale is unknown. */
export const tellsUnknownSales = (): Middleman => {
  const known = new Set<string>();
  return async ({ route }, forward) => {
    const answered = await forward();
    if (route === "POST /sale/initiate-sale" && answered.status === 200)
      known.add((JSON.parse(answered.body) as Said).invoiceId);
    const isUnknown = isCheck(route) && answered.status === 403 && !known.has(invoiceIn(route));
    return isUnknown ? { ...answered, body: answered.body.replace("Request refused", "No such sale") } : answered;
  };
};

/** Answers a repeated check with a space more. */
export const addsASpaceToRepeats = (): Middleman => {
  const seen = new Set<string>();
  return async ({ route, body }, forward) => {
    const answered = await forward();
    if (!isCheck(route) || answered.status !== 200) return answered;
    const isRepeat = seen.has(body);
    seen.add(body);
    return isRepeat ? { ...answered, body: `${answered.body} ` } : answered;
  };
};

/** Changes every answer at a route. */
const always =
  (at: RegExp, change: (answered: Answered, route: string, body: string) => Answered) =>
  (): Middleman =>
  async ({ route, body }, forward) => {
    const answered = await forward();
    return at.test(route) ? change(answered, route, body) : answered;
  };

/** Signs a check's answer with the text of the control key. */
export const signsWithTheKeysText = always(/\/check$/, (answered, _, body) =>
  told(answered, (said) => {
    const { consumer, session } = JSON.parse(body) as CheckSaid;
    const parts = [consumer.device.serialNumber, session.nonce, "1234", said.invoiceId];
    return { ...said, session: { ...said.session, checkSignature: hmac(A.controlKey, parts) } };
  }),
);

/** Shows a card under another number in each sale. */
export const mapsEachSaleAnew = always(/^GET \/sale\/[^/]{36}$/, (answered, route) =>
  told(answered, (said) => {
    if (said.sourceOfFunds === undefined) return said;
    const clientCardId = invoiceIn(route).replaceAll("-", "");
    return { ...said, sourceOfFunds: { reference: { clientCardId } } };
  }),
);

/** Acknowledges callbacks that are forged. */
export const hearsEveryCallback = always(/^GET \/sale\/callback/, (answered) =>
  answered.status === 403 ? { ...answered, status: 200, body: "OK" } : answered,
);

/** Says null of what it does not know. */
export const saysNulls = always(/\/check$/, (answered) => told(answered, (said) => ({ ...said, location: null })));

/** Says nothing of caches, and names no request. */
export const mayBeCached = always(/^POST \/auth/, (answered) => ({ ...answered, headers: {} }));

/** Begins no sale. */
export const failsToBegin = always(/initiate-sale$/, (answered) => ({ ...answered, status: 500, body: "oops" }));
