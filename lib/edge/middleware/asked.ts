/** Keeps what was asked as it was sent: headers under lower-case names, the body's bytes. Refuses nothing. */
import type { Asked } from "#edge/contract";
import type { Event, Step } from "#edge/middleware/state";

// The local gateway keeps the caller's case, AWS does not.
const lowerCased = (headers: Event["headers"]): Asked["headers"] => {
  const lower: Record<string, string | undefined> = {};
  for (const name in headers) lower[name.toLowerCase()] = headers[name];
  return lower;
};

/** Puts the request into the state; no body is one of zero bytes. */
export const asked = (): Step<{ asked: Asked }> => ({
  before: ({ event, internal }) => {
    const { http } = event.requestContext;
    internal.asked = {
      verb: http.method,
      path: event.rawPath,
      query: event.rawQueryString,
      segments: event.pathParameters ?? {},
      headers: lowerCased(event.headers),
      body: {
        bytes: Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8"),
        wasText: !event.isBase64Encoded,
      },
      address: http.sourceIp,
    };
  },
});
