/** What each endpoint costs and may say: round trips to the table, and every refusal that its contract declares, heard. */
import { describe, expect, test } from "vitest";
import type { AnyContract } from "#edge/contract";
import { everyContract } from "../support/desk.ts";
import { jobScenarios, scenarios } from "../support/scenarios/all.ts";
import { play } from "../support/scenarios/scenario.ts";

const contracts = await everyContract();
const costsOf = (name: string) => scenarios.filter(({ endpoint }) => endpoint === name).map(({ cost }) => cost);

/** What an endpoint refuses with: its own codes, its scheme's, RATE_LIMITED where it is limited, and MALFORMED where a body is read. */
const refusalsOf = ({ mayRefuse, auth, limit, wishLimit, request }: AnyContract): readonly string[] => [
  ...mayRefuse,
  ...(auth === undefined ? [] : (auth.mayRefuse ?? ["UNAUTHENTICATED"])),
  ...(limit === undefined && wishLimit === undefined ? [] : ["RATE_LIMITED"]),
  ...(request === undefined ? [] : ["MALFORMED"]),
];

/** What was heard of an endpoint. That a path or query was malformed may be heard, not every one can be; a scheme says itself what it refuses with. */
const heardOf = ({ name, request, parameters, auth }: AnyContract): readonly string[] =>
  costsOf(name)
    .flatMap(({ refusal }) => refusal ?? [])
    .filter(
      (code) =>
        code !== "MALFORMED" ||
        request !== undefined ||
        parameters === undefined ||
        auth?.mayRefuse?.includes("MALFORMED"),
    );

describe("round trips", () => {
  test.each([...scenarios, ...jobScenarios])("$endpoint, $act", async (scenario) => {
    expect(await play(scenario)).toEqual(scenario.cost);
  });

  test("every contract has scenarios, and one at least that is not refused", () => {
    const served = scenarios.filter(({ cost }) => cost.refusal === undefined).map(({ endpoint }) => endpoint);
    expect([...new Set(served)].toSorted()).toEqual(contracts.map(({ name }) => name).toSorted());
  });

  test("no two scenarios of a function have the same name", () => {
    const names = [...scenarios, ...jobScenarios].map(({ endpoint, act }) => `${endpoint}, ${act}`);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  test.each(contracts)("of $name stay within what its contract and its scheme state", ({ name, io, auth }) => {
    const costs = costsOf(name);
    expect({
      reads: Math.max(...costs.map(({ reads }) => reads)),
      commits: Math.max(...costs.map(({ commits }) => commits)),
    }).toEqual({
      reads: io.reads + (auth?.io?.reads ?? 0),
      commits: io.commits + (auth?.io?.commits ?? 0),
    });
  });

  test.each(contracts)("every refusal that $name declares is heard, the edge's too, and no other", (contract) => {
    expect([...new Set(heardOf(contract))].toSorted()).toEqual([...new Set(refusalsOf(contract))].toSorted());
  });
});
