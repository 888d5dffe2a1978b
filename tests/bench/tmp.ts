import { openBenchTable, usageOf } from "/work/main/tests/bench/table.ts";
import { fillingOf } from "/work/main/tests/bench/filling.ts";
import { play, scenarios } from "/work/main/tests/support/scenarios.ts";
for (const n of [1000, 100000, 1000000]) {
  let t = performance.now();
  const table = await openBenchTable(fillingOf(n));
  console.log(n, "filled", performance.now() - t, process.memoryUsage().rss / 1e6);
  t = performance.now();
  for (const s of scenarios) {
    const cost = await play(s, { open: () => table.store, fill: async (twin) => { await table.place(twin.items()); }, begin: () => { table.engine.calls.length = 0; } });
    const u = usageOf(table.engine.calls);
    if (n === 1000) console.log(s[0], s[1], cost, u);
    await table.clear();
  }
  console.log("played", performance.now() - t);
  await table.close();
}
