import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { JsonNumber, MAX_DEPTH, readJson, writeJson } from "#kernel/json";
import { isRefusal, Refused, refuse } from "#kernel/refusal";

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
        if (parsed === undefined) expect(said).toEqual(refuse("MALFORMED", { at: "text", why: expect.any(String) }));
        else if (isRefusal(said))
          expect(said).toEqual(refuse("MALFORMED", { at: "text", why: expect.not.stringMatching(/^not JSON$/) }));
        else expect(withNumbers(said, Number)).toEqual({ read: parsed.value });
      }),
      { numRuns: 2000 },
    );
  });

  const notJson = refuse("MALFORMED", { at: "text", why: "not JSON" });
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

  const repeated = refuse("MALFORMED", { at: "text", why: "a member name is repeated" });
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

  const surrogate = refuse("MALFORMED", { at: "text", why: "a lone surrogate" });
  test.each(['"\\ud83d"', '"\\ude00\\ud83d"', '"a\ud83d"', '{"\\ud83d":1}', '{"\ude00":1}', '[["x",{"a":"\\udfff"}]]'])(
    "refuses the lone surrogate in %j",
    (text) => {
      expect(refusalOf(text)).toEqual(surrogate);
    },
  );

  test("takes surrogates in pairs, escaped or not", () => {
    expect(readJson('{"\\ud83d\\ude00":"😀"}')).toEqual({ "😀": "😀" });
  });

  const deep = refuse("MALFORMED", { at: "text", why: "nested too deep" });
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
