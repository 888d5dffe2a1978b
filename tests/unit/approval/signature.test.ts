/** approvals.md 3: the vectors, what is no key and no signature, and that nothing which is signed can be changed. */
import { createECDH, createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  activateFrame,
  decisionFrame,
  frame,
  isSignatureShape,
  isSignedBy,
  readSpki,
  requestFrame,
  type SignatureFormat,
  sha256,
} from "#approval/signature";
import * as phone from "../../support/phone.ts";

const SPKI =
  "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYP7UuiVanTHJYet0xjVtaMBJuJI7Yfps5mliLmDyn7Z5A/4QCLi8maQa6elWKLxk8vGyDC1+n1F3o8KU1EYimQ==";
const OWNER_KEY = "20260102-6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b";
const TOKEN = "AAECAwQFBgcICQoLDA0ODw==";
const NONCE = "EBESExQVFhcYGRobHB0eHw==";
const CONTENT = "ENCRYPTEDCONFIRMATIONDATA";

const activated = {
  customerId: "8053944",
  otp: "042317",
  publicKey: SPKI,
  timestampMs: 1_767_311_990_000,
  nonce: NONCE,
};
const requested = {
  path: "/device/v1/transactions/pending",
  ownerKey: OWNER_KEY,
  timestamp: "1767312001000",
  nonce: NONCE,
  body: Buffer.from('{"MaxItems":20}'),
};
const decided = {
  ownerKey: OWNER_KEY,
  token: TOKEN,
  type: 2,
  name: "WEBLOGIN",
  contentSha: Buffer.from(sha256(CONTENT)).toString("base64"),
  expiresAtMs: 1_767_312_180_000,
  challenge: NONCE,
  decision: "approve",
};

/** Each vector: its frame, how long it is, its SHA-256, and signatures of it. */
const vectors: readonly (readonly [string, Uint8Array, number, string, Partial<Record<SignatureFormat, string>>])[] = [
  [
    "activate",
    activateFrame(activated),
    128,
    "1d50ca1b20adcc12c757e13ed6c1825e5b2d33d99d200099dff5b02fd04cbb1e",
    { p1363: "bCRNaNjHnqz9TiyGTJ1ZrJbq/WeevUmba2MRIo9D4PHORhtuMrVFNgGZEQ5iPOlihFXfCBAdkm1O8ahgXEooNQ==" },
  ],
  [
    "request",
    requestFrame(requested),
    194,
    "30290e4fcee4616ea27e79e22f65af616b14eda6e9f1abe0c0e053ee140280a1",
    { p1363: "USXLiOLGXqy1KdC6yJ1v0oUS4XrkPwTVNjd892aTAGigQ3Y4AuWrTTtUkDaJAIw9O3a20ZSY8f1117UcsBRjcQ==" },
  ],
  [
    "decision",
    decisionFrame(decided),
    212,
    "c5f92796cc35247a20a02dbca4ee8bfcc0d127ec75913a4112ec92cc2df5f3c1",
    {
      der: "MEUCIQCyrb/YexHYDHMqfazLLs7qREi/MxH8Lmbxxs4QHliXZgIgCW+Td9luZhNWRynXWnp57eeiFB3vfJU9BBsslZ+TSKQ=",
      p1363: "sq2/2HsR2AxzKn2syy7O6kRIvzMR/C5m8cbOEB5Yl2YJb5N32W5mE1ZHKddaennt56IUHe98lT0EGyyVn5NIpA==",
    },
  ],
];

const signatures = vectors.flatMap(([purpose, framed, , , signed]) =>
  (Object.entries(signed) as [SignatureFormat, string][]).map(([format, signature]) => ({
    purpose,
    format,
    framed,
    signature: Buffer.from(signature, "base64"),
  })),
);

const flipped = (bytes: Uint8Array, at: number, bit = 0): Uint8Array => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ (1 << bit);
  return copy;
};

