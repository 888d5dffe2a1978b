/** A connecting party that answers checks wrongly (F11 of sbc.md 8): what a gateway must not charge after. It records what it was asked. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { sign } from "./signature.ts";
import { type Cause, causes } from "./wire.ts";

/** Ways to answer a check: a cause of an error, or a success that is none; `good` is as it should be. */
export const stubAnswers = [
  "INVALID_REQUEST",
  "FILTERED",
  "SERVER_FAILED",
  "SERVER_UNAVAILABLE",
  "error with 200",
  "bad checkSignature",
  "other token",
  "other nonce",
  "other invoiceId",
  "no JSON",
  "silence",
  "good",
] as const;

/** One of them. */
export type StubAnswer = (typeof stubAnswers)[number];

/** A stub. */
export interface Stub {
  readonly base: string;
  /** `VERB /path?query` of every request, in order. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

const isCause = (answer: StubAnswer): answer is StubAnswer & Cause => Object.hasOwn(causes, answer);

const errorOf = (cause: Cause) => ({ error: { cause, code: `STUB-${causes[cause]}01`, message: "as it was told" } });

interface Said {
  readonly consumer: { readonly device: { readonly serialNumber: string } };
  readonly session: { readonly nonce: string; readonly token: string };
}

/** What is answered to a check; undefined: nothing. */
const answerTo = (
  answer: StubAnswer,
  { controlKey, endpointId }: { readonly controlKey: string; readonly endpointId: string },
  invoiceId: string,
  { consumer, session }: Said,
): readonly [status: number, body: string] | undefined => {
  if (answer === "silence") return undefined;
  if (answer === "no JSON") return [200, "<html>welcome</html>"];
  if (answer === "error with 200") return [200, JSON.stringify(errorOf("FILTERED"))];
  if (isCause(answer)) return [causes[answer], JSON.stringify(errorOf(answer))];
  const nonce = answer === "other nonce" ? `${session.nonce.slice(1)}x` : session.nonce;
  const named = answer === "other invoiceId" ? randomUUID() : invoiceId;
  const fields = { ...consumer.device, nonce, endpointId, invoiceId: named };
  const right = sign(controlKey, "check", fields);
  const checkSignature =
    answer === "bad checkSignature" ? right.replace(/./, (digit) => (digit === "0" ? "1" : "0")) : right;
  const token = answer === "other token" ? randomUUID() : session.token;
  return [200, JSON.stringify({ invoiceId: named, session: { checkSignature, nonce, token } })];
};

const readBody = async (asked: IncomingMessage): Promise<string> => {
  const parts: Uint8Array[] = [];
  for await (const part of asked as AsyncIterable<Uint8Array>) parts.push(part);
  return Buffer.concat(parts).toString();
};

/** Opens a stub on a free port; it acknowledges every callback. */
export const openStub = async (
  keys: { readonly controlKey: string; readonly endpointId: string },
  answer: StubAnswer,
): Promise<Stub> => {
  const asked: string[] = [];
  const server = createServer(async (request, answering) => {
    asked.push(`${request.method} ${request.url}`);
    const body = await readBody(request).catch(() => "");
    const invoiceId = /^\/sale\/([^/]+)\/check$/.exec(request.url ?? "")?.[1];
    if (invoiceId === undefined) return void answering.end("OK");
    const said = answerTo(answer, keys, invoiceId, JSON.parse(body) as Said);
    if (said) answering.writeHead(said[0], { "content-type": "application/json" }).end(said[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
};
