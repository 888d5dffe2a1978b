/** Everything that tills, apps and the clock may ask of orders. */
import { DAY_MS, HOUR_MS } from "#kernel/time";
import { runJob } from "../handlers.ts";
import { appScenarios } from "./pos/app.ts";
import { type Asked, setting } from "./pos/setting.ts";
import { tillScenarios } from "./pos/till.ts";
import { scenariosIn } from "./scenario.ts";

/** What the slice may be asked. */
export const posScenarios = [...tillScenarios, ...appScenarios];

const sweep: Asked = ({ world }) => runJob("sweep/expireDue", world.ports);
const after =
  (ms: number): Asked =>
  async ({ world }) =>
    world.clock.advance(ms);

/** What the clock does to the slice's items: a sweep lists 16 shards. */
export const posJobs = scenariosIn(setting, [
  {
    endpoint: "sweep/expireDue",
    act: "orders of three retail tills that are overdue, one of them debited",
    before: after(90_000),
    asked: sweep,
    cost: { reads: 19, commits: 3 },
  },
  {
    endpoint: "sweep/expireDue",
    act: "these, and a payment that is due for capture",
    before: after(HOUR_MS),
    asked: sweep,
    cost: { reads: 20, commits: 4 },
  },
  {
    endpoint: "sweep/expireDue",
    act: "all of these, and three orders of a restaurant",
    before: after(10 * HOUR_MS),
    asked: sweep,
    cost: { reads: 23, commits: 7 },
  },
  {
    endpoint: "sweep/closeDays",
    act: "three days of the desk's own unbounded accounts",
    before: after(2 * DAY_MS),
    asked: ({ world }) => runJob("sweep/closeDays", world.ports),
    // The desk's accounts, tenants and theirs; of each of the three merchants money, what is pending and points, and where money and points come from.
    cost: { reads: 1 + 1 + 3 + 13 * (1 + 3 * 16), commits: 13 * 3 },
  },
]);
