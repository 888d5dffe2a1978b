/** What connecting parties are made of that are wrong in one thing: our desk, with somebody in between who changes what it hears or says. */
import { createHmac } from "node:crypto";
import { A } from "./checkout.ts";
import type { Answered } from "./desk.ts";
import type { Asked, Middleman } from "./deskServer.ts";

/** A connecting party that is wrong in one thing, and what a report has to say of it. */
export interface Mutant {
  /** What it does. */
  readonly does: string;
  /** Opens one; it remembers nothing of another. */
  readonly party: () => Middleman;
  /** The check of the report that is there to find it: its row, with a letter where a row has several; then those that cannot but fail too. */
  readonly fails: readonly [own: string, ...others: string[]];
  /** What the report says of the former: `what: expected but got`. */
  readonly why: RegExp;
}

/** Members of a JSON object, as far as somebody in between is concerned with them. */
export interface Said {
  readonly [name: string]: unknown;
  readonly endpointId?: string;
  readonly invoiceId?: string;
  readonly state?: string;
  readonly anomalies?: readonly string[];
  readonly consumer?: { readonly device?: { readonly serialNumber?: string } };
  readonly session?: Readonly<Record<string, string>>;
  readonly sourceOfFunds?: { readonly reference: Readonly<Record<string, string>> };
  readonly sourceCard?: { readonly reference: { readonly serverCardId: string } };
  readonly transaction?: { readonly amountCentis: number; readonly currency: string };
}

/** The routes. */
export const at = {
  token: /^POST \/auth/,
  initiate: /initiate-sale$/,
  check: /^POST \/sale\/[^/]+\/check$/,
  notify: /notification$/,
  callback: /^GET \/sale\/callback/,
  look: /^GET \/sale\/[^/]{36}$/,
} as const;

/** A body as JSON; empty where it is none. */
export const readSaid = (body: string): Said => {
  try {
    return JSON.parse(body) as Said;
  } catch {
    return {};
  }
};

/** The sale that a path names. */
export const invoiceIn = (route: string): string => route.split("/")[2] ?? "";

/** The sale that a callback is of. */
export const invoiceOfCallback = (route: string): string => /client_orderid=([^&]+)/.exec(route)?.[1] ?? "";

/** The same answer with something in its JSON put otherwise, if it is a success. */
export const told = (answered: Answered, change: (said: Said) => unknown): Answered =>
  answered.status === 200 ? { ...answered, body: JSON.stringify(change(readSaid(answered.body))) } : answered;

/** A party that answers otherwise at a route. */
export const answers = (route: RegExp, change: (answered: Answered, asked: Asked) => Answered): Mutant["party"] => {
  return () => async (asked, forward) => {
    const answered = await forward();
    return route.test(asked.route) ? change(answered, asked) : answered;
  };
};

/** A party whose successes at a route say something else. */
export const tells = (route: RegExp, change: (said: Said, asked: Asked) => unknown): Mutant["party"] =>
  answers(route, (answered, asked) => told(answered, (said) => change(said, asked)));

/** A party that hears something else at a route. */
export const hears = (route: RegExp, change: (asked: Asked) => Partial<Asked>): Mutant["party"] => {
  return () => (asked, forward) => forward(route.test(asked.route) ? change(asked) : {});
};

/** A party that hears another body at a route. */
export const reads = (route: RegExp, pattern: RegExp, replacement: string): Mutant["party"] =>
  hears(route, ({ body }) => ({ body: body.replace(pattern, replacement) }));

/** The refusal with another message: a caller is told more than that it is refused. */
export const says = (answered: Answered, message: string): Answered => ({
  ...answered,
  body: answered.body.replace("Request refused", message),
});

/** The members of an object, last first. */
export const reversed = (said: object): object => Object.fromEntries(Object.entries(said).reverse());

/** HMAC-SHA1 over parts, with A's control key unless it is another one. */
export const signed = (
  parts: readonly unknown[],
  key: string | Buffer = Buffer.from(A.controlKey.replaceAll("-", ""), "hex"),
): string => createHmac("sha1", key).update(parts.join("")).digest("hex").toUpperCase();
