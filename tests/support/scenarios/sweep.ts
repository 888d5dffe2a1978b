/** What the clock does to nobody's slice: the days of unbounded accounts, and a sweep that finds nothing. */
import { DAY_MS } from "#kernel/time";
import { type Bank, openBank, transactionIdOf } from "../bank.ts";
import { runJob } from "../handlers.ts";
import { type Setting, scenariosIn } from "./scenario.ts";

const setting: Setting<Bank, undefined> = {
  open: (replace) => openBank(undefined, { replace }),
  begin: async (bank) => {
    await bank.settle({ transactionId: transactionIdOf(await bank.start()) });
  },
};

/** What the clock does. */
export const sweepJobs = scenariosIn(setting, [
  {
    endpoint: "sweep/expireDue",
    act: "nothing that is due",
    asked: ({ world }) => runJob("sweep/expireDue", world.ports),
    cost: { reads: 16, commits: 0 },
  },
  {
    endpoint: "sweep/closeDays",
    act: "three days of a bank's two unbounded accounts",
    before: async ({ world }) => world.clock.advance(2 * DAY_MS),
    asked: ({ world }) => runJob("sweep/closeDays", world.ports),
    // The tenants, the unbounded accounts of the desk and of each, and of each account its last closing and 16 shards a day.
    cost: { reads: 3 + 2 * (1 + 3 * 16), commits: 2 * 3 },
  },
]);
