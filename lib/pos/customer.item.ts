/** Customers of the app, and their accounts with the desk: a wallet a currency, points a merchant (swip.md 8). */
import { type Currency, pointsOf } from "#kernel/currency";
import type { UnboundedRef } from "#ledger/posting";
import type { Ports } from "#ports";
import { absent } from "#store/condition";
import { customerKey } from "#store/keys/pos";
import { put, type Write } from "#store/write";

const NAME = /^[A-Za-z0-9_-]{1,64}$/;

/** Whether a text may be a customer's id: 1-64 of A-Z, a-z, 0-9, _ and -. */
export const mayNameCustomer = (text: string): boolean => NAME.test(text);

/** The write that makes somebody a customer; refuses CUSTOMER_EXISTS. */
export const createCustomer = (customer: string, atMs: number): Write =>
  put(customerKey(customer), { customer, createdAtMs: BigInt(atMs) }, [[absent(), "CUSTOMER_EXISTS"]]);

/** Whether there is such a customer; remembered for some seconds. */
export const isCustomer = async ({ recall }: Pick<Ports, "recall">, customer: string): Promise<boolean> =>
  mayNameCustomer(customer) && (await recall(customerKey(customer))) !== undefined;

/** The bounded account that a customer pays from. */
export const walletOf = (customer: string, currency: Currency): string => `wallet:${customer}:${currency}`;

/** The bounded account of a customer's points at a merchant; it may stand below zero. */
export const pointsAccountOf = (customer: string, tenant: string): string => `${pointsOf(tenant)}:${customer}`;

/** The desk's unbounded account of what is a merchant's. */
export const merchantAccount = (tenant: string, currency: Currency): UnboundedRef => ({
  unbounded: `merchant-${tenant}-${currency}`,
});

/** The desk's unbounded account of what was debited for a merchant's orders that are still open. */
export const pendingAccount = (tenant: string, currency: Currency): UnboundedRef => ({
  unbounded: `pending-${tenant}-${currency}`,
});

/** The desk's unbounded account that a merchant's points come from and go to. */
export const pointsIssuer = (tenant: string): UnboundedRef => ({ unbounded: `issued-${pointsOf(tenant)}` });
