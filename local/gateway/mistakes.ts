/** Finds out what a wrong signature is instead: the mistakes that are made when sbc.md 3 is read in haste. */
import { createHash, createHmac, type Hmac } from "node:crypto";
import { type Fields, keyBytes, orders, type Signed, sign, valuesOf } from "./signature.ts";

type Digest = (values: readonly string[]) => Buffer;

const hmacOf =
  (make: () => Hmac, separator = ""): Digest =>
  (values) =>
    make().update(values.join(separator)).digest();

/** Other ways to sign the right fields in the right order. */
const otherWays = (controlKey: string): readonly (readonly [what: string, digest: Digest])[] => {
  const bare = controlKey.replace(/-/g, "");
  const sha1 = (key: string | Buffer) => () => createHmac("sha1", key);
  return [
    ["the control key is used as text, dashes and all; it is hex", hmacOf(sha1(controlKey))],
    ["the control key is used as text; it is hex", hmacOf(sha1(bare))],
    ["it is HMAC-SHA256 instead of HMAC-SHA1", hmacOf(() => createHmac("sha256", keyBytes(controlKey)))],
    [
      "it is a plain SHA-1 of fields and key",
      (values) =>
        createHash("sha1")
          .update(values.join("") + controlKey)
          .digest(),
    ],
    ...[":", ";", "|", ",", "&", "\n", " "].map(
      (separator) =>
        [
          `the fields are parted by ${JSON.stringify(separator)}`,
          hmacOf(sha1(keyBytes(controlKey)), separator),
        ] as const,
    ),
  ];
};

/** Every order of some things; seven of them have 5,040. */
const permutations = function* <Thing>(things: readonly Thing[]): Generator<readonly Thing[]> {
  if (things.length === 0) yield [];
  for (const [at, first] of things.entries())
    for (const rest of permutations(things.toSpliced(at, 1))) yield [first, ...rest];
};

const signs = (controlKey: string, values: readonly string[]): string =>
  createHmac("sha1", keyBytes(controlKey)).update(values.join("")).digest("hex").toUpperCase();

const leftOut = (controlKey: string, what: Signed, fields: Fields, got: string): string | undefined => {
  const name = orders[what].find((each) => fields[each] && sign(controlKey, what, { ...fields, [each]: "" }) === got);
  return name && `${name} is left out`;
};

const inAnotherOrder = (controlKey: string, what: Signed, fields: Fields, got: string): string | undefined => {
  const names = orders[what].filter((name) => fields[name]);
  for (const order of permutations(names))
    if (
      signs(
        controlKey,
        order.map((name) => fields[name] ?? ""),
      ) === got
    )
      return `the fields are in another order: ${order.join(", ")}`;
  return undefined;
};

/** What is wrong with a signature: undefined where nothing is, else the mistake, or that it is none of the usual ones. */
export const mistakeIn = (controlKey: string, what: Signed, fields: Fields, got: string): string | undefined => {
  const right = sign(controlKey, what, fields);
  if (got === right) return undefined;
  if (got.toUpperCase() === right) return "its hex digits are not all capitals";
  const values = valuesOf(what, fields);
  const bytes = Buffer.from(right, "hex");
  if ([bytes.toString("base64"), bytes.toString("base64url")].includes(got)) return "it is base64 instead of hex";
  const digits = got.toUpperCase();
  const way = otherWays(controlKey).find(([, digest]) => digest(values).toString("hex").toUpperCase() === digits);
  return (
    way?.[0] ??
    leftOut(controlKey, what, fields, digits) ??
    inAnotherOrder(controlKey, what, fields, digits) ??
    "it is none of the usual mistakes: another key, or other values"
  );
};
