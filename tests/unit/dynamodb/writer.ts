// The process that persistence.test.ts kills: it commits one transaction after the other, each with its items, index
// rows and token, and says so on a line of its own when a commit is acknowledged.
import { openEngine } from "../../../local/dynamodb/engine.ts";
import { crewOf } from "./crew.ts";

const [path = "", first = "0"] = process.argv.slice(2);
const engine = await openEngine({ path });
for (let n = Number(first); ; n += 1) {
  const { statusCode, body } = await engine.handle("DynamoDB_20120810.TransactWriteItems", JSON.stringify(crewOf(n)));
  if (statusCode !== 200) throw new Error(body);
  process.stdout.write(`${n}\n`);
}
