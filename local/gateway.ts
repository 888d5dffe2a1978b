/** `npm run gateway -- …`: plays the card gateway of SBC sales, to try a connecting party or to serve apps (sbc.md 8). */
import { runGateway } from "./gateway/run.ts";
import { realWorld } from "./gateway/world.ts";

/** How often it is looked whether npm is still there. */
const LOOK_AFTER_NPM_MS = 250;

const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });

// npm may be ended without a word to us: then nobody is left to stop this.
const npm = process.env.npm_lifecycle_event === "gateway" ? process.ppid : undefined;
setInterval(() => {
  if (npm !== undefined && process.ppid !== npm) process.exit(1);
}, LOOK_AFTER_NPM_MS).unref();

const code = await runGateway(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isColoured: process.stdout.isTTY && !process.env.NO_COLOR,
  world: realWorld,
  stopped,
});
process.exit(code);
