/** A customer's app that pays at tills: the calls of swip.md 8.1, with its token and its keys. */
import { randomUUID } from "node:crypto";
import { rawNumber, writeJson } from "#kernel/json";
import type { Answer, Line } from "../till/line.ts";

/** How an order is found: by the code that was scanned, by the till that one stands at, or both. */
export interface Place {
  readonly sessionCode?: string;
  readonly merchantId?: string;
  readonly storeId?: string;
  readonly cashId?: string;
}

/** How an order is paid at the till. */
export type TillMethod = "CASH" | "CARD";

/** What a payment says: the amount that the customer saw, as decimal text, and the key by which a repetition is known. */
export interface Payment {
  readonly payable?: string;
  readonly paymentId?: string;
}

/** An app. Every call resolves to what the desk says, a no as well. */
export interface App {
  readonly find: (place: Place) => Promise<Answer>;
  /** What the customer has paid before, newest first. */
  readonly history: (query?: Readonly<Record<string, string>>) => Promise<Answer>;
  /** Makes the order the customer's own, and tells what loyalty takes off. */
  readonly view: (id: string) => Promise<Answer>;
  readonly redeem: (id: string, points: number) => Promise<Answer>;
  readonly pay: (id: string, payment?: Payment) => Promise<Answer>;
  readonly payAtTill: (id: string, method: TillMethod) => Promise<Answer>;
}

/** Opens an app on a line; `token` is its customer's. */
export const openApp = (token: string, line: Line): App => {
  const headers = { "X-Auth-Token": token };
  const ask = (route: string, body?: object): Promise<Answer> =>
    line(route, { headers, ...(body !== undefined && { body: writeJson(body) }) });
  const at = (id: string) => `/app/orders/${encodeURIComponent(id)}`;
  const list = (query: object): Promise<Answer> => {
    const said = new URLSearchParams({ ...query });
    return ask(`GET /app/orders${said.size > 0 ? `?${said}` : ""}`);
  };
  return {
    find: list,
    history: (query = {}) => list(query),
    view: (id) => ask(`GET ${at(id)}`),
    redeem: (id, points) => ask(`POST ${at(id)}/redeem`, { points }),
    pay: (id, { payable, paymentId = randomUUID() } = {}) =>
      ask(`POST ${at(id)}/pay`, { paymentId, ...(payable !== undefined && { payable: rawNumber(payable) }) }),
    payAtTill: (id, method) => ask(`POST ${at(id)}/pay-at-till`, { method }),
  };
};
