// The process that persistence.test.ts starts: it commits one transaction after the other, each with its items, index
// rows and token, and says so on a line of its own when a commit is acknowledged; in the end it kills itself while a
// transaction is being written, so many turns of the event loop after the engine began to wait for the disk.
import { openEngine } from "../../../local/dynamodb/engine.ts";
import { crewOf } from "./crew.ts";

const [path = "", first = "0", commits = "0", turns = "0"] = process.argv.slice(2);
const killSoon = (left: number): void => {
  if (left === 0) process.kill(process.pid, "SIGKILL");
  setImmediate(killSoon, left - 1);
};

const last = Number(first) + Number(commits);
const engine = await openEngine({ path });
for (let n = Number(first); ; n += 1) {
  if (n === last) setTimeout(killSoon, 0, Number(turns));
  const { statusCode, body } = await engine.handle("DynamoDB_20120810.TransactWriteItems", JSON.stringify(crewOf(n)));
  if (statusCode !== 200) throw new Error(body);
  process.stdout.write(`${n}\n`);
}
