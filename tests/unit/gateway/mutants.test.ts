/** The conformance report finds each connecting party that is wrong in one thing, by the check that is there for it, and by no other. */
import { describe, expect, test } from "vitest";
import type { Finding, Report } from "../../../local/gateway/report/report.ts";
import { beginningMutants } from "./mutants/beginning.ts";
import { callbackMutants } from "./mutants/callbacks.ts";
import { checkMutants } from "./mutants/checks.ts";
import { notificationMutants } from "./mutants/notifications.ts";
import { ruleMutants } from "./mutants/rules.ts";
import { PATIENCE_MS, reportOn } from "./subject.ts";

const mutants = [...beginningMutants, ...checkMutants, ...notificationMutants, ...callbackMutants, ...ruleMutants];

/** Each check by its row; of a row with several, the second and later ones have a letter: `4`, `4b`. */
const labelled = ({ findings }: Report): ReadonlyMap<string, Finding> => {
  const label = ({ row }: Finding, nth: number): string => {
    const before = findings.slice(0, nth).filter((other) => other.row === row).length;
    return before === 0 ? row : `${row}${"abcd"[before]}`;
  };
  return new Map(findings.map((finding, nth) => [label(finding, nth), finding]));
};

describe("a connecting party", () => {
  test.each(mutants)("that $does is found out by $fails.0", async ({ party, fails, why }) => {
    const checks = labelled(await reportOn(party(), { patienceMs: PATIENCE_MS }));
    const failed = [...checks].flatMap(([label, { outcome }]) => (outcome === "failed" ? [label] : []));
    expect(failed.sort()).toEqual([...fails].sort());
    const [problem] = checks.get(fails[0])?.problems ?? [];
    expect(`${problem?.what}: ${problem?.expected} but ${problem?.got}`).toMatch(why);
  });

  test("is known that fails each check of the report for the check's own reason", async () => {
    const checks = labelled(await reportOn(undefined, { patienceMs: PATIENCE_MS }));
    const own = new Set(mutants.map(({ fails: [label] }) => label));
    expect([...own].sort()).toEqual([...checks.keys()].sort());
  });
});
