/** Fields as requests have them: what is absent, null or blank, and what surrounds a text (sonect.md 1). */
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { maybe, maybeText, text, word } from "#kernel/fields";

const told = (schema: z.ZodType, value: unknown) => {
  const { success, data } = schema.safeParse(value);
  return success ? [data] : "refused";
};

describe("a text", () => {
  test.each([
    ["abc", ["abc"]],
    [" a\n", ["a"]],
    ["  ", "refused"],
    ["", "refused"],
    ["abcd", "refused"],
    ["  abc  ", ["abc"]],
    [7, "refused"],
    [null, "refused"],
    [undefined, "refused"],
  ])("%j is %j", (value, expected) => {
    expect(told(text(3), value)).toEqual(expected);
  });

  test.each([
    ["abc", ["abc"]],
    [" ", [undefined]],
    [null, [undefined]],
    [undefined, [undefined]],
    ["abcd", "refused"],
    [7, "refused"],
  ])("that may be absent: %j is %j", (value, expected) => {
    expect(told(maybeText(3), value)).toEqual(expected);
  });
});

test.each([
  ["atm", ["atm"]],
  [" user ", ["user"]],
  ["ATM", "refused"],
  ["", "refused"],
  [null, "refused"],
])("a word: %j is %j", (value, expected) => {
  expect(told(word(["atm", "user"]), value)).toEqual(expected);
});

describe("what is no text and may be absent", () => {
  const schema = z.object({ at: maybe(z.object({ a: z.string() })) });

  test.each([
    [{ at: { a: "x" } }, [{ at: { a: "x" } }]],
    [{}, [{}]],
    [{ at: null }, [{}]],
    [{ at: "" }, [{}]],
    [{ at: " \n" }, [{}]],
    [{ at: "x" }, "refused"],
    [{ at: [] }, "refused"],
    [{ at: {} }, "refused"],
    [{ at: 0 }, "refused"],
    [{ at: false }, "refused"],
  ])("%j is %j", (value, expected) => {
    expect(told(schema, value)).toEqual(expected);
  });
});
