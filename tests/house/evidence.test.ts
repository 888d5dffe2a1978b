/** Nothing approves but a phone that has signed (approvals.md, terms): in no build, and by nobody's hand, is there another way. */
import { expect, test } from "vitest";
import { approvalMachine } from "#approval/approval.machine";
import { sourcesOf } from "./sources.ts";

const everything = sourcesOf("lib", "functions", "local");

const naming = (pattern: RegExp, ...sources: readonly (typeof everything)[number][]): readonly string[] =>
  (sources.length > 0 ? sources : everything).filter(({ text }) => pattern.test(text)).map(({ path }) => path);

test("what has been decided is written by one function, which one use case calls", () => {
  expect(naming(/\bdecideApproval\b/)).toEqual(["lib/approval/approval.item.ts", "lib/approval/respond.ts"]);
  expect(naming(/\bmoves?: ?"(?:approve|reject|fraud)"/)).toEqual([]);
});

test("it asks for evidence, which is made in one place, of a signature that was verified", () => {
  const textOf = (wanted: string): string => everything.find(({ path }) => path === wanted)?.text ?? "";
  expect(textOf("lib/approval/approval.item.ts")).toMatch(
    /const decideApproval = \(\s*approval: Approval,\s*evidence: Evidence,/,
  );
  expect(naming(/\bas (?:unknown as )?Evidence\b/)).toEqual(["lib/approval/evidence.ts"]);
  const [, verifying = ""] = textOf("lib/approval/evidence.ts").split("const verifyDecision = ");
  const [body = ""] = verifying.split("\n};");
  expect([...body.matchAll(/^ *(.*\breturn .*)$/gm)].map(([, line]) => line)).toEqual([
    'if (!isSignedBy(key, format, framed, Buffer.from(signature, "base64"))) return undefined;',
    "return { decision, ownerKey, framed: base64(framed), signature, keySha, reason } as Evidence;",
  ]);
});

test("the slice knows no stage, no sandbox and no test", () => {
  const slice = sourcesOf("lib/approval", "functions/approval");
  expect(slice.length).toBeGreaterThan(30);
  expect(naming(/\b(?:STAGE|stage|sandbox|SANDBOX|isTest|process\.|import\.meta)\b/, ...slice)).toEqual([]);
});

test("the states that a phone decides are reached by no other move", () => {
  const moves: Readonly<Record<string, { readonly to: string }>> = approvalMachine.moves;
  const leading = (state: string) => Object.keys(moves).filter((move) => moves[move]?.to === state);
  expect(["approved", "rejected", "fraud"].map(leading)).toEqual([["approve"], ["reject"], ["fraud"]]);
});
