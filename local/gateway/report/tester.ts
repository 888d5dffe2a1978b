/** Whoever tries a connecting party for the report: the merchant's back end, its app and the gateway in one. */
import { randomBytes } from "node:crypto";
import type { Callback, Check, Notification, NotificationPath } from "../calls.ts";
import type { Asking, Heard } from "../http.ts";
import type { Known } from "../verdict.ts";
import type { Trial } from "./trial.ts";

/** How a merchant's back end shows who it is. */
export interface Client {
  readonly id: string;
  readonly secret: string;
}

/** Whom the report is about, and what is known of it. */
export interface Subject {
  readonly base: string;
  readonly controlKey: string;
  /** Where its sales should go; undefined: wherever they do. */
  readonly endpoint?: string | undefined;
  /** One with two decimals that it accepts. */
  readonly currency: string;
  readonly client?: Client | undefined;
  readonly otherClient?: Client | undefined;
  /** What the callbacks of a sale say they are of. */
  readonly callbackType: string;
  /** Where there is no client to ask for one. */
  readonly accessToken?: string | undefined;
  readonly timeoutMs: number;
  /** The longest that a check may wait for something to expire. */
  readonly patienceMs: number;
}

/** A consumer's access token. */
export interface Token {
  readonly accessToken: string;
  readonly expiresAtMs: number | undefined;
}

/** A sale that has begun, with the gateway's session that it is going to have. */
export interface Begun extends Check {
  readonly endpointId: string;
  readonly amountCentis: number;
  readonly currency: string;
}

/** What an app says when it begins a sale. */
export interface Beginning {
  readonly accessToken: string;
  readonly serialNumber: string;
  /** As it is written in JSON. */
  readonly amountCentis: unknown;
  readonly currency: unknown;
}

/** Whoever tries. */
export interface Tester {
  readonly subject: Subject;
  readonly trial: Trial;
  readonly nowMs: () => number;
  readonly known: (sale: Begun) => Known;
  readonly ask: (asking: string, sent?: Pick<Asking, "headers" | "body">) => Promise<Heard>;
  /** The answer to 4.1. */
  readonly askToken: (client: Client | undefined, consumer: object) => Promise<Heard>;
  readonly client: () => Client;
  readonly token: (consumer?: {
    readonly id?: string;
    readonly email?: string;
    readonly device?: object;
  }) => Promise<Token>;
  /** The answer to 4.2. */
  readonly initiate: (wish: Partial<Beginning>, headers?: Readonly<Record<string, string>>) => Promise<Heard>;
  readonly begin: (wish?: Partial<Beginning>) => Promise<Begun>;
  readonly check: (sale: Begun, change?: Partial<Check>) => Promise<Heard>;
  /** A sale that was begun and checked. */
  readonly beginChecked: (wish?: Partial<Beginning>) => Promise<Begun>;
  readonly notify: (sale: Begun, change?: Partial<Notification>, path?: NotificationPath) => Promise<Heard>;
  readonly callBack: (sale: Begun, change?: Partial<Callback>) => Promise<Heard>;
  /** The answer to 4.6, as JSON; undefined where there is no client to ask. */
  readonly look: (sale: Pick<Begun, "invoiceId">) => Promise<unknown>;
  /** The sale is in this state, as far as one can see. */
  readonly isIn: (sale: Begun, state: string, anomalies?: readonly string[]) => Promise<void>;
  /** Waits for an instant; the check is skipped where that takes too long. */
  readonly waitUntil: (ms: number, what: string) => Promise<void>;
}

/** The device of most checks. */
export const DEVICE = "SN-000001";

/** A timestamp: RFC 3339 UTC, to the millisecond (sbc.md 2). */
export const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** A text of so many letters that nobody has seen. */
export const fresh = (length: number): string => randomBytes(length).toString("hex").slice(0, length);

const basicOf = ({ id, secret }: Client): string => `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`;

/** The header by which a client is known. */
export const shows = (client: Client | undefined) => (client ? { authorization: basicOf(client) } : {});
