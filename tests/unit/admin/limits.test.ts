/** What approvals allow, as an operator lowers it. */
import { expect, test } from "vitest";
import { lastEvent, openAdmin } from "./given.ts";

const rows = (timeoutSeconds: number, devices: number): string =>
  [
    `  timeoutSeconds    ${String(timeoutSeconds).padEnd(3)}  of 600`,
    "  waiting           20   of 20",
    `  devices           ${devices}    of 5`,
    "  codeSeconds       300  of 300",
    "  codeTries         5    of 5",
    "  codesIssued       5    of 5",
    "  loginCodeSeconds  120  of 120",
    "  decisionTries     5    of 5",
    "  retentionDays     30   of 30",
    "",
  ].join("\n");

test("what approvals allow is the protocol's until it is lowered, and can be raised to that again", async () => {
  const admin = openAdmin();
  expect(await admin.done("approval limits show")).toBe(`Approvals are allowed\n\n${rows(600, 5)}`);
  expect(await admin.done("approval limits set --timeout-seconds 120 --devices 2")).toBe(
    `Approvals are allowed from now on\n\n${rows(120, 2)}`,
  );
  expect(await lastEvent(admin, "desk")).toEqual({
    type: "approval.limits-set",
    actor: "dana",
    subject: "limits",
    detail: { timeoutSeconds: "600 -> 120", devices: "5 -> 2" },
  });
  expect(await admin.done("approval limits set --devices 5")).toContain(rows(120, 5));
  expect(await lastEvent(admin, "desk")).toMatchObject({ detail: { devices: "2 -> 5" } });
  const before = admin.twin.items();
  expect(await admin.done("approval limits set --devices 5")).toBe(
    `Nothing was changed: approvals are allowed\n\n${rows(120, 5)}`,
  );
  expect(admin.twin.items()).toEqual(before);
  expect(JSON.parse(await admin.done("approval limits show --json"))).toMatchObject({
    limits: { timeoutSeconds: 120, devices: 5, retentionDays: 30 },
  });
});

test.each(["--timeout-seconds 601", "--devices 6", "--devices 0", "--retention-days 31", "--waiting many", ""])(
  "approval limits set %s is refused",
  async (options) => {
    const admin = openAdmin();
    await expect(admin.done(`approval limits set ${options}`.trim())).rejects.toThrow();
    expect(admin.twin.items()).toEqual([]);
  },
);
