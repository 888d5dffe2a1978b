import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { Event } from "#edge/middleware/state";
import { eventWith, Greeting } from "./given.ts";
import { outcomeAt } from "./outcome.ts";

const outcomeOf = (event: Event, request: z.ZodType): Promise<unknown> => outcomeAt({ request }, event);

const json = { "content-type": "application/json" };
const base64 = (bytes: Uint8Array): Partial<Event> => ({
  body: Buffer.from(bytes).toString("base64"),
  isBase64Encoded: true,
});
const padded = (bytes: number): string => {
  const text = '{"name":"Ann","times":2}';
  return text + " ".repeat(bytes - text.length);
};
const ann = { name: "Ann", times: 2n };
const goodText = '{"name":"Ann","times":2}';

describe("a body that is let through", () => {
  const cases: readonly (readonly [string, Partial<Event>, unknown])[] = [
    ["as text", {}, ann],
    ["as base64", base64(Buffer.from(goodText)), ann],
    ["of 32,768 bytes", { body: padded(32_768) }, ann],
    ["of 32,768 bytes in base64", base64(Buffer.from(padded(32_768))), ann],
    ["of the length that was declared", { headers: { ...json, "content-length": "24" } }, ann],
    ["with charset=utf-8", { headers: { "content-type": "application/json; charset=utf-8" } }, ann],
    ["with another case", { headers: { "Content-Type": "Application/JSON;Charset=UTF-8" } }, ann],
    ["with a quoted charset", { headers: { "content-type": 'application/json; charset="utf-8"' } }, ann],
    ["with an unknown member", { body: '{"name":"Ann","times":2,"more":[1]}' }, ann],
    ["with an escaped U+FFFD", { body: '{"name":"\\ufffd","times":2}' }, { name: "\ufffd", times: 2n }],
    ["with U+FFFD in base64", base64(Buffer.from('{"name":"\ufffd","times":2}')), { name: "\ufffd", times: 2n }],
    [
      "with letters of several bytes",
      { body: '{"name":"Zoë 🙂","times":2}', headers: { ...json, "content-length": "30" } },
      { name: "Zoë 🙂", times: 2n },
    ],
  ];
  it.each(cases)("comes %s", async (_, change, wish) => {
    expect(await outcomeOf(eventWith(change), Greeting)).toEqual(wish);
  });

  it("is not looked at when the contract has no schema", async () => {
    expect(await outcomeAt({}, eventWith({ body: "{", headers: {} }))).toBe(undefined);
  });
});

