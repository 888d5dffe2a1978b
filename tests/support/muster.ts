/** What must hold of approvals, devices and identities at any time, whatever was asked, raced, repeated or cut off. */
import { verify } from "node:crypto";
import { expect } from "vitest";
import { type Item, keyIn } from "#store/item";
import { idOf } from "#store/table";
import type { Approvals } from "./approval.ts";
import { endings, eventsOf, itemsOf } from "./enrolment.ts";
import { frame, sha256 } from "./phone.ts";

const partOf = (item: Item): string => String(item.sk).split("#")[0] ?? "";

const ofPart = (approvals: Approvals, kind: Parameters<typeof itemsOf>[1], part: string): readonly Item[] =>
  itemsOf(approvals, kind).filter((item) => partOf(item) === part);

const decided: Readonly<Record<string, string>> = { approved: "approve", rejected: "reject", fraud: "fraud" };

/** Whether what is kept of a decision still proves it: the device's own key has signed what was asked, as it was shown. */
const isProven = (approvals: Approvals, approval: Item): boolean => {
  const device = itemsOf(approvals, "device").find(({ ownerKey }) => ownerKey === approval.decidedBy);
  const challenge = itemsOf(approvals, "approval").find(
    ({ pk, sk }) => pk === approval.pk && sk === `challenge#${approval.decidedBy}`,
  );
  const content = itemsOf(approvals, "approval").find(({ pk, sk }) => pk === approval.pk && sk === "content");
  if (device === undefined || challenge === undefined || content === undefined) return false;
  const decision = decided[String(approval.state)];
  const kept = Buffer.from(String(approval.frame), "base64");
  const expected = frame(
    ...["PFDEV1", "decision", String(device.ownerKey), String(approval.token)],
    ...[approval.device === undefined ? "2" : "1", String(approval.name), sha256(String(content.content))],
    ...[String(approval.expiresAtMs), String(challenge.challenge), decision],
  );
  const spki = String(decision === "approve" ? (device.approvalKey ?? device.publicKey) : device.publicKey);
  const key = { key: Buffer.from(spki, "base64"), format: "der", type: "spki" } as const;
  const dsaEncoding = device.format === "der" ? "der" : "ieee-p1363";
  const isOfKey = verify("sha256", kept, { ...key, dsaEncoding }, Buffer.from(String(approval.signature), "base64"));
  // A binding code may follow, which is kept nowhere but in what was signed.
  return isOfKey && kept.subarray(0, expected.length).equals(expected);
};

/** Devices are counted, have one key each and are listed; what waits is due, and one at the most waits less than is told; what was decided is proven; each end is told once. */
export const takeMuster = (approvals: Approvals): void => {
  const devices = itemsOf(approvals, "device");
  for (const identity of ofPart(approvals, "identity", "identity")) {
    const own = devices.filter((device) => device.identity === idOf(keyIn(identity)));
    const count = (states: readonly string[]) => own.filter(({ state }) => states.includes(String(state))).length;
    const { devices: kept = 0n, activeDevices = 0n, devSeq = 0n } = identity;
    expect([kept, activeDevices, devSeq]).toEqual(
      [count(["ACTIVE", "BLOCKED"]), count(["ACTIVE"]), own.length].map(BigInt),
    );
    const inUse = Object.keys(identity).flatMap((field) => (field.startsWith("device:") ? [field.slice(7)] : []));
    expect(inUse.toSorted()).toEqual(
      own.flatMap(({ state, ownerKey }) => (state === "REMOVED" ? [] : [String(ownerKey)])).toSorted(),
    );
    expect(own.map(({ seq }) => seq).toSorted()).toEqual(own.map((_, nth) => BigInt(nth + 1)));
  }
  const names = devices.map(({ ownerKey }) => ownerKey).toSorted();
  expect(
    itemsOf(approvals, "deviceKey")
      .map(({ ownerKey }) => ownerKey)
      .toSorted(),
  ).toEqual(names);
  expect(
    ofPart(approvals, "identity", "device")
      .map(({ ownerKey }) => ownerKey)
      .toSorted(),
  ).toEqual(names);

  const all = ofPart(approvals, "approval", "approval");
  const [waiting, ended] = [
    all.filter(({ state }) => state === "waiting"),
    all.filter(({ state }) => state !== "waiting"),
  ];
  expect(waiting.filter(({ due }) => due === undefined)).toEqual([]);
  expect(ended.filter(({ due }) => due !== undefined)).toEqual([]);
  const slots = ofPart(approvals, "identity", "pending").flatMap((item) =>
    Object.keys(item).flatMap((field) => (field.startsWith("slot:") ? [field.slice("slot:".length)] : [])),
  );
  const tokens = waiting.map(({ token }) => String(token));
  expect(slots.filter((token) => !tokens.includes(token))).toEqual([]);
  expect(ended.filter((approval) => String(approval.state) in decided && !isProven(approvals, approval))).toEqual([]);

  expect(
    ended.filter(({ state, endedAtMs = 0n, expiresAtMs = 0n }) => String(state) in decided && endedAtMs >= expiresAtMs),
  ).toEqual([]);
  const superseded = eventsOf(approvals, "transaction.started").flatMap(({ detail }) =>
    String(JSON.parse(String(detail)).superseded ?? "").split(" "),
  );
  const spared = all.filter(
    ({ token, state }) => superseded.includes(String(token)) && !["waiting", "cancelled"].includes(String(state)),
  );
  expect(spared).toEqual([]);

  const told = endings(approvals).map(({ subject }) => String(subject));
  expect(told.toSorted()).toEqual(
    ended
      .filter(({ cause }) => cause !== "superseded")
      .map(({ token }) => String(token))
      .toSorted(),
  );
};

/** The states in which transactions are stored. */
export const storedStates = (approvals: Approvals): readonly string[] =>
  ofPart(approvals, "approval", "approval").map(({ state }) => String(state));
