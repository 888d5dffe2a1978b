/** Items to fill a table with: ended and open orders as the desk itself writes them, with their markers and postings. */
import { minor } from "#kernel/money";
import { DAY_MS, HOUR_MS } from "#kernel/time";
import { post, settlementAccount } from "#ledger/posting";
import type { Item } from "#store/item";
import { dueFields, startKey } from "#store/table";
import type { Write } from "#store/write";
import type { Order, TransactionId, UserId } from "#withdrawal/order";
import { openOrder } from "#withdrawal/order.item";
import { putMarker } from "#withdrawal/start.item";
import { NOW_MS } from "../support/ports.ts";

/** The tenant of the tests' bank. */
const TENANT = "bank";

/** Customers that no scenario knows; few enough that their partitions grow. */
const CUSTOMERS = 1_000;
const FIRST_CUSTOMER = 100_000;

/** One order in so many is open and due tomorrow; the others are settled. */
const OPEN_EVERY = 10;

const itemsOf = (writes: readonly Write[]): readonly Item[] =>
  writes.flatMap((write) => (write.kind === "put" ? [{ ...write.item, ...write.key }] : []));

const orderOf = (n: number, isOpen: boolean): Order => ({
  tenant: TENANT,
  // Beyond what the scenarios draw; unique is enough here.
  transactionId: BigInt(n + 1) as TransactionId,
  userId: BigInt(FIRST_CUSTOMER + (n % CUSTOMERS)) as UserId,
  state: isOpen ? "held" : "settled",
  amount: { minor: minor(5_000n), currency: "CHF" as Order["amount"]["currency"] },
  skip: false,
  reference: `filling-${n}`,
  startedAtMs: NOW_MS - HOUR_MS,
  expiresAtMs: NOW_MS + DAY_MS,
});

const settled = (item: Item): Item =>
  Object.fromEntries(Object.entries(item).filter(([field]) => !(dueFields as readonly string[]).includes(field)));

const orderItems = (n: number): readonly Item[] => {
  const isOpen = n % OPEN_EVERY === 0;
  const order = orderOf(n, isOpen);
  const content = `filling-${n}`.padEnd(43, "-");
  const marker = putMarker(startKey(TENANT, content), order, content, 400);
  const opened = itemsOf([openOrder(order), marker]);
  if (isOpen) return opened;
  const posting = post({
    id: `filling-${n}`,
    tenant: TENANT,
    atMs: NOW_MS,
    reason: "settlement",
    from: { bounded: String(order.userId) },
    to: settlementAccount(order.amount.currency),
    amount: order.amount,
    subject: String(order.transactionId),
  });
  return [...opened.map(settled), ...itemsOf(posting)];
};

/** So many items. */
export function* fillingOf(count: number): Generator<Item> {
  for (let n = 0, given = 0; given < count; n++) {
    for (const item of orderItems(n)) {
      if (given++ === count) return;
      yield item;
    }
  }
}