describe("a hostile body is refused as MALFORMED", () => {
  const badUtf8 = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc3, 0x28]), Buffer.from('","times":2}')]);
  const replaced = badUtf8.toString("utf8");
  const cases: readonly (readonly [string, Partial<Event>, string])[] = [
    ["without a content type", { headers: {} }, "content type"],
    ["with an empty content type", { headers: { "content-type": "" } }, "content type"],
    ["as text/plain", { headers: { "content-type": "text/plain" } }, "content type"],
    ["as application/jsonp", { headers: { "content-type": "application/jsonp" } }, "content type"],
    ["as a form", { headers: { "content-type": "application/x-www-form-urlencoded" } }, "content type"],
    ["in latin1", { headers: { "content-type": "application/json; charset=iso-8859-1" } }, "content type"],
    ["with two content types", { headers: { "content-type": "application/json,application/json" } }, "content type"],
    ["with another parameter", { headers: { "content-type": "application/json; profile=x" } }, "content type"],
    ["of 32,769 bytes", { body: padded(32_769) }, "too long"],
    ["of 32,769 bytes in base64", base64(Buffer.from(padded(32_769))), "too long"],
    ["of 32,768 characters but more bytes", { body: `${padded(32_766)}ë ` }, "too long"],
    ["not UTF-8 in base64", base64(badUtf8), "not UTF-8"],
    ["cut off within a letter in base64", base64(Buffer.from([0x22, 0xe2, 0x82])), "not UTF-8"],
    ["a surrogate in base64", base64(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])), "not UTF-8"],
    ["not UTF-8 and replaced by the gateway", { body: replaced }, "not UTF-8"],
    ["U+FFFD in a text", { body: '{"name":"\ufffd","times":2}' }, "not UTF-8"],
    ["longer than was declared", { headers: { ...json, "content-length": "23" } }, "not UTF-8"],
    [
      "latin1 read as UTF-8",
      { body: '{"name":"Zoë","times":2}', headers: { ...json, "content-length": "24" } },
      "not UTF-8",
    ],
    ["a lone surrogate in a text", { body: '{"name":"\ud800","times":2}' }, "not UTF-8"],
    [
      "an escaped lone surrogate in what nobody reads",
      { body: '{"name":"Ann","times":2,"x":["\\ud800"]}' },
      "a lone surrogate",
    ],
    ["a lone surrogate in a name", { body: '{"name":"Ann","times":2,"\\ud800":1}' }, "a lone surrogate"],
    ["a repeated member", { body: '{"name":"Ann","times":2,"times":3}' }, "a member name is repeated"],
    ["a repeated member, escaped", { body: '{"name":"Ann","times":2,"tim\\u0065s":3}' }, "a member name is repeated"],
    ["too deep", { body: `{"name":"Ann","times":2,"x":${"[".repeat(64)}${"]".repeat(64)}}` }, "nested too deep"],
    ["as deep as 32 KiB allow", { body: "[".repeat(32_768) }, "nested too deep"],
    ["empty", { body: "" }, "not JSON"],
    ["blank", { body: " " }, "not JSON"],
    ["cut off", { body: '{"name":"Ann"' }, "not JSON"],
    ["with a byte order mark", { body: `\ufeff${goodText}` }, "not JSON"],
    ["with a byte order mark in base64", base64(Buffer.from(`\ufeff${goodText}`)), "not JSON"],
    ["with a comment", { body: `${goodText} // hi` }, "not JSON"],
    ["an array", { body: "[]" }, "not an object"],
    ["a number", { body: "1" }, "not an object"],
    ["a string", { body: '"name"' }, "not an object"],
    ["null", { body: "null" }, "not an object"],
  ];
  it.each(cases)("%s", async (_, change, why) => {
    const places: Readonly<Record<string, string>> = {
      "content type": "type",
      "too long": "length",
      "not an object": "fields",
    };
    const at = places[why] ?? "text";
    expect(await outcomeOf(eventWith(change), Greeting)).toEqual({ at, why });
  });

  it("an escaped lone surrogate in a field", async () => {
    const body = '{"name":"\\ud800","times":2}';
    expect(await outcomeOf(eventWith({ body }), Greeting)).toEqual({
      at: "fields",
      why: "a lone surrogate",
      fields: "name",
    });
  });

  const wrong: readonly (readonly [string, string, string, string])[] = [
    ["without a field", '{"name":"Ann"}', "schema: times custom", "times"],
    ["without any field", "{}", "schema: name invalid_type", "name, times"],
    ["with a wrong type", '{"name":7,"times":2}', "schema: name invalid_type", "name"],
    ["out of bounds", '{"name":"Ann","times":10}', "schema: times custom", "times"],
    ["with its fields on the prototype", `{"__proto__":${goodText}}`, "schema: name invalid_type", "name, times"],
  ];
  it.each(wrong)("%s", async (_, body, why, fields) => {
    expect(await outcomeOf(eventWith({ body }), Greeting)).toEqual({ at: "fields", why, fields });
  });

  it.each([
    ["", json],
    [" and without a type, as that is of a body", {}],
  ])("missing%s", async (_, headers) => {
    const { body, ...event } = eventWith({ headers });
    for (const none of [event, { ...event, body: "" }])
      expect([body, await outcomeOf(none, Greeting)]).toEqual([goodText, { at: "text", why: "not JSON" }]);
  });

  it("names a field that the schema reads through a transformation", async () => {
    const schema = Greeting.transform(({ name }) => name);
    expect(await outcomeOf(eventWith({ body: '{"name":"Ann"}' }), schema)).toEqual({
      at: "fields",
      why: "schema: times custom",
      fields: "times",
    });
  });

  it("says nothing of a member's name that the schema does not know", async () => {
    const schema = z.record(z.string(), z.string());
    expect(await outcomeOf(eventWith({ body: '{"ann@example.com":7}' }), schema)).toEqual({
      at: "fields",
      why: "schema: invalid_type",
    });
  });

  it("whatever the bytes are, it is a wish or this refusal, and its reason holds nothing of them", async () => {
    const secret = "s3cr3t";
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 40 }), fc.json(), fc.boolean(), async (noise, text, asText) => {
        const bytes = Buffer.concat([Buffer.from(`{"${secret}":`), Buffer.from(text), noise, Buffer.from("}")]);
        const change = asText ? { body: bytes.toString("utf8") } : base64(bytes);
        const outcome = await outcomeOf(eventWith(change), Greeting);
        expect(outcome).toMatchObject({ at: expect.any(String), why: expect.any(String) });
        expect(JSON.stringify(outcome)).not.toContain(secret);
      }),
    );
  });
});

