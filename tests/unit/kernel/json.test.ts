import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { createDocument } from "zod-openapi";
import { decimal, integer, JsonNumber, MAX_DEPTH, rawNumber, readDecimal, readJson, writeJson } from "#kernel/json";
import { Fault, isRefusal, Refused, refuse } from "#kernel/refusal";

const refusalOf = (text: string, options?: { maxDepth?: number }): unknown => {
  try {
    return { read: readJson(text, options) };
  } catch (error) {
    return error instanceof Refused ? error.refusal : error;
  }
};

/** What JSON.parse makes of a text; `undefined` when it is not JSON. */
const parsedBy = (text: string): { value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** The value with every number as what `convert` makes of its text. */
const withNumbers = (value: unknown, convert: (text: string) => unknown): unknown => {
  if (JsonNumber.is(value)) return convert(value.text);
  if (Array.isArray(value)) return value.map((each) => withNumbers(each, convert));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withNumbers(each, convert)]));
};

describe("reading JSON", () => {
  test.each([
    "0",
    "-0",
    "50.00",
    "1e2",
    "1E+400",
    "0.1e-7",
    "9007199254740993",
    "123456789012345678901234567890.123456789012345678901234567890",
  ])("keeps the number %s as it was written", (text) => {
    const [number] = z.tuple([z.custom<JsonNumber>(JsonNumber.is)]).parse(readJson(`[ ${text} ]`));
    expect(number.text).toBe(text);
    expect(JSON.stringify({ number })).toBe(`{"number":${text}}`);
  });

  test("agrees with JSON.parse about everything that JSON.stringify prints", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false, maxDepth: 6 }), fc.constantFrom(0, 2), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(withNumbers(readJson(text), Number)).toEqual(JSON.parse(text));
      }),
    );
  });

  test("and writing give the same text again", () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        expect(writeJson(readJson(text))).toBe(text);
      }),
    );
  });

  test("refuses all that is not JSON, of the rest only what could be misread, and never fails otherwise", () => {
    const pieces = fc.constantFrom(...'"\\{}[]:,1-e ', '"a"', '"\\u0061"', "null", '"\ud800"', '{"a":', "[1,");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (list) => {
        const said = refusalOf(list.join(""));
        const parsed = parsedBy(list.join(""));
        if (parsed === undefined) expect(said).toEqual(refuse("MALFORMED", { why: expect.any(String) }));
        else if (isRefusal(said))
          expect(said).toEqual(refuse("MALFORMED", { why: expect.not.stringMatching(/^not JSON$/) }));
        else expect(withNumbers(said, Number)).toEqual({ read: parsed.value });
      }),
      { numRuns: 2000 },
    );
  });

  const notJson = refuse("MALFORMED", { why: "not JSON" });
  test.each([
    "",
    " ",
    "{",
    "}",
    "[1,]",
    '{"a":1,}',
    "{'a':1}",
    "{a:1}",
    "01",
    "+1",
    ".5",
    "5.",
    "1e",
    "NaN",
    "Infinity",
    "undefined",
    "0x10",
    "1n",
    '"a',
    '"a\nb"',
    '"\\x41"',
    '{"\\x":1}',
    '{"a"1}',
    '"\\',
    "1 2",
    "{}{}",
    "/* */ 1",
    "\ufeff{}",
    "\u00a01",
    "]]]]",
    '"a":1',
    '["a":1]',
  ])("refuses %j, which is not JSON", (text) => {
    expect(refusalOf(text)).toEqual(notJson);
  });

  const repeated = refuse("MALFORMED", { why: "a member name is repeated" });
  test.each([
    '{"a":1,"a":1}',
    '{"a":1,"b":2,"a":3}',
    '{"a":1,"\\u0061":1}',
    '{"\\u00e9":1,"é":1}',
    '{"\\/":1,"/":1}',
    '{"":1,"":1}',
    '{"a" : 1,\n\t"a"\r\n:1}',
    '[{"b":{"a":{},"a":[]}}]',
    '{"x":{"a":1},"y":[{}],"x":1}',
    '{"__proto__":1,"__proto__":2}',
    '{"\\"":1,"\\"":2}',
  ])("refuses %j, which repeats a member name", (text) => {
    expect(refusalOf(text)).toEqual(repeated);
  });

  test.each([
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":"a","b":"a"}',
    '{"a":["a","a",":"],"b":"\\"a\\":"}',
    '{"a":"\\\\","b":"a"}',
    '{"A":1,"a":1}',
    '{"é":1,"e\u0301":1}',
    '{"a":":","b":"{[","c":"}]"}',
    '{"toString":1,"constructor":2}',
  ])("takes %j, which only looks as if it did", (text) => {
    expect(writeJson(readJson(text))).toBe(text);
  });

  const surrogate = refuse("MALFORMED", { why: "a lone surrogate" });
  test.each(['"\\ud83d"', '"\\ude00\\ud83d"', '"a\ud83d"', '{"\\ud83d":1}', '{"\ude00":1}', '[["x",{"a":"\\udfff"}]]'])(
    "refuses the lone surrogate in %j",
    (text) => {
      expect(refusalOf(text)).toEqual(surrogate);
    },
  );

  test("takes surrogates in pairs, escaped or not", () => {
    expect(readJson('{"\\ud83d\\ude00":"😀"}')).toEqual({ "😀": "😀" });
  });

  const deep = refuse("MALFORMED", { why: "nested too deep" });
  const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);
  test.each([
    ["arrays", "[", "]"],
    ["objects", '{"a":', "}"],
    ["both", '[{"a":', "}]"],
  ])("takes %s as deep as is allowed and refuses one more", (_what, open, close) => {
    const levels = open.length > 5 ? 2 : 1;
    const inner = levels === 1 && open === "[" ? "" : "1";
    const fits = open.repeat(MAX_DEPTH / levels) + inner + close.repeat(MAX_DEPTH / levels);
    expect(writeJson(readJson(fits))).toBe(fits);
    expect(refusalOf(`[${fits}]`)).toEqual(deep);
  });

  test("counts depth, not brackets", () => {
    const wide = `[${Array.from({ length: 1000 }, () => "[[]]").join(",")},"${"[".repeat(1000)}"]`;
    expect(writeJson(readJson(wide, { maxDepth: 3 }))).toBe(wide);
    expect(refusalOf(wide, { maxDepth: 2 })).toEqual(deep);
    expect(refusalOf("1", { maxDepth: 0 })).toEqual({ read: expect.any(JsonNumber) });
    expect(refusalOf("[]", { maxDepth: 0 })).toEqual(deep);
  });

  test.each([
    ["32 KB of open arrays", "[".repeat(32_768)],
    ["32 KB of open objects", '{"a":'.repeat(6_553)],
    ["arrays that are closed again", nested(16_384, "[", "]")],
    ["arrays in no document", `1${"[".repeat(32_767)}`],
  ])("refuses %s without overflowing the stack", (_what, text) => {
    expect(refusalOf(text)).toEqual(deep);
  });

  test.each([
    ["quotes", '"'.repeat(32_768), notJson],
    ["backslashes", `"${"\\".repeat(32_767)}`, notJson],
    ["escaped quotes that never end", `"${'\\"'.repeat(16_383)}`, notJson],
    ["digits", "9".repeat(32_768), { read: expect.any(JsonNumber) }],
    ["a name of 32 KB twice", `{"${"a".repeat(32_000)}":1,"${"a".repeat(32_000)}":1}`, repeated],
  ])("survives 32 KB of %s", (_what, text, said) => {
    expect(refusalOf(text)).toEqual(said);
  });

  test("makes a member called __proto__ a member, and nobody's prototype", () => {
    const read = z
      .custom<object>((value) => typeof value === "object")
      .parse(readJson('{"__proto__":{"isAdmin":true},"a":"b"}'));
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.keys(read)).toEqual(["__proto__", "a"]);
    expect("isAdmin" in read).toBe(false);
    expect("isAdmin" in {}).toBe(false);
    expect(writeJson(read)).toBe('{"__proto__":{"isAdmin":true},"a":"b"}');
    for (const schema of [z.object({ a: z.string() }), z.looseObject({}), z.record(z.string(), z.unknown())]) {
      expect("isAdmin" in schema.parse(read)).toBe(false);
    }
  });
});

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
