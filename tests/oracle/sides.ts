/** The two that are compared: the embedded engine in this process, and DynamoDB Local over HTTP. */
import { Agent, request as open } from "node:http";
import { openEngine } from "../../local/dynamodb/engine.ts";
import { makeTable } from "../../local/table.ts";
import { TABLE } from "./requests/items.ts";

const PREFIX = "DynamoDB_20120810.";

/** An answer as compared. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Sends one operation's body to a side. */
export type Ask = (operation: string, body: string) => Promise<Answer>;

/** A side with an empty table of its own. */
export interface Side {
  readonly ask: Ask;
  readonly close: () => Promise<void>;
}

const agent = new Agent({ keepAlive: true });

const send = (
  url: string,
  database: string,
  target: string,
  body: string,
): Promise<{ statusCode: number; body: string }> =>
  new Promise((resolve, reject) => {
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": target,
      // DynamoDB Local keeps one database for each access key, and checks no signature.
      authorization: `AWS4-HMAC-SHA256 Credential=${database}/20261120/local/dynamodb/aws4_request, SignedHeaders=host, Signature=none`,
    };
    const call = open(url, { method: "POST", agent, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ statusCode: response.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8") });
    });
    call.once("error", reject);
    call.end(body);
  });

/** DynamoDB Local at `url`; `database` is a name of letters and digits that nobody else uses. */
export const openOracle = async (url: string, database: string): Promise<Side> => {
  await makeTable({ handle: (target, body) => send(url, database, target, body) }, TABLE);
  return {
    ask: async (operation, body) => {
      const answer = await send(url, database, PREFIX + operation, body);
      return { status: answer.statusCode, body: JSON.parse(answer.body) };
    },
    close: async () => undefined,
  };
};

/** The embedded engine, in memory. */
export const openEmbedded = async (): Promise<Side> => {
  const engine = await openEngine();
  await makeTable(engine, TABLE);
  return {
    ask: async (operation, body) => {
      const answer = await engine.handle(PREFIX + operation, body);
      return { status: answer.statusCode, body: JSON.parse(answer.body) };
    },
    close: () => engine.close(),
  };
};
