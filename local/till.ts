/** `npm run till -- …`: plays a till of a SWiP server's merchant (swip.md 2). */
import { realWorld } from "./gateway/world.ts";
import { runTill } from "./till/run.ts";

process.exitCode = await runTill(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  world: realWorld,
});
