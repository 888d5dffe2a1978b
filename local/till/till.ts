/** A till as a merchant has it: the calls of swip.md 2 that a POS makes, with its headers and its keys. */
import { randomUUID } from "node:crypto";
import type { Currency } from "#kernel/currency";
import { rawNumber, writeJson } from "#kernel/json";
import { type Basket, purchasesOf, totalOf } from "./basket.ts";
import type { Answer, Line } from "./line.ts";

/** Which till it is. */
export interface TillSettings {
  readonly merchantId: string;
  /** The merchant's. */
  readonly token: string;
  readonly storeId: string;
  readonly cashId: string;
  /** The merchant's, whose decimals prices have. */
  readonly currency: Currency;
  readonly apiVersion?: "2" | "3";
  readonly cashier?: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What may be told of an order besides what is bought. */
export interface Wish {
  /** The till's own number of it, by which a repeated call is known; drawn where it is not given. */
  readonly merchantOrderId?: string;
  /** The text of a static QR code; the desk makes one where it is not given. */
  readonly sessionCode?: string;
}

/** A part of an order to take away, or all of a line. */
export interface Cut {
  readonly id: string;
  readonly quantity?: string;
}

/** What may be told of a refund: decimal text; all that is left where no amount is given. */
export interface RefundWish {
  readonly amount?: string;
  readonly refundId?: string;
  readonly reason?: string;
}

/** A till. Every call resolves to what the desk says, a no as well; amounts are decimal texts. */
export interface Till {
  readonly settings: TillSettings;
  readonly create: (basket: Basket, wish?: Wish) => Promise<Answer>;
  /** Polls. */
  readonly look: (id: string) => Promise<Answer>;
  /** Closes with the amount that was paid; "0" gives everything back. */
  readonly close: (id: string, amount: string) => Promise<Answer>;
  readonly refund: (id: string, wish?: RefundWish) => Promise<Answer>;
  readonly cancelPayment: (id: string) => Promise<Answer>;
  /** The whole order, or what is cut of it. */
  readonly cancel: (id: string, cuts?: readonly Cut[], cancelId?: string) => Promise<Answer>;
  /** The merchant's orders, newest first, by the query of swip.md 2. */
  readonly list: (query?: Readonly<Record<string, string>>) => Promise<Answer>;
}

const headersOf = ({ token, merchantId, storeId, cashId, apiVersion = "2" }: TillSettings) => ({
  Authorization: `Bearer ${token}`,
  "X-Merchant-ID": merchantId,
  "X-Store-ID": storeId,
  "X-Cash-ID": cashId,
  "Api-Version": apiVersion,
});

const orderOf = ({ currency, cashier = "Cashier", now }: TillSettings, basket: Basket, wish: Wish) => {
  const { merchantOrderId = `till-${randomUUID()}`, sessionCode } = wish;
  const total = totalOf(basket, currency);
  const purchases = purchasesOf(basket, currency);
  return {
    merchantOrderId,
    merchantCashier: cashier,
    saleDate: now(),
    totalOriginal: total,
    total,
    ...(sessionCode !== undefined && { sessionCode }),
    purchases,
  };
};

/** Opens a till on a line. */
export const openTill = (settings: TillSettings, line: Line): Till => {
  const headers = headersOf(settings);
  const ask = (route: string, body?: object): Promise<Answer> =>
    line(route, { headers, ...(body !== undefined && { body: writeJson(body) }) });
  const at = (id: string, verb: string) => `PUT /orders/${encodeURIComponent(id)}/${verb}`;
  return {
    settings,
    create: (basket, wish = {}) => ask("POST /orders", orderOf(settings, basket, wish)),
    look: (id) => ask(`GET /orders/${encodeURIComponent(id)}/status`),
    close: (id, amount) => ask(at(id, "close"), { amount: rawNumber(amount) }),
    refund: (id, { amount, refundId = randomUUID(), reason } = {}) =>
      ask(at(id, "refund"), { ...(amount !== undefined && { amount: rawNumber(amount) }), refundId, reason }),
    cancelPayment: (id) => ask(at(id, "cancel-payment")),
    cancel: (id, cuts, cancelId = randomUUID()) =>
      ask(
        at(id, "cancel"),
        cuts && {
          purchases: cuts.map((cut) => ({
            id: cut.id,
            ...(cut.quantity !== undefined && { quantity: rawNumber(cut.quantity) }),
          })),
          cancelId,
        },
      ),
    list: (query = {}) => ask(`GET /orders?${new URLSearchParams(query)}`),
  };
};
