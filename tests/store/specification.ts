/** What a store does, in one specification: the twin, the embedded engine and, on request, DynamoDB Local are bound by it. */
import { beforeEach } from "vitest";
import type { Store } from "#store/write";
import { bindChanges } from "./specification/changes.ts";
import { bindCommits } from "./specification/commits.ts";
import { bindConditions } from "./specification/conditions.ts";
import { type Given, onlyFields, token } from "./specification/given.ts";
import { bindLists } from "./specification/lists.ts";
import { bindReads } from "./specification/reads.ts";

/** Binds a store; `open` gives an empty one. */
export const bindStore = (name: string, open: () => Promise<Store>): void => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });
  const given: Given = {
    store: () => store,
    commit: (...writes) => store.commit(writes, token()),
    found: async (at) => onlyFields((await store.read([at]))[0]),
  };
  for (const bind of [bindChanges, bindCommits, bindConditions, bindReads, bindLists]) bind(name, given);
};
