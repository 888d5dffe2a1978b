/** Whether a tenant's money is all there (sonect.md 4.5), and what its operators did. */
import { utcDay } from "#kernel/time";
import { type CurrencyBooks, readBooks } from "#ledger/books";
import type { Ports } from "#ports";
import { type Event, readEvents } from "#store/event";
import { DESK } from "#store/table";
import { showTenant } from "./tenant.ts";

/** A tenant's books, or the desk's, at an instant. */
export interface ShownBooks {
  readonly tenant: string;
  readonly atMs: number;
  readonly currencies: readonly CurrencyBooks[];
}

/** Reads the books, of the desk itself too: of what customers of the app have, and merchants have taken. Refuses TENANT_UNKNOWN. */
export const showBooks = async (
  ports: Ports,
  { tenant, reconciled }: { readonly tenant: string; readonly reconciled: boolean },
): Promise<ShownBooks> => {
  if (tenant !== DESK) await showTenant(ports, { tenant });
  const atMs = ports.clock();
  const currencies = await readBooks(ports.store, { tenant, nowMs: atMs, reconciled });
  return { tenant, atMs, currencies };
};

/** What does not add up, in words for the currency: nothing where the books are even. */
export const troublesOf = ({ currencies }: ShownBooks): readonly CurrencyBooks[] =>
  currencies.filter(({ sum, disagreeing }) => sum !== 0n || (disagreeing ?? []).length > 0);

/** What was done to a tenant on a UTC day, oldest first. */
export interface ShownAudit {
  readonly tenant: string;
  readonly day: string;
  readonly events: readonly Event[];
}

/** Reads a tenant's audit, or the desk's own, of a UTC day (`2026-11-20`), of today unless told otherwise; refuses TENANT_UNKNOWN. */
export const showAudit = async (
  ports: Ports,
  wish: { readonly tenant: string; readonly day?: string | undefined },
): Promise<ShownAudit> => {
  const { tenant, day = utcDay(ports.clock()) } = wish;
  if (tenant !== DESK) await showTenant(ports, { tenant });
  return { tenant, day, events: await readEvents(ports.store, tenant, day) };
};
