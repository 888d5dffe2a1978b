/** What the phone's simulator signs: the vectors of approvals.md 3. */
import { createPublicKey, verify } from "node:crypto";
import { describe, expect, test } from "vitest";
import {
  activateFrame,
  decisionFrame,
  formats,
  hashOf,
  type Key,
  makeKey,
  pemOf,
  readKey,
  requestFrame,
  signWith,
} from "../../../local/device/signature.ts";

const SPKI = Buffer.from(
  "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Z5A/4QCLi8maQa6elWKLxk8vGyDC1+n1F3o8KU1EYimQ==",
  "base64",
);
const ownerKey = "20260102-6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b";
const nonce = "EBESExQVFhcYGRobHB0eHw==";

const activation = {
  customerId: "8053944",
  userCode: undefined,
  otp: "042317",
  key: { spki: SPKI },
  approvalKey: undefined,
  timestamp: 1767311990000,
  nonce,
};
const request = {
  path: "/device/v1/transactions/pending",
  ownerKey,
  timestamp: 1767312001000,
  nonce,
  body: '{"MaxItems":20}',
};
const transaction = {
  TransactionToken: "AAECAwQFBgcICQoLDA0ODw==",
  TransactionType: 2,
  TransactionName: "WEBLOGIN",
  TransactionContent: "ENCRYPTEDCONFIRMATIONDATA",
  ExpiresAt: 1767312180000,
  Challenge: nonce,
};

const isSignedBy = ({ spki }: Pick<Key, "spki">, framed: Uint8Array, format: string, signature: string): boolean => {
  const key = createPublicKey({ key: spki, format: "der", type: "spki" });
  const dsaEncoding = format === "der" ? "der" : "ieee-p1363";
  return verify("sha256", framed, { key, dsaEncoding }, Buffer.from(signature, "base64"));
};

describe("a frame", () => {
  test.each([
    [
      "to activate",
      activateFrame(activation),
      128,
      "1d50ca1b20adcc12c757e13ed6c1825e5b2d33d99d200099dff5b02fd04cbb1e",
      [["p1363", "bCRNaNjHnqz9TiyGTJ1ZrJbq/WeevUmba2MRIo9D4PHORhtuMrVFNgGZEQ5iPOlihFXfCBAdkm1O8ahgXEooNQ=="]],
    ],
    [
      "to ask",
      requestFrame(request),
      194,
      "30290e4fcee4616ea27e79e22f65af616b14eda6e9f1abe0c0e053ee140280a1",
      [["p1363", "USXLiOLGXqy1KdC6yJ1v0oUS4XrkPwTVNjd892aTAGigQ3Y4AuWrTTtUkDaJAIw9O3a20ZSY8f1117UcsBRjcQ=="]],
    ],
    [
      "to decide",
      decisionFrame(ownerKey, transaction, "approve"),
      212,
      "c5f92796cc35247a20a02dbca4ee8bfcc0d127ec75913a4112ec92cc2df5f3c1",
      [
        ["der", "MEUCIQCyrb/YexHYDHMqfazLLs7qREi/MxH8Lmbxxs4QHliXZgIgCW+Td9luZhNWRynXWnp57eeiFB3vfJU9BBsslZ+TSKQ="],
        ["p1363", "sq2/2HsR2AxzKn2syy7O6kRIvzMR/C5m8cbOEB5Yl2YJb5N32W5mE1ZHKddaennt56IUHe98lT0EGyyVn5NIpA=="],
      ],
    ],
  ] as const)("%s is the specification's, byte for byte", (_, framed, length, sum, signatures) => {
    expect([framed.length, hashOf(framed).toString("hex")]).toEqual([length, sum]);
    for (const [format, signature] of signatures)
      expect(isSignedBy({ spki: SPKI }, framed, format, signature)).toBe(true);
  });

  test("has the approval key's hash behind everything else, and only where there is such a key", () => {
    const approvalKey = makeKey();
    const [without, framed] = [activateFrame(activation), activateFrame({ ...activation, approvalKey })];
    expect(framed.subarray(0, without.length)).toEqual(without);
    expect(framed.subarray(without.length)).toEqual(
      Buffer.concat([Buffer.from([0, 0, 0, 32]), hashOf(approvalKey.spki)]),
    );
  });

  test("tells no user code from an empty place, and a binding code from none", () => {
    expect(activateFrame({ ...activation, userCode: "" })).toEqual(activateFrame(activation));
    const [without, coded] = [undefined, "042317"].map((code) => decisionFrame(ownerKey, transaction, "approve", code));
    expect([without?.length, coded?.length]).toEqual([212, 218]);
  });
});

describe("a key", () => {
  test.each(formats)("signs as %s, and is the same after it was kept", (format) => {
    const key = makeKey();
    const kept = readKey(pemOf(key));
    expect(kept.spki).toEqual(key.spki);
    expect(key.spki).toHaveLength(91);
    const framed = requestFrame(request);
    const signature = signWith(kept, format, framed);
    expect(isSignedBy(key, framed, format, signature)).toBe(true);
    expect(isSignedBy(key, requestFrame({ ...request, timestamp: request.timestamp + 1 }), format, signature)).toBe(
      false,
    );
    expect(isSignedBy(makeKey(), framed, format, signature)).toBe(false);
  });

  test("of another curve is none", () => {
    const other = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
-----END PRIVATE KEY-----`;
    expect(() => readKey(other)).toThrow("it is no P-256 key");
  });
});
