/** Callbacks: rows 24 to 29. */
import { randomUUID } from "node:crypto";
import { type Heard, mediaTypeOf } from "../../http.ts";
import type { Case } from "../case.ts";
import { fresh } from "../tester.ts";
import type { Trial } from "../trial.ts";

/** A callback is acknowledged as the gateway wants it (sbc.md 4.5). */
const acknowledged = (trial: Trial, what: string, heard: Heard): void => {
  trial.answers(what, heard, { status: 200, body: "OK" });
  if (heard.status === 200) trial.same(`${what}: content type`, mediaTypeOf(heard), "text/plain");
};

const approvedOnce: Case["run"] = async ({ beginChecked, callBack, isIn, look, trial }) => {
  const sale = await beginChecked();
  const told = { orderId: fresh(12) };
  acknowledged(trial, "the first time", await callBack(sale, told));
  await isIn(sale, "approved");
  const seen = await look(sale);
  acknowledged(trial, "the second time", await callBack(sale, told));
  trial.same("the sale after that", await look(sale), seen);
};

const everyStatus: Case["run"] = async ({ beginChecked, callBack, isIn, trial }) => {
  for (const [status, state] of [
    ["declined", "declined"],
    ["filtered", "declined"],
    ["error", "failed"],
    ["processing", "checked"],
  ] as const) {
    const sale = await beginChecked();
    acknowledged(trial, status, await callBack(sale, { status }));
    await isIn(sale, state);
  }
};

const forgedOnesAreRefused: Case["run"] = async ({ beginChecked, callBack, isIn, trial }) => {
  const sale = await beginChecked();
  trial.refused("a forged control", await callBack(sale, { control: fresh(40) }));
  trial.refused("a control that is none", await callBack(sale, { control: "x" }));
  trial.refused("an unknown client_orderid", await callBack(sale, { invoiceId: randomUUID() }));
  await isIn(sale, "checked");
};

const conflictsAreNoted: Case["run"] = async ({ beginChecked, callBack, isIn, trial }) => {
  const sale = await beginChecked();
  acknowledged(trial, "approved", await callBack(sale));
  acknowledged(trial, "declined after that", await callBack(sale, { status: "declined" }));
  await isIn(sale, "approved", ["CONFLICTING_FINAL"]);
};

const uncheckedAreNotApproved: Case["run"] = async ({ begin, callBack, isIn, trial }) => {
  const sale = await begin();
  acknowledged(trial, "approved", await callBack(sale));
  await isIn(sale, "initiated", ["APPROVED_UNCHECKED"]);
  const other = await begin();
  acknowledged(trial, "declined", await callBack(other, { status: "declined" }));
  await isIn(other, "declined");
};

const otherTypesMoveNothing: Case["run"] = async ({ beginChecked, callBack, isIn, trial }) => {
  const sale = await beginChecked();
  acknowledged(trial, "type reversal", await callBack(sale, { type: "reversal" }));
  await isIn(sale, "checked");
};

const amountsAreCompared: Case["run"] = async ({ beginChecked, callBack, isIn, trial }) => {
  const sale = await beginChecked();
  acknowledged(trial, "another amount", await callBack(sale, { amount: "10.51" }));
  await isIn(sale, "approved", ["AMOUNT_MISMATCH"]);
};

/** A callback that was too early comes again (the gateway repeats what it was not sure of), after the check: now it fits. */
const notedOnesAreJudgedAgain: Case["run"] = async ({ begin, check, callBack, isIn, trial }) => {
  const sale = await begin();
  const told = { orderId: fresh(12) };
  acknowledged(trial, "approved before the check", await callBack(sale, told));
  trial.succeeds("the check", await check(sale));
  acknowledged(trial, "the same after it", await callBack(sale, told));
  await isIn(sale, "approved", ["APPROVED_UNCHECKED"]);
};

/** Rows 24 to 29; what section 4.5 has judged again; and the amount, which section 5 only has flagged. */
export const callbacks: readonly Case[] = [
  { row: "24", name: "approved is acknowledged, and counts once", run: approvedOnce },
  { row: "25", name: "declined, filtered, error, processing: as they say", run: everyStatus },
  { row: "26", name: "a forged callback is refused", run: forgedOnesAreRefused },
  { row: "27", name: "a conflicting end is acknowledged, and noted", run: conflictsAreNoted },
  { row: "28", name: "an unchecked sale is not approved, but may decline", run: uncheckedAreNotApproved },
  { row: "29", name: "a callback of another type moves nothing", run: otherTypesMoveNothing },
  { row: "§4", name: "what was only noted is judged again when it is repeated", run: notedOnesAreJudgedAgain },
  { row: "§5", name: "another amount is flagged", run: amountsAreCompared },
];
