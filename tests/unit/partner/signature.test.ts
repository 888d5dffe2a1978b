/** sonect.md 3: the signatures of SONECT's native SDKs. */
import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { paymentParts, sdkToken, shopParts, signParts, userParts, verifyParts } from "#partner/signature";

const clientId = "11111111-2222-4333-8444-555555555555";
const clientSecret = "0123456789abcdef".repeat(4);
const hmacKey = "fedcba9876543210".repeat(4);

const user = userParts({ clientId, app: "com.example.bank.app", userId: "user-0001" });
const payment = paymentParts({
  clientId,
  app: "com.example.bank.app",
  userId: "user-0001",
  paymentReference: "PAY-0001",
  amount: "50",
  currency: "CHF",
  date: "1700000000000",
});
const shop = shopParts({ clientId, app: "com.example.till", merchantId: "shop-1" });

const USER_SIGNATURE = "zfskWjpxAjl4jbRKXTt7qG9/nzk2EPMmOoqwyFrdoec=";
const PAYMENT_SIGNATURE = "KB0a5ZAvJDIwOyFWvecQ9eEBrjHHM1b4E8J3wtBhTUI=";
const HEX_DECODED = "htRlgmMJq1BoPuze3dnlPC4yy9Xp/pNpX3OX4zUBDh8=";

describe("the vectors", () => {
  test.each([
    ["user", user, "com.example.bank.app:user-0001", USER_SIGNATURE],
    ["payment", payment, "com.example.bank.app:user-0001:PAY-0001:50:CHF:1700000000000", PAYMENT_SIGNATURE],
  ])("sonect #25: sign as they should: %s", (_, parts, message, signature) => {
    expect(parts.join(":")).toBe(`${clientId}:${message}`);
    expect(signParts(hmacKey, parts)).toBe(signature);
    expect(verifyParts(hmacKey, parts, signature)).toBe(true);
  });

  test("sonect #25: refuse what the key makes when it is decoded", () => {
    const decoded = createHmac("sha256", Buffer.from(hmacKey, "hex")).update(user.join(":")).digest("base64");
    expect([decoded, verifyParts(hmacKey, user, decoded)]).toEqual([HEX_DECODED, false]);
  });

  test("sonect #25: of the SDK's token", () => {
    expect(sdkToken(clientId, clientSecret)).toBe(
      "MTExMTExMTEtMjIyMi00MzMzLTg0NDQtNTU1NTU1NTU1NTU1OjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    );
  });
});

/** A part that may stand anywhere; unpaired surrogates have no UTF-8. */
const part = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !text.includes(":"));
const last = fc.string({ unit: "grapheme", minLength: 1 });
const someParts = fc.tuple(fc.array(part, { maxLength: 6 }), last).map(([before, end]) => [...before, end]);
const someKey = fc.string({ unit: "grapheme", minLength: 1 });

const BASE64 = /^[A-Za-z0-9+/]{43}=$/;

describe("a signature", () => {
  test("has 44 characters, is verified, and is the same each time", () => {
    fc.assert(
      fc.property(someKey, someParts, (key, parts) => {
        const signature = signParts(key, parts);
        expect([BASE64.test(signature), signParts(key, parts), verifyParts(key, parts, signature)]).toEqual([
          true,
          signature,
          true,
        ]);
      }),
    );
  });

  test("is of its parts alone: another text in any place, another order, one part more or less is refused", () => {
    const changed = fc
      .tuple(someParts, someParts)
      .filter(([signed, shown]) => JSON.stringify(signed) !== JSON.stringify(shown));
    fc.assert(
      fc.property(someKey, changed, (key, [signed, shown]) => {
        // A last part may hold colons, so that two lists of other lengths can be one message; each call has its own length.
        fc.pre(signed.length === shown.length);
        expect(verifyParts(key, shown, signParts(key, signed))).toBe(false);
      }),
    );
  });

  test.each(payment.map((_, place) => place))("of a payment is refused with another part at place %i", (place) => {
    const signature = signParts(hmacKey, payment);
    fc.assert(
      fc.property(part, (other) => {
        fc.pre(other !== payment[place]);
        expect(verifyParts(hmacKey, payment.with(place, other), signature)).toBe(false);
      }),
    );
  });

  test("is refused by another key", () => {
    fc.assert(
      fc.property(someKey, someKey, (key, other) => {
        // A shorter key is the same as one that zeros were put behind: RFC 2104.
        fc.pre(key.replace(/\0+$/, "") !== other.replace(/\0+$/, ""));
        expect(verifyParts(other, user, signParts(key, user))).toBe(false);
      }),
    );
  });

  test.each([
    ["nothing", ""],
    ["without its padding", USER_SIGNATURE.slice(0, -1)],
    ["with more padding", `${USER_SIGNATURE}=`],
    ["with a space before it", ` ${USER_SIGNATURE}`],
    ["with a line end behind it", `${USER_SIGNATURE}\n`],
    ["with a line end in it", `${USER_SIGNATURE.slice(0, 20)}\n${USER_SIGNATURE.slice(20)}`],
    ["as base64url", USER_SIGNATURE.replaceAll("+", "-").replaceAll("/", "_")],
    ["with other bits behind the last byte", USER_SIGNATURE.replace("c=", "d=")],
    ["with something behind it", `${USER_SIGNATURE}AAAA`],
    ["in lower case", USER_SIGNATURE.toLowerCase()],
    ["as hex", Buffer.from(USER_SIGNATURE, "base64").toString("hex")],
    ["a shorter one", Buffer.from(USER_SIGNATURE, "base64").subarray(0, 31).toString("base64")],
    ["a longer one", Buffer.from(`${USER_SIGNATURE}`, "base64").toString("base64").replace("=", "A")],
    ["beyond ASCII", USER_SIGNATURE.replace("z", "ż")],
  ])("is taken in canonical base64 only: not %s", (_, signature) => {
    expect(verifyParts(hmacKey, user, signature)).toBe(false);
  });

  test("is refused with any one character changed", () => {
    fc.assert(
      fc.property(fc.nat({ max: 43 }), fc.string({ unit: "grapheme", maxLength: 2 }), (place, other) => {
        const changed = `${USER_SIGNATURE.slice(0, place)}${other}${USER_SIGNATURE.slice(place + 1)}`;
        fc.pre(changed !== USER_SIGNATURE);
        expect(verifyParts(hmacKey, user, changed)).toBe(false);
      }),
    );
  });
});

describe("parts", () => {
  test.each([
    ["there are none", []],
    ["the only one is empty", [""]],
    ["the first is empty", ["", "b"]],
    ["the last is empty", ["a", ""]],
    ["one before the last holds a colon", ["a:b", "c"]],
    ["one has no UTF-8", ["a", "\ud800"]],
  ])("are neither signed nor verified where %s", (_, parts) => {
    const signature = createHmac("sha256", hmacKey).update(parts.join(":")).digest("base64");
    expect(() => signParts(hmacKey, parts)).toThrow(RangeError);
    expect(verifyParts(hmacKey, parts, signature)).toBe(false);
  });

  test("may hold colons in the last one", () => {
    const signature = signParts(hmacKey, ["a", "b:c:"]);
    expect(verifyParts(hmacKey, ["a", "b:c:"], signature)).toBe(true);
  });

  test("need a key", () => {
    expect(() => signParts("", user)).toThrow(RangeError);
    expect(() => verifyParts("", user, USER_SIGNATURE)).toThrow(RangeError);
  });

  test("of a shop stand in the order of the protocol", () => {
    expect(shop).toEqual([clientId, "com.example.till", "shop-1"]);
  });
});
