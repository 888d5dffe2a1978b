/** The program as npm runs it, in a process of its own. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../../..");

const admin = (...argv: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "local/admin.ts"), ...argv], {
    cwd: root,
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "" },
  });
  return { status, stdout, stderr };
};

test("says in one line that no sandbox runs, and ends with 3", () => {
  const message = 'No sandbox runs on port 1. Start one with "npm start", or say where it is with --port or --stage.';
  expect(admin("tenant", "list", "--port", "1")).toEqual({ status: 3, stdout: "", stderr: `${message}\n` });
  expect(admin("tenant", "list", "--port", "1", "--json")).toEqual({
    status: 3,
    stdout: `${JSON.stringify({ error: { code: "UNREACHABLE", message } })}\n`,
    stderr: "",
  });
});

test("says in one line what it lacks to reach a stage, and ends with 3", () => {
  const { status, stdout, stderr } = admin("tenant", "list", "--stage", "nowhere");
  expect([status, stdout, stderr.split("\n").length]).toEqual([3, "", 2]);
  expect(stderr).toContain("Region is missing");
});
