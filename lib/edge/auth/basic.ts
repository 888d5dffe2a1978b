/** HTTP Basic (RFC 7617), as several protocols have it: a client's id and its secret. */
import type { Headers, Scheme } from "#edge/contract";
import { Refused, refuse } from "#kernel/refusal";
import { readUtf8 } from "#kernel/utf8";
import type { Ports } from "#ports";

/** The longest credentials that are looked at, in characters of base64; ours have 136. */
const LONGEST = 1024;

/** What a client shows. */
export interface Shown {
  readonly id: string;
  readonly secret: string;
}

/** What base64 encodes as UTF-8; undefined where it is not the one spelling of that. */
const decode = (encoded: string): string | undefined => {
  const bytes = Buffer.from(encoded, "base64");
  return bytes.toString("base64") === encoded ? readUtf8(bytes) : undefined;
};

/** Id and secret of a request, parted at the first colon. */
const shownIn = ({ authorization = "" }: Headers): Shown | undefined => {
  const encoded = /^Basic +(\S+)$/i.exec(authorization.trim())?.[1] ?? "";
  const text = encoded.length > LONGEST ? undefined : decode(encoded);
  const colon = text?.indexOf(":") ?? -1;
  return text === undefined || colon < 0 ? undefined : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
};

/** A scheme of a protocol's clients: `find` knows whose id and secret these are, undefined for nobody's, and may throw what else the scheme refuses with. */
export const basic = <Who>(
  name: string,
  find: (shown: Shown, ports: Ports) => Promise<Who | undefined>,
  mayRefuse: readonly string[] = ["UNAUTHENTICATED"],
): Scheme<Who> => ({
  name,
  openapi: [{ type: "http", scheme: "basic" }],
  mayRefuse,
  authenticate: async ({ headers }, ports) => {
    const shown = shownIn(headers);
    const who = shown && (await find(shown, ports));
    if (who === undefined) throw new Refused(refuse("UNAUTHENTICATED"));
    return who;
  },
});
