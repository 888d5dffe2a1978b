import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { createDocument } from "zod-openapi";
import { decimal, integer, JsonNumber, rawNumber, readDecimal, readJson, readPrinted, writeJson } from "#kernel/json";
import { Fault } from "#kernel/refusal";

describe("numbers of a document", () => {
  test("cannot be imitated", () => {
    const forgeries = [
      { text: "1" },
      Object.create(JsonNumber.prototype),
      Object.setPrototypeOf({ text: "1" }, JsonNumber.prototype),
      readJson('{"text":"1","rawJSON":"1"}'),
      1,
      "1",
      1n,
      null,
      undefined,
    ];
    expect(forgeries.filter(JsonNumber.is)).toEqual([]);
    expect(forgeries.filter((forgery) => integer(0n, 9n).safeParse(forgery).success)).toEqual([]);
    expect(forgeries.filter((forgery) => decimal().safeParse(forgery).success)).toEqual([]);
    expect(() => Reflect.construct(JsonNumber, [Symbol("the parser"), "1"])).toThrow(Fault);
  });

  const readAs = (schema: z.ZodType, text: string): unknown => {
    const parsed = schema.safeParse(readJson(text));
    return parsed.success ? parsed.data : parsed.error.issues.map(({ message }) => message);
  };

  test.each([
    ["1", 1n],
    ["100", 100n],
    ["-5", -5n],
    ["0", 0n],
  ])("%s is an integer", (text, expected) => {
    expect(readAs(integer(-5n, 100n), text)).toBe(expected);
  });

  test.each(["-6", "101", "-0", "1.0", "1.5", "1e2", "1E0", '"1"', "true", "null", "[]", "{}", "1000"])(
    "%s is no integer from -5 to 100",
    (text) => {
      expect(readAs(integer(-5n, 100n), text)).toEqual(["an integer -5 to 100"]);
    },
  );

  test("an integer is exact up to 2^53-1 and beyond", () => {
    const id = integer(1n, 2n ** 53n - 1n);
    expect(readAs(id, "9007199254740991")).toBe(9_007_199_254_740_991n);
    expect(readAs(id, "9007199254740992")).toEqual(["an integer 1 to 9007199254740991"]);
    expect(readAs(integer(0n, 2n ** 64n), "18446744073709551615")).toBe(2n ** 64n - 1n);
  });

  test("an integer of 32 KB is out of bounds without being computed", () => {
    expect(readAs(integer(0n, 9n), "9".repeat(32_768))).toEqual(["an integer 0 to 9"]);
  });

  test("every integer is read exactly when it lies in its bounds", () => {
    const some = fc.bigInt(-(2n ** 70n), 2n ** 70n);
    fc.assert(
      fc.property(some, some, some, (value, a, b) => {
        const [min, max] = a < b ? [a, b] : [b, a];
        const expected = min <= value && value <= max ? value : [`an integer ${min} to ${max}`];
        expect(readAs(integer(min, max), `${value}`)).toEqual(expected);
      }),
    );
  });

  test.each([
    ["50", { unscaled: 50n, scale: 0 }],
    ["50.00", { unscaled: 5000n, scale: 2 }],
    ["0.29", { unscaled: 29n, scale: 2 }],
    ["-1.5", { unscaled: -15n, scale: 1 }],
    ["0", { unscaled: 0n, scale: 0 }],
    ["0.000", { unscaled: 0n, scale: 3 }],
    ["9".repeat(40), { unscaled: 10n ** 40n - 1n, scale: 0 }],
    [`-0.${"9".repeat(39)}`, { unscaled: -(10n ** 39n - 1n), scale: 39 }],
  ])("%s is a decimal", (text, expected) => {
    expect(readAs(decimal(), text)).toEqual(expected);
    expect(readDecimal(text)).toEqual(expected);
  });

  test.each([
    "1e2",
    "1E2",
    "1.5e0",
    "-0",
    "-0.00",
    '"50"',
    "true",
    "null",
    "[50]",
    "9".repeat(41),
    `0.${"0".repeat(40)}`,
  ])("%s is no decimal", (text) => {
    expect(readAs(decimal(), text)).toEqual(["a number in plain notation"]);
  });

  test("both are numbers to OpenAPI, in requests and in replies, alone, optional or nullable", () => {
    const schema = z.object({
      id: integer(1n, 9n),
      store: integer(-2n, 2n).optional(),
      amount: decimal().meta({ description: "major units" }),
      tip: decimal().nullable(),
    });
    const content = { "application/json": { schema } };
    const { paths } = createDocument({
      openapi: "3.1.0",
      info: { title: "numbers", version: "1" },
      paths: { "/": { post: { requestBody: { content }, responses: { 200: { description: "OK", content } } } } },
    });
    const properties = {
      id: { type: "integer", minimum: 1, maximum: 9 },
      store: { type: "integer", minimum: -2, maximum: 2 },
      amount: { type: "number", description: "major units" },
      tip: { type: ["number", "null"] },
    };
    const object = { type: "object", properties, required: ["id", "amount", "tip"] };
    expect(paths).toEqual({
      "/": {
        post: {
          requestBody: { content: { "application/json": { schema: object } } },
          responses: {
            200: {
              description: "OK",
              content: { "application/json": { schema: { ...object, additionalProperties: false } } },
            },
          },
        },
      },
    });
  });
});

describe("writing JSON", () => {
  test.each([
    [{ b: 1, a: [true, null, "x"] }, '{"b":1,"a":[true,null,"x"]}'],
    [
      { id: 4_503_599_627_370_001n, big: 2n ** 70n, less: -1n },
      '{"id":4503599627370001,"big":1180591620717411303424,"less":-1}',
    ],
    [{ a: undefined, b: { c: undefined } }, '{"b":{}}'],
    [
      { min: rawNumber("20"), max: rawNumber("1000.00"), far: rawNumber("-1.5e+30") },
      '{"min":20,"max":1000.00,"far":-1.5e+30}',
    ],
    [readJson('{"n":[1.50,1E2]}'), '{"n":[1.50,1E2]}'],
    ["é\u2028\ud800", '"é\u2028\\ud800"'],
    [5n, "5"],
    [[], "[]"],
  ])("prints %o compactly", (value, text) => {
    expect(writeJson(value)).toBe(text);
  });

  test.each([undefined, () => 1, Symbol("s"), Number.NaN, Number.POSITIVE_INFINITY, { a: [Number.NaN] }])(
    "faults on %o rather than print something else",
    (value) => {
      expect(() => writeJson(value)).toThrow(Fault);
    },
  );

  test.each(["", "1,2", "01", "+1", ".5", "1.", '"1"', "null", "[1]", " 1", "1\n", "NaN", "0x1"])(
    "%j is not printed as a number",
    (text) => {
      expect(() => rawNumber(text)).toThrow(Fault);
    },
  );
});

test("what was printed of bigints and texts is read as it was, even a text that looks like a number", () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      fc.bigInt(),
      fc.string(),
      fc.constantFrom("12", "12n", "-0", null, true),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie("value"), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;
  fc.assert(
    fc.property(value, (printed) => {
      expect(readPrinted(writeJson(printed))).toEqual(printed);
    }),
  );
});
