/** The least that an HTTP server can do with a request: reads it and answers a few bytes of JSON. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer(async (request, response) => {
  for await (const _ of request);
  response.writeHead(200, { "content-type": "application/json" });
  response.end('{"Message":"OK","ResultCode":0,"Skip":false,"TransactionId":4503599627370001}');
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once("disconnect", () => process.exit());
