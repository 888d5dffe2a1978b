import { describe, expect, test } from "vitest";
import { type SealRing, seal, unseal } from "#kernel/seal";

const keyOf = (letter: string) => ({ id: letter, key: new TextEncoder().encode(letter.repeat(32)) });
const ring: SealRing = [keyOf("a"), keyOf("b")];
const place = { pk: "bank#partner#partner", sk: "partner", field: "hmacKey" };

describe("what is sealed", () => {
  test.each(["", "fedcba9876543210", "ünïcode 🙂"])("%j opens in its place", (text) => {
    const sealed = seal(ring, place, text);
    expect(sealed).toMatch(/^a\.[A-Za-z0-9_-]+$/);
    expect(unseal(ring, place, sealed)).toBe(text);
  });

  test("never looks the same twice", () => {
    expect(seal(ring, place, "x")).not.toBe(seal(ring, place, "x"));
  });

  test("opens with the key before, which has become the second", () => {
    expect(unseal([keyOf("c"), keyOf("a")], place, seal(ring, place, "x"))).toBe("x");
  });

  test.each([
    ["another item", { ...place, pk: "other#partner#partner" }],
    ["another part", { ...place, sk: "other" }],
    ["another field", { ...place, field: "secret" }],
  ])("does not open in %s", (_, elsewhere) => {
    expect(() => unseal(ring, elsewhere, seal(ring, place, "x"))).toThrow("not sealed for its place");
  });

  test("does not open when a bit of it is changed", () => {
    const sealed = seal(ring, place, "secret");
    const bytes = Buffer.from(sealed.slice(2), "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit += 7) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(() => unseal(ring, place, `a.${flipped.toString("base64url")}`)).toThrow("not sealed for its place");
    }
  });

  test("does not open without its key, or when it is cut off", () => {
    expect(() => unseal([keyOf("z")], place, seal(ring, place, "x"))).toThrow("not in the ring");
    expect(() => unseal(ring, place, "a.AAAA")).toThrow("not sealed for its place");
    expect(() => unseal(ring, place, "")).toThrow("not in the ring");
  });
});
