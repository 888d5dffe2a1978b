import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digest, keyedDigest, sameBytes } from "#kernel/crypto";

const pepper = Buffer.from("pepper");
const bytes = (text: string): Uint8Array => Buffer.from(text, "utf8");

describe("digests", () => {
  // Made with openssl.
  test.each([
    ["", "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"],
    ["Zürich", "QlFoXgbKtjVXjHKx9fIh6YQKBaxNjyQEvkF3qof5kH0"],
  ])("of %j is SHA-256 in base64url", (text, expected) => {
    expect(digest(text)).toBe(expected);
  });

  test("under the pepper are HMAC-SHA-256 over the length-prefixed purpose and text", () => {
    expect(keyedDigest(pepper, "purpose", "text")).toBe("ZU9A6Vzbr375LbVb8a6F3bH2FK8g8KRrKhzw6YmyGks");
  });

  test.each([
    ["another pepper", keyedDigest(Buffer.from("salt"), "purpose", "text")],
    ["another purpose", keyedDigest(pepper, "purpose2", "text")],
    ["another text", keyedDigest(pepper, "purpose", "text2")],
    ["a shifted boundary", keyedDigest(pepper, "purposet", "ext")],
    ["a purpose that imitates the encoding", keyedDigest(pepper, "purpose4:text", "")],
  ])("differ under %s", (_what, other) => {
    expect(other).not.toBe(keyedDigest(pepper, "purpose", "text"));
  });
});

describe("comparing bytes", () => {
  test.each([
    ["", "", true],
    ["secret", "secret", true],
    ["secret", "Secret", false],
    ["secret", "secret ", false],
    ["secret", "", false],
    ["é", "e\u0301", false],
    [bytes("secret"), "secret", true],
    ["é", bytes("é"), true],
    [new Uint8Array([0]), new Uint8Array([0, 0]), false],
  ])("%j and %j: %s", (a, b, isSame) => {
    expect(sameBytes(a, b)).toBe(isSame);
  });

  test("finds the one that is equal among ten thousand", () => {
    const texts = Array.from({ length: 10_000 }, (_, index) => `${index}`);
    expect(texts.filter((text) => sameBytes(text, "4711"))).toEqual(["4711"]);
  });

  test("agrees with comparing one byte after the other", () => {
    const short = fc.uint8Array({ max: 2, maxLength: 3 });
    fc.assert(
      fc.property(short, short, (a, b) => {
        expect(sameBytes(a, b)).toBe(a.length === b.length && a.every((byte, index) => byte === b[index]));
      }),
    );
  });
});
