/** `npm run admin -- …`: the operator's command line, for a sandbox or a deployed stage. */
import { userInfo } from "node:os";
import { runAdmin } from "./admin/run.ts";
import { openTarget } from "./admin/target.ts";

process.exitCode = await runAdmin(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  open: openTarget,
  login: userInfo().username,
});