describe("the vectors", () => {
  test.each(vectors)("approvals #5: %s is framed as it stands there", (_, framed, bytes, digest) => {
    expect([framed.length, Buffer.from(sha256(framed)).toString("hex")]).toEqual([bytes, digest]);
  });

  test.each(signatures)("approvals #5: $purpose is signed by its key, as $format", ({ format, framed, signature }) => {
    expect(isSignedBy(SPKI, format, framed, signature)).toBe(true);
    expect(isSignedBy(SPKI, format === "der" ? "p1363" : "der", framed, signature)).toBe(false);
    expect(isSignedBy(phone.makeKey().spki, format, framed, signature)).toBe(false);
  });

  test.each(signatures)("approvals #5: $purpose as $format fails with any byte flipped", (vector) => {
    const { format, framed, signature } = vector;
    const key = Buffer.from(SPKI, "base64");
    const passes = (spki: Uint8Array, content: Uint8Array, signed: Uint8Array) =>
      isSignedBy(Buffer.from(spki).toString("base64"), format, content, signed);
    const wrong = [
      ...[...framed.keys()].filter((at) => passes(key, flipped(framed, at), signature)),
      ...[...signature.keys()].filter((at) => passes(key, framed, flipped(signature, at))),
      ...[...key.keys()].filter((at) => passes(flipped(key, at), framed, signature)),
    ];
    expect(wrong).toEqual([]);
  });

  test("are what a phone of the tests signs, too", () => {
    const key = phone.VECTOR_KEY;
    expect(key.spki).toBe(SPKI);
    const listed = {
      ...{ TransactionToken: TOKEN, TransactionType: 2, TransactionName: "WEBLOGIN", TransactionContent: CONTENT },
      ...{ CreatedAt: 0, ExpiresAt: decided.expiresAtMs, Challenge: NONCE, BindingRequired: false },
    };
    expect(phone.activateFrame({ ...activated, key, timestamp: activated.timestampMs })).toEqual(vectors[0]?.[1]);
    expect(phone.requestFrame(requested)).toEqual(vectors[1]?.[1]);
    expect(phone.decisionFrame(OWNER_KEY, listed, "approve")).toEqual(vectors[2]?.[1]);
  });
});

const aField = fc.oneof(fc.string({ unit: "grapheme" }), fc.uint8Array({ maxLength: 40 }), fc.constant(undefined));
const aFormat = fc.constantFrom<SignatureFormat>("der", "p1363");

describe("a frame", () => {
  test("is read in one way: other fields are other bytes, but for what is absent and what is empty", () => {
    const bytesOf = (field: string | Uint8Array | undefined) => Buffer.from(field ?? "").toString("hex");
    const some = fc.array(aField, { maxLength: 5 });
    fc.assert(
      fc.property(some, some, (one, other) => {
        const isSame = Buffer.compare(frame("decision", one), frame("decision", other)) === 0;
        expect(isSame).toBe(JSON.stringify(one.map(bytesOf)) === JSON.stringify(other.map(bytesOf)));
      }),
    );
  });

  test("of moved borders, and of another purpose, is another one", () => {
    expect(frame("decision", ["ab", "c"])).not.toEqual(frame("decision", ["a", "bc"]));
    expect(frame("decision", ["a", undefined])).not.toEqual(frame("decision", ["a"]));
    expect(frame("request", ["a"])).not.toEqual(frame("decision", ["a"]));
  });

  test("is the specification's, whatever its fields", () => {
    fc.assert(
      fc.property(fc.array(aField, { maxLength: 5 }), (fields) => {
        expect(Buffer.from(frame("activate", fields))).toEqual(phone.frame("PFDEV1", "activate", ...fields));
      }),
    );
  });
});

