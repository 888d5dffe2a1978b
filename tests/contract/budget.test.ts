/** What each endpoint costs and may say: round trips to the table, and every refusal that its contract declares, heard. */
import { describe, expect, test } from "vitest";
import { everyContract } from "../support/desk.ts";
import { play, scenarios } from "../support/scenarios.ts";

const contracts = (await everyContract()).filter(({ name }) => name.startsWith("withdrawal/"));
const costsOf = (name: string) => scenarios.filter(([endpoint]) => endpoint === name).map(([, , , , cost]) => cost);

describe("round trips", () => {
  test.each(scenarios)("%s of %s", async (...scenario) => {
    expect(await play(scenario)).toEqual(scenario[4]);
  });

  test.each(contracts)("of $name stay within what its contract states", ({ name, io }) => {
    const costs = costsOf(name);
    expect({
      reads: Math.max(...costs.map(({ reads }) => reads)),
      commits: Math.max(...costs.map(({ commits }) => commits)),
    }).toEqual(io);
  });

  test.each(contracts)("every refusal that $name declares is heard, and no other", ({ name, mayRefuse }) => {
    const heard = costsOf(name).flatMap(({ refusal }) => refusal ?? []);
    expect(heard.filter((code) => code !== "MALFORMED").sort()).toEqual([...mayRefuse].sort());
  });
});
