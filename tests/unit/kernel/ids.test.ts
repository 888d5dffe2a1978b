import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { randomDigits, randomLetters, randomNonce, randomNumber, randomSecret, ulid, uuidV7 } from "#kernel/ids";

describe("random numbers", () => {
  const drawn = Array.from({ length: 2000 }, randomNumber);

  test("lie in 1 to 2^53-1 and do not repeat", () => {
    expect(drawn.filter((id) => id < 1n || id > 2n ** 53n - 1n)).toEqual([]);
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  test("use all 53 bits, each set about half of the time", () => {
    const counts = Array.from({ length: 53 }, (_, bit) => drawn.filter((id) => (id >> BigInt(bit)) & 1n).length);
    // 1000 ± 9 standard deviations: a fair draw leaves this once in 10^17 runs.
    expect(counts.filter((count) => count < 800 || count > 1200)).toEqual([]);
  });
});

describe("UUIDs of version 7", () => {
  const instants = fc.integer({ min: 0, max: 2 ** 48 - 1 });

  test("have the version, the variant and the time where RFC 9562 puts them", () => {
    fc.assert(
      fc.property(instants, (ms) => {
        const uuid = uuidV7(ms);
        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(Number.parseInt(uuid.slice(0, 13).replace("-", ""), 16)).toBe(ms);
      }),
    );
  });

  test("sort by when they were made", () => {
    fc.assert(
      fc.property(fc.uniqueArray(instants), (list) => {
        const byTime = list.toSorted((a, b) => a - b).map((ms) => uuidV7(ms));
        expect(byTime.toSorted()).toEqual(byTime);
      }),
    );
  });

  test("differ within a millisecond", () => {
    expect(new Set(Array.from({ length: 1000 }, () => uuidV7(1_795_165_200_000))).size).toBe(1000);
  });

  test.each([-1, 2 ** 48])("cannot hold the time %i", (ms) => {
    expect(() => uuidV7(ms)).toThrow(RangeError);
  });
});

describe("ULIDs", () => {
  const instants = fc.integer({ min: 0, max: 2 ** 48 - 1 });
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  test("are 26 characters of Crockford's base 32, the first ten of which are the time", () => {
    fc.assert(
      fc.property(instants, (ms) => {
        const id = ulid(ms);
        expect(id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
        expect([...id.slice(0, 10)].reduce((time, digit) => time * 32 + digits.indexOf(digit), 0)).toBe(ms);
      }),
    );
  });

  test("read as the specification's example has them", () => {
    expect(ulid(1_469_918_176_385).slice(0, 10)).toBe("01ARYZ6S41");
  });

  test("sort by when they were made, and differ within a millisecond", () => {
    fc.assert(
      fc.property(fc.uniqueArray(instants), (list) => {
        const byTime = list.toSorted((a, b) => a - b).map((ms) => ulid(ms));
        expect(byTime.toSorted()).toEqual(byTime);
      }),
    );
    expect(new Set(Array.from({ length: 1000 }, () => ulid(1_795_165_200_000))).size).toBe(1000);
  });

  test("use all 80 bits of chance, each set about half of the time", () => {
    const bits = Array.from({ length: 2000 }, () =>
      [...ulid(0).slice(10)].flatMap((digit) => [...digits.indexOf(digit).toString(2).padStart(5, "0")]),
    );
    const counts = Array.from({ length: 80 }, (_, bit) => bits.filter((each) => each[bit] === "1").length);
    // 1000 ± 9 standard deviations: a fair draw leaves this once in 10^17 runs.
    expect(counts.filter((count) => count < 800 || count > 1200)).toEqual([]);
  });

  test.each([-1, 0.5, 2 ** 48])("cannot hold the time %d", (ms) => {
    expect(() => ulid(ms)).toThrow(RangeError);
  });
});

describe("random letters", () => {
  const drawn = Array.from({ length: 1000 }, () => randomLetters(62));

  test("are as many of 0-9, A-Z and a-z as were asked for, and no two texts alike", () => {
    expect(drawn.filter((text) => !/^[0-9A-Za-z]{62}$/.test(text))).toEqual([]);
    expect([new Set(drawn).size, randomLetters(0)]).toEqual([1000, ""]);
  });

  test("come equally often", () => {
    const counts = Object.values(Object.groupBy(drawn.join(""), (letter) => letter)).map((all = []) => all.length);
    expect(counts).toHaveLength(62);
    // 1000 ± 9 standard deviations of 31.4: a fair draw leaves this once in 10^17 runs.
    expect(counts.filter((count) => count < 717 || count > 1283)).toEqual([]);
  });
});

describe("random digits", () => {
  const drawn = Array.from({ length: 10_000 }, () => randomDigits(6));

  test("are as many as were asked for, zeros in front too", () => {
    expect(drawn.filter((text) => !/^\d{6}$/.test(text))).toEqual([]);
    expect([1, 14].map((length) => randomDigits(length).length)).toEqual([1, 14]);
  });

  test("come equally often at every place", () => {
    for (let place = 0; place < 6; place++) {
      const counts = Object.values(Object.groupBy(drawn, (text) => text.charAt(place))).map((all = []) => all.length);
      expect(counts).toHaveLength(10);
      // 1000 ± 9 standard deviations of 30: a fair draw leaves this once in 10^17 runs.
      expect(counts.filter((count) => count < 730 || count > 1270)).toEqual([]);
    }
  });
});

test("nonces are 16 bytes in Base64, and no two alike", () => {
  const nonces = Array.from({ length: 1000 }, randomNonce);
  expect(nonces.filter((nonce) => !/^[A-Za-z0-9+/]{21}[AQgw]==$/.test(nonce))).toEqual([]);
  expect(new Set(nonces).size).toBe(1000);
});

test("secrets are 32 bytes in base64url, and no two alike", () => {
  const secrets = Array.from({ length: 1000 }, randomSecret);
  expect(secrets.filter((secret) => !/^[A-Za-z0-9_-]{43}$/.test(secret))).toEqual([]);
  expect(new Set(secrets).size).toBe(1000);
});
