/** What has been posted on an account, newest first. */
import { type Entry, entryOf } from "#ledger/posting";
import { entriesOf } from "#store/keys/ledger";
import type { Store } from "#store/write";

/** Some entries, newest first, and where the rest begins. */
export interface Statement {
  readonly entries: readonly Entry[];
  readonly next?: string;
}

/** A page of a bounded account's statement. */
export const readStatement = async (
  store: Store,
  tenant: string,
  account: string,
  limit: number,
  cursor?: string,
): Promise<Statement> => {
  const page = await store.list({
    of: "table",
    in: entriesOf(tenant, account),
    newestFirst: true,
    limit,
    ...(cursor !== undefined && { cursor }),
  });
  return { entries: page.items.map(entryOf), ...(page.next !== undefined && { next: page.next }) };
};
