/** The world as it is: this machine's clock, and time that passes. */
import { setTimeout as wait } from "node:timers/promises";
import type { World } from "./settings.ts";

/** The real one. */
export const realWorld: World = {
  now: () => Date.now(),
  pause: (ms, signal) => wait(ms, undefined, signal && { signal }).catch(() => undefined),
};
