/** `npm run device -- …`: a phone with a bank's app, in a terminal (approvals.md 3, 4). */
import { setTimeout as wait } from "node:timers/promises";
import { runDevice } from "./device/run.ts";

process.exitCode = await runDevice(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  world: { now: () => Date.now(), pause: (ms) => wait(ms) },
});
