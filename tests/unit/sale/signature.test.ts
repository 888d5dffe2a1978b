/** sbc.md 3: the vectors, and that nothing which is signed can be changed, nor moved to the field beside it. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  controlOf,
  type Initiated,
  sameSignature,
  signChecked,
  signInitiated,
  signNoted,
  signParts,
} from "#sale/signature";

const KEY = "00112233-4455-6677-8899-AABBCCDDEEFF";

const sale: Initiated = {
  accessToken: "tok_0123456789abcdef0123456789abcdef",
  serialNumber: "SN-000001",
  endpointId: "1234",
  nonce: "nonce-0123456789abcdef0123456789abcdef",
  invoiceId: "7f3f0d0e-6f0b-4a37-9b1e-2f6f2d7f1a10",
  amountCentis: 1050n,
  currency: "EUR",
};
const { accessToken, serialNumber, endpointId, nonce, invoiceId } = sale;

/** What each is signed over, and what comes of it. */
const vectors: readonly (readonly [
  string,
  number,
  readonly (string | undefined)[],
  (key: string) => string,
  string,
])[] = [
  [
    "V1",
    130,
    [accessToken, serialNumber, endpointId, nonce, invoiceId, "1050", "EUR"],
    (key) => signInitiated(key, sale),
    "93A578B675DBEED0F240CB3224944BC067D4FEA2",
  ],
  [
    "V2",
    87,
    [serialNumber, nonce, endpointId, invoiceId, undefined],
    (key) => signChecked(key, sale, undefined),
    "60B0E914536A4F28618DBA96C8751794A5A6962B",
  ],
  [
    "V3",
    91,
    [serialNumber, nonce, endpointId, invoiceId, "1001"],
    (key) => signChecked(key, sale, "1001"),
    "70BBD0BF08C4990D5EA4572291488586735DC108",
  ],
  ["V8", 78, [nonce, endpointId, invoiceId], (key) => signNoted(key, sale), "458DB2194DE67F5CFBBF8FD48D45F85B4C5D9C67"],
];

/** V1 under the key's own text. */
const WRONG = "098C09CF6103560B610ED0735E5D2DB4407E418E";

describe("a signature", () => {
  test.each(vectors)(
    "sbc #9: %s is over %i bytes, whichever way its key is written",
    (_, bytes, parts, sign, vector) => {
      expect(Buffer.byteLength(parts.join(""))).toBe(bytes);
      const keys = [KEY, KEY.toLowerCase(), KEY.replaceAll("-", ""), KEY.toLowerCase().replaceAll("-", "")];
      expect(keys.map(sign)).toEqual(keys.map(() => vector));
      expect(keys.map((key) => signParts(key, parts))).toEqual(keys.map(() => vector));
      expect(vector).not.toBe(WRONG);
    },
  );

  test("is over UTF-8, and what is absent or empty adds nothing", () => {
    expect(signParts(KEY, ["ë", undefined, "", "😀"])).toBe(signParts(KEY, ["ë😀"]));
    expect(signParts(KEY, ["ë"])).not.toBe(signParts(KEY, ["e\u0308"]));
  });

  test("is made under a key of any even length", () => {
    const keys = ["00112233445566778899aabbccddeeff", `${KEY}01`, "aa".repeat(64), "aa".repeat(65)];
    const made = keys.map((key) => signParts(key, ["x"]));
    expect(new Set(made).size).toBe(keys.length);
    expect(made.filter((signature) => !/^[0-9A-F]{40}$/.test(signature))).toEqual([]);
  });

  const text = fc.string({ minLength: 1, maxLength: 64, unit: "grapheme" }).filter((some) => some.isWellFormed());
  const initiated: fc.Arbitrary<Initiated> = fc.record({
    accessToken: text,
    serialNumber: text,
    endpointId: text,
    nonce: text,
    invoiceId: text,
    amountCentis: fc.bigInt(1n, 2n ** 53n - 1n),
    currency: fc.constantFrom("EUR", "JPY", "KWD"),
  });
  const fields = ["accessToken", "serialNumber", "endpointId", "nonce", "invoiceId", "currency"] as const;

  test("changes with any bit of any field, and of the amount", () => {
    const property = fc.property(
      initiated,
      fc.constantFrom(...fields),
      fc.nat(),
      fc.nat(7),
      (before, field, at, bit) => {
        const bytes = Buffer.from(before[field]);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        const flipped = bytes.toString("utf8");
        // What is no UTF-8 any more cannot be said in JSON.
        fc.pre(Buffer.from(flipped).equals(bytes));
        expect(sameSignature(signInitiated(KEY, { ...before, [field]: flipped }), signInitiated(KEY, before))).toBe(
          false,
        );
      },
    );
    fc.assert(property);
    const amounts = fc.property(initiated, fc.nat(52), (before, bit) => {
      const amountCentis = before.amountCentis ^ (1n << BigInt(bit));
      expect(signInitiated(KEY, { ...before, amountCentis })).not.toBe(signInitiated(KEY, before));
    });
    fc.assert(amounts);
  });

  test("is the same when characters move to the next field: that is why fields are compared with what is stored", () => {
    const property = fc.property(initiated, (before) => {
      const [first = "", ...rest] = [...before.accessToken].toReversed();
      const shifted = { accessToken: rest.toReversed().join(""), serialNumber: `${first}${before.serialNumber}` };
      expect(signInitiated(KEY, { ...before, ...shifted })).toBe(signInitiated(KEY, before));
    });
    fc.assert(property);
  });
});

describe("two signatures are the same", () => {
  const one = "93A578B675DBEED0F240CB3224944BC067D4FEA2";

  test.each([
    [one, one, true],
    [one.toLowerCase(), one, true],
    [one, `9${one.slice(1).toLowerCase()}`, true],
    [one, one.replace(/2$/, "3"), false],
    [one, one.slice(2), false],
    [`${one}00`, one, false],
    [one, ` ${one}`, false],
    [`${one}\n`, one, false],
    ["", "", false],
    ["none", "none", false],
    [`${one.slice(0, 38)}zz`, `${one.slice(0, 38)}zz`, false],
    [`0x${one.slice(2)}`, one, false],
  ])("%j and %j: %s", (a, b, same) => {
    expect([sameSignature(a, b), sameSignature(b, a)]).toEqual([same, same]);
  });

  test("where every bit is", () => {
    const bytes = fc.uint8Array({ minLength: 20, maxLength: 20 });
    const property = fc.property(bytes, fc.nat(159), (hash, bit) => {
      const other = hash.map((byte, at) => (at === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      const hex = (of: Uint8Array) => Buffer.from(of).toString("hex");
      expect([sameSignature(hex(hash), hex(hash).toUpperCase()), sameSignature(hex(hash), hex(other))]).toEqual([
        true,
        false,
      ]);
    });
    fc.assert(property);
  });
});

test("a callback's control is of the key as it was issued, dashes and all", () => {
  const said = { status: "approved", orderId: "900001", invoiceId };
  expect(controlOf(KEY, said)).toBe("da57166f704909407b776a593873abad2c59bd92");
  expect(controlOf(KEY.toLowerCase(), said)).not.toBe(controlOf(KEY, said));
});
