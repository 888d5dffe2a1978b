/** The specification of a store, against DynamoDB Local: the real store's own requests, which the embedded engine only resembles. */
// This folder is a package of its own, so the alias of lib/ does not reach here.
import { openDynamo } from "../../lib/store/dynamo.ts";
import { bindStore } from "../store/specification.ts";
import { TABLE } from "./requests/items.ts";
import { openOracle } from "./sides.ts";

const url = process.env.TILLGATE_ORACLE_URL;
if (url === undefined) throw new Error("TILLGATE_ORACLE_URL says where DynamoDB Local is: run `npm run oracle`");

let databases = 0;

bindStore("DynamoDB Local", async () => {
  const accessKeyId = `store${process.pid}n${++databases}`;
  await openOracle(url, accessKeyId);
  const credentials = { accessKeyId, secretAccessKey: "tests" };
  return openDynamo({
    table: TABLE,
    client: { endpoint: url, region: "local", credentials },
    pause: async () => undefined,
  });
});
