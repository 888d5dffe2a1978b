/** `npm run app -- …`: plays a customer's app that pays at tills (swip.md 8.1). */
import { runApp } from "./app/run.ts";

process.exitCode = await runApp(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});
