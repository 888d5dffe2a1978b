/** Asks partners' own systems: one request on a connection of its own, bounded in time and size; no redirect is followed. */
import { request as http, type IncomingMessage } from "node:http";
import { request as https } from "node:https";
import type { Post, Posted } from "#ports";

const utf8 = new TextDecoder("utf-8", { fatal: true });

const bodyOf = async (answer: IncomingMessage, maxBytes: number): Promise<string> => {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > maxBytes) throw new Error("an answer that is too long");
    parts.push(part);
  }
  return utf8.decode(Buffer.concat(parts));
};

const codeOf = (error: unknown): string =>
  error instanceof Error ? String((error as NodeJS.ErrnoException).code ?? error.message) : "an error";

/** Sends a request and waits for its whole answer; resolves in any case, within the two times that it may take. */
export const post = ({ url: text, headers, body, connectMs, answerMs, maxBytes }: Post): Promise<Posted> =>
  new Promise((resolve) => {
    const url = new URL(text);
    const isSecure = url.protocol === "https:";
    const length = { "content-length": String(Buffer.byteLength(body)) };
    const asked = (isSecure ? https : http)(url, { method: "POST", headers: { ...headers, ...length }, agent: false });
    let connected = false;
    const end = (posted: Posted): void => {
      clearTimeout(timer);
      asked.destroy();
      resolve(posted);
    };
    const fail = (why: string): void => end({ connected, why });
    let timer = setTimeout(() => fail("no connection in time"), connectMs);
    asked.once("socket", (socket) =>
      socket.once(isSecure ? "secureConnect" : "connect", () => {
        connected = true;
        clearTimeout(timer);
        timer = setTimeout(() => fail("no answer in time"), answerMs);
      }),
    );
    asked.on("error", (error) => fail(codeOf(error)));
    asked.once("response", (answer) => {
      bodyOf(answer, maxBytes).then(
        (said) => end({ status: answer.statusCode ?? 0, body: said }),
        (error) => fail(codeOf(error)),
      );
    });
    asked.end(body);
  });