describe("what a contract bounds", () => {
  it("is the body's length", async () => {
    const row = { request: Greeting, maxBodyBytes: 40_000 };
    expect(await outcomeAt(row, eventWith({ body: padded(40_000) }))).toEqual(ann);
    expect(await outcomeAt(row, eventWith({ body: padded(40_001) }))).toEqual({ at: "length", why: "too long" });
  });

  it("and whether there has to be a body", async () => {
    const row = { request: z.object({ name: z.string().optional() }), bodyIsOptional: true };
    expect(await outcomeAt(row, eventWith({ body: "", headers: {} }))).toEqual({});
    expect(await outcomeAt(row, eventWith({ body: '{"name":"Ann"}' }))).toEqual({ name: "Ann" });
    expect(await outcomeAt(row, eventWith({ body: " ", headers: json }))).toEqual({ at: "text", why: "not JSON" });
  });
});

describe("a body that nothing is asked in", () => {
  const row = { bodyIsUnread: true };

  it.each([
    ["", undefined],
    [goodText, undefined],
    ["null", undefined],
    ['"\\ud800"', undefined],
    [" ", { at: "text", why: "not JSON" }],
    ["{", { at: "text", why: "not JSON" }],
    [padded(32_769), { at: "length", why: "too long" }],
  ])("need not be, but is JSON: %#", async (body, outcome) => {
    expect(await outcomeAt(row, eventWith({ body }))).toEqual(outcome);
  });

  it("has a type if it is", async () => {
    expect(await outcomeAt(row, eventWith({ headers: {} }))).toEqual({ at: "type", why: "content type" });
    expect(await outcomeAt(row, eventWith({ headers: {}, body: "" }))).toBe(undefined);
  });
});

describe("where a schema judges the texts of its fields", () => {
  const name = z.string().refine((said) => said.isWellFormed(), "must be well-formed");
  const row = { request: z.object({ name }), textsAreOfFields: true };

  it.each([
    ["a text", '{"name":"Ann","x":"\\ud800"}'],
    ["a text within", '{"name":"Ann","x":[{"y":["\\udc00"]}]}'],
    ["a name", '{"name":"Ann","\\ud800":1}'],
  ])("an escaped lone surrogate in %s that it does not know is ignored", async (_, body) => {
    expect(await outcomeAt(row, eventWith({ body }))).toEqual({ name: "Ann" });
  });

  it("one in a field is what the schema says", async () => {
    expect(await outcomeAt(row, eventWith({ body: '{"name":"\\ud800"}' }), true)).toEqual({
      at: "fields",
      why: "schema: name custom",
      fields: "name",
      issues: JSON.stringify([{ way: ["name"], message: "must be well-formed" }]),
    });
  });

  it("what is not UTF-8 is refused wherever it is", async () => {
    const body = '{"name":"Ann","x":"\ufffd"}';
    expect(await outcomeAt(row, eventWith({ body }))).toEqual({ at: "text", why: "not UTF-8" });
  });
});

describe("what is wrong is told thing by thing", () => {
  it("by the way to it, and what it has to be", async () => {
    const Lines = z.object({ lines: z.array(z.object({ price: z.string("must be a text") })) });
    const event = eventWith({ body: '{"lines":[{"price":"1"},{"price":2}]}' });
    expect(await outcomeAt({ request: Lines }, event, true)).toMatchObject({
      issues: JSON.stringify([{ way: ["lines", "1", "price"], message: "must be a text" }]),
    });
  });

  it.each([
    ["[]", []],
    ["null", null],
    ['"text"', "text"],
  ])("not that %s is no object, where a schema looks at whatever there is", async (body, wish) => {
    expect(await outcomeAt({ request: z.unknown(), bodyIsAny: true }, eventWith({ body }))).toEqual(wish);
  });
});

describe("fields that are wrong are named", () => {
  const Deep = z.object({
    lines: z.array(z.object({ price: z.string() })).optional(),
    more: z.record(z.string(), z.string()).optional(),
  });
  const cases: readonly (readonly [string, string])[] = [
    ['{"lines":[{"price":"1"},{"price":2}]}', "lines.1.price"],
    ['{"lines":[{},{}],"more":7}', "lines.0.price, lines.1.price, more"],
    ['{"more":{"ann@example.com":7}}', "more"],
  ];
  it.each(cases)("%s: %s", async (body, fields) => {
    expect(await outcomeOf(eventWith({ body }), Deep)).toMatchObject({ at: "fields", fields });
  });

  it("twenty at the most", async () => {
    const lines = Array.from({ length: 30 }, () => ({}));
    const { fields } = (await outcomeOf(eventWith({ body: JSON.stringify({ lines }) }), Deep)) as { fields: string };
    expect(fields.split(", ")).toHaveLength(20);
  });
});
