/** Keeps what was sent as it was sent: headers under lower-case names, the body's bytes. Refuses nothing. */
import type { Headers } from "#edge/contract";
import type { RawBody, Step } from "#edge/middleware/state";

/** Puts the headers and the body's bytes (none: zero bytes) into the state. */
export const rawBody = (): Step<{ headers: Headers; body: RawBody }> => ({
  before: ({ event, internal }) => {
    // The local gateway keeps the caller's case, AWS does not.
    internal.headers = Object.fromEntries(
      Object.entries(event.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    );
    internal.body = {
      bytes: Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8"),
      wasText: !event.isBase64Encoded,
    };
  },
});