describe("a signature", () => {
  test("of whatever was framed is its key's alone, and stands for no other bit", () => {
    const keys = [phone.makeKey(), phone.makeKey()] as const;
    const property = fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      aFormat,
      fc.nat(),
      fc.nat(7),
      (framed, format, place, bit) => {
        const signature = Buffer.from(phone.signBy(keys[0], format, framed), "base64");
        expect(isSignedBy(keys[0].spki, format, framed, signature)).toBe(true);
        expect(isSignedBy(keys[1].spki, format, framed, signature)).toBe(false);
        expect(isSignedBy(keys[0].spki, format, flipped(framed, place % framed.length, bit), signature)).toBe(false);
        const other = flipped(signature, place % signature.length, bit);
        expect(isSignedBy(keys[0].spki, format, framed, other)).toBe(false);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  test("in DER is whatever Node makes, and nothing that is spelled otherwise", () => {
    const key = phone.makeKey();
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 8 }), (framed) => {
        const der = Buffer.from(phone.signBy(key, "der", framed), "base64");
        expect(isSignatureShape("der", der)).toBe(true);
        const long = Buffer.concat([Buffer.from([0x30, 0x81]), der.subarray(1)]);
        const behind = Buffer.concat([der, Buffer.from([0])]);
        const padded = Buffer.concat([
          Buffer.from([0x30, (der[1] ?? 0) + 1, 2, (der[3] ?? 0) + 1, 0]),
          der.subarray(4),
        ]);
        const shapes = [long, behind, padded, der.subarray(0, -1), der.subarray(1)];
        expect(shapes.filter((shape) => isSignatureShape("der", shape))).toEqual([]);
        expect(shapes.filter((shape) => isSignedBy(key.spki, "der", framed, shape))).toEqual([]);
      }),
    );
  });

  const integers: readonly (readonly [string, string, boolean])[] = [
    ["of two small numbers", "3006020101020102", true],
    ["of one number", "3003020101", false],
    ["of three numbers", "3009020101020102020103", false],
    ["with a negative number", "3006020181020102", false],
    ["with a number that has no bytes", "30050200020102", false],
    ["with a number of 33 bytes that begins with a zero", `3026022100${"ff".repeat(32)}020101`, true],
    ["with a number of 33 bytes", `3026022101${"ff".repeat(32)}020101`, false],
    ["that is a set", "3106020101020102", false],
    ["of texts", "3006040101040102", false],
    ["that is empty", "3000", false],
    ["of no bytes", "", false],
  ];

  test.each(integers)("%s may be one in DER: %s", (_, hex, isShape) => {
    expect(isSignatureShape("der", Buffer.from(hex, "hex"))).toBe(isShape);
  });

  test("in P1363 has 64 bytes, and of zeros or of the order it is nobody's", () => {
    const order = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";
    for (const bytes of [0, 63, 65, 72]) expect(isSignatureShape("p1363", Buffer.alloc(bytes))).toBe(false);
    const [framed] = [frame("decision", [])];
    for (const hex of ["00".repeat(64), order.repeat(2), `${"00".repeat(31)}01`.repeat(2)])
      expect(isSignedBy(SPKI, "p1363", framed, Buffer.from(hex, "hex"))).toBe(false);
  });
});

describe("a key", () => {
  const good = Buffer.from(SPKI, "base64");
  const point = (compressed: boolean) => {
    const curve = createECDH("prime256v1");
    curve.generateKeys();
    return curve.getPublicKey(undefined, compressed ? "compressed" : "hybrid");
  };
  const rsa = () =>
    generateKeyPairSync("rsa", { modulusLength: 512 }).publicKey.export({ type: "spki", format: "der" });

  const others: Readonly<Record<string, string>> = {
    "with a byte more": Buffer.concat([good, Buffer.from([0])]).toString("base64"),
    "with a byte less": good.subarray(0, 90).toString("base64"),
    "off the curve": Buffer.from(flipped(good, 90)).toString("base64"),
    "at infinity": Buffer.concat([good.subarray(0, 27), Buffer.alloc(64)]).toString("base64"),
    "of coordinates beyond the field": Buffer.concat([good.subarray(0, 27), Buffer.alloc(64, 0xff)]).toString("base64"),
    "of the curve secp256k1": phone.makeKey("secp256k1").spki,
    "of the curve P-384": phone.makeKey("secp384r1").spki,
    "of RSA": rsa().toString("base64"),
    "of a compressed point": Buffer.concat([good.subarray(0, 26), point(true)]).toString("base64"),
    "of a hybrid point": Buffer.concat([good.subarray(0, 26), point(false)]).toString("base64"),
    "in base64url": good.toString("base64url"),
    "in Base64 without its end": SPKI.slice(0, -2),
    "in Base64 with a line in it": `${SPKI.slice(0, 64)}\n${SPKI.slice(64)}`,
    "that is nothing": "",
  };

  test.each(Object.entries(others))("%s is none", (_, text) => {
    expect(readSpki(text)).toBeUndefined();
    expect(isSignedBy(text, "p1363", Buffer.alloc(1), Buffer.alloc(64, 1))).toBe(false);
  });

  test("is one of 91 bytes on the curve, and verifies what its other half signs", () => {
    const key = createPrivateKey({ key: phone.VECTOR_KEY.privateKey.export({ type: "pkcs8", format: "pem" }) });
    const signature = sign("sha256", Buffer.from("x"), { key, dsaEncoding: "ieee-p1363" });
    expect(readSpki(SPKI)?.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
    expect(isSignedBy(SPKI, "p1363", Buffer.from("x"), signature)).toBe(true);
  });
});
