/** Callbacks: rows 24 to 29. */
import { randomUUID } from "node:crypto";
import type { Case } from "../case.ts";
import { fresh } from "../tester.ts";

const OK = { status: 200, body: "OK" };

const approvedOnce: Case["run"] = async ({ beginChecked, callBack, isIn, trial }) => {
  const sale = await beginChecked();
  const told = { orderId: fresh(12) };
  for (const time of ["the first time", "the second time"]) {
    trial.answers(time, await callBack(sale, told), OK);
    await isIn(sale, "approved");
  }
};

const everyStatus: Case["run"] = async ({ beginChecked, callBack, isIn, trial }) => {
  for (const [status, state] of [
    ["declined", "declined"],
    ["filtered", "declined"],
    ["error", "failed"],
    ["processing", "checked"],
  ] as const) {
    const sale = await beginChecked();
    trial.answers(status, await callBack(sale, { status }), OK);
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
  trial.answers("approved", await callBack(sale), OK);
  trial.answers("declined after that", await callBack(sale, { status: "declined" }), OK);
  await isIn(sale, "approved", ["CONFLICTING_FINAL"]);
};

const uncheckedAreNotApproved: Case["run"] = async ({ begin, callBack, isIn, trial }) => {
  const sale = await begin();
  trial.answers("approved", await callBack(sale), OK);
  await isIn(sale, "initiated", ["APPROVED_UNCHECKED"]);
  const other = await begin();
  trial.answers("declined", await callBack(other, { status: "declined" }), OK);
  await isIn(other, "declined");
};

const otherTypesMoveNothing: Case["run"] = async ({ beginChecked, callBack, isIn, trial }) => {
  const sale = await beginChecked();
  trial.answers("type reversal", await callBack(sale, { type: "reversal" }), OK);
  await isIn(sale, "checked");
};

const amountsAreCompared: Case["run"] = async ({ beginChecked, callBack, isIn, trial }) => {
  const sale = await beginChecked();
  trial.answers("another amount", await callBack(sale, { amount: "10.51" }), OK);
  await isIn(sale, "approved", ["AMOUNT_MISMATCH"]);
};

/** Rows 24 to 29, and the amount, which section 5 only has flagged. */
export const callbacks: readonly Case[] = [
  { row: "24", name: "approved is acknowledged, and counts once", run: approvedOnce },
  { row: "25", name: "declined, filtered, error, processing: as they say", run: everyStatus },
  { row: "26", name: "a forged callback is refused", run: forgedOnesAreRefused },
  { row: "27", name: "a conflicting end is acknowledged, and noted", run: conflictsAreNoted },
  { row: "28", name: "an unchecked sale is not approved, but may decline", run: uncheckedAreNotApproved },
  { row: "29", name: "a callback of another type moves nothing", run: otherTypesMoveNothing },
  { row: "§5", name: "another amount is flagged", run: amountsAreCompared },
];
