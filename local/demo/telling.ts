/** What the demo shows of a request and its answer: everything but secrets, of which it only says whose they are. */
import { type Credential, headersOf } from "../sandbox/credential.ts";

/** Nothing that is to be read is so long without a break; every token, code and signature of 256 bits is. */
const LONGEST_PLAIN = 42;
const long = `{${LONGEST_PLAIN + 1},}`;
/** A token, which has no slash and no padding; or Base64, which a path is never taken for: a long one has a hyphen. */
const opaque = new RegExp(`[\\w.~+-]${long}(?![\\w.~+/=-])|[A-Za-z0-9+/]${long}={0,2}`, "g");

/** How much of an unknown secret is shown, so that one can see it again. */
const SHOWN_OF_OPAQUE = 8;

/** The secrets of a credential, with what to say instead. A short word is none: a merchant's name, a till. */
const secretsOf = (credential: Credential): readonly (readonly [secret: string, instead: string])[] =>
  Object.values(headersOf(credential))
    .map((value) => value.split(" ").at(-1) ?? "")
    .filter((word) => word.length > LONGEST_PLAIN)
    .map((secret) => [secret, `<${credential.who}>`]);

/** Makes texts tellable, given the credentials that are going to be used. */
export const discreet = (credentials: readonly Credential[]): ((text: string) => string) => {
  const known = credentials.flatMap(secretsOf);
  return (text) =>
    known
      .reduce((told, [secret, instead]) => told.replaceAll(secret, instead), text)
      .replace(opaque, (secret) => `${secret.slice(0, SHOWN_OF_OPAQUE)}…`);
};
