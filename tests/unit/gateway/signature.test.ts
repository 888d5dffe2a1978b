/** The gateway's own signatures against the vectors of sbc.md 3, and what it says of those that are wrong. */
import { createHash, createHmac } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mistakeIn } from "../../../local/gateway/mistakes.ts";
import { controlOf, orders, type Signed, sign } from "../../../local/gateway/signature.ts";

const KEY = "00112233-4455-6677-8899-AABBCCDDEEFF";

const FIELDS = {
  accessToken: "tok_0123456789abcdef0123456789abcdef",
  serialNumber: "SN-000001",
  endpointId: "1234",
  nonce: "nonce-0123456789abcdef0123456789abcdef",
  invoiceId: "7f3f0d0e-6f0b-4a37-9b1e-2f6f2d7f1a10",
  amountCentis: "1050",
  currency: "EUR",
};

describe("signatures", () => {
  test.each([
    ["V1", "initiate", {}, "93A578B675DBEED0F240CB3224944BC067D4FEA2"],
    ["V2", "check", {}, "60B0E914536A4F28618DBA96C8751794A5A6962B"],
    ["V3", "check", { serverCardId: "1001" }, "70BBD0BF08C4990D5EA4572291488586735DC108"],
    ["V8", "notification", {}, "458DB2194DE67F5CFBBF8FD48D45F85B4C5D9C67"],
  ] as const)("%s is as it was computed", (_, what, more, expected) => {
    for (const key of [KEY, KEY.toLowerCase(), KEY.replaceAll("-", "")])
      expect(sign(key, what, { ...FIELDS, ...more })).toBe(expected);
  });

  test("a callback's control has the key as it was issued", () => {
    expect(controlOf(KEY, "approved", "900001", FIELDS.invoiceId)).toBe("da57166f704909407b776a593873abad2c59bd92");
  });
});

const parts = [...orders.initiate.map((name) => FIELDS[name])];
const bytes = Buffer.from(KEY.replaceAll("-", ""), "hex");
const hmac = (key: string | Buffer, text: string, algorithm = "sha1") => createHmac(algorithm, key).update(text);
const right = sign(KEY, "initiate", FIELDS);

describe("a wrong signature", () => {
  test.each([
    ["098C09CF6103560B610ED0735E5D2DB4407E418E", /as text, dashes and all/],
    [hmac(KEY.replaceAll("-", ""), parts.join("")).digest("hex"), /used as text; it is hex/],
    [hmac(bytes, parts.join(""), "sha256").digest("hex"), /HMAC-SHA256/],
    [
      createHash("sha1")
        .update(parts.join("") + KEY)
        .digest("hex"),
      /plain SHA-1/,
    ],
    [hmac(bytes, parts.join("|")).digest("hex"), /parted by "\|"/],
    [hmac(bytes, parts.join("")).digest("base64"), /base64/],
    [right.toLowerCase(), /not all capitals/],
    [hmac(bytes, parts.filter((part) => part !== FIELDS.nonce).join("")).digest("hex"), /nonce is left out/],
    [hmac(bytes, parts.toReversed().join("")).digest("hex"), /another order: currency, amountCentis, invoiceId/],
    ["0".repeat(40), /none of the usual mistakes/],
  ])("%s is told from the others", (got, says) => {
    expect(mistakeIn(KEY, "initiate", FIELDS, got)).toMatch(says);
  });

  test("is none where it is right, whatever is signed", () => {
    const field = fc.string({ unit: "binary", maxLength: 40 });
    const fields = fc.record(Object.fromEntries([...orders.initiate, "serverCardId"].map((name) => [name, field])));
    fc.assert(
      fc.property(fields, fc.constantFrom<Signed>("initiate", "check", "notification"), (some, what) => {
        expect(mistakeIn(KEY, what, some, sign(KEY, what, some))).toBeUndefined();
      }),
    );
  });
});
