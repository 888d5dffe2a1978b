/**
 * Asks partners' own systems: one request on a connection of its own, bounded in time and size. No redirect is followed. A
 * request leaves over a connection that stands, its certificate checked, or not at all.
 */
import { request as http, type IncomingMessage } from "node:http";
import { request as https } from "node:https";
import { readUtf8 } from "#kernel/utf8";
import type { Ports, Post, Posted } from "#ports";

/** Why we do not send a request or do not take an answer: said in the log, so it quotes nothing. */
class Unacceptable extends Error {}

/** A whole answer's text; we ask for no encoding, so that one that is encoded is not what we asked for. */
const textOf = async (answer: IncomingMessage, maxBytes: number): Promise<string> => {
  const encoding = answer.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity") throw new Unacceptable("an encoded answer");
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > maxBytes) throw new Unacceptable("too long an answer");
    parts.push(part);
  }
  const text = readUtf8(Buffer.concat(parts));
  if (text === undefined) throw new Unacceptable("an answer that is not UTF-8");
  return text;
};

/** What is said of an error: our own words, or the code that Node gave it, whose words may quote what was sent. */
const whyOf = (error: unknown): string => {
  if (error instanceof Unacceptable) return error.message;
  return error instanceof Error && "code" in error ? String(error.code) : "an error";
};

/** Where requests may go. */
interface Reach {
  /** Unencrypted to this machine too: the sandbox's and the tests' only (sonect.md 2.5). */
  readonly loopback: boolean;
}

const isSafe = ({ protocol, hostname }: URL, { loopback }: Reach): boolean =>
  protocol === "https:" || (loopback && protocol === "http:" && hostname === "127.0.0.1");

/** Opens a connection for a request, without sending anything. Throws for a URL or a header that cannot be. */
const openRequest = ({ url: text, headers, body }: Post, reach: Reach) => {
  const url = new URL(text);
  if (!isSafe(url, reach)) throw new Unacceptable("not encrypted");
  const isSecure = url.protocol === "https:";
  const asked = (isSecure ? https : http)(url, {
    method: "POST",
    headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
    agent: false,
    // Whatever the environment says.
    rejectUnauthorized: true,
  });
  return { asked, connected: isSecure ? "secureConnect" : "connect" };
};

const send = (wish: Post, reach: Reach): Promise<Posted> =>
  new Promise((resolve) => {
    const { asked, connected: event } = openRequest(wish, reach);
    let connected = false;
    const end = (posted: Posted): void => {
      clearTimeout(timer);
      asked.destroy();
      resolve(posted);
    };
    const fail = (why: string): void => end({ connected, why });
    let timer = setTimeout(() => fail("no connection in time"), wish.connectMs);
    asked.once("socket", (socket) =>
      socket.once(event, () => {
        connected = true;
        clearTimeout(timer);
        timer = setTimeout(() => fail("no answer in time"), wish.answerMs);
        // Not before: as long as there is no connection, nothing can have happened.
        asked.end(wish.body);
      }),
    );
    asked.on("error", (error) => fail(whyOf(error)));
    asked.once("upgrade", () => fail("another protocol"));
    asked.once("response", (answer) => {
      textOf(answer, wish.maxBytes).then(
        (body) => end({ status: answer.statusCode ?? 0, body }),
        (error) => fail(whyOf(error)),
      );
    });
  });

/**
 * Opens the port: it sends a request once and waits for its whole answer. Never rejects, and takes `connectMs` and `answerMs` at the most:
 * the name's look-up, TCP and TLS are the connection; the request, and the answer to its last byte, are the rest.
 */
export const openPost =
  (reach: Reach): Ports["post"] =>
  (wish) =>
    send(wish, reach).catch((error: unknown) => ({ connected: false, why: whyOf(error) }));
