import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { rawBody } from "#edge/middleware/rawBody";
import type { Event, State } from "#edge/middleware/state";
import { validate } from "#edge/middleware/validate";
import { Refused } from "#kernel/refusal";
import { context, eventWith, Greeting } from "./given.ts";

type Read = Pick<State, "headers" | "body" | "wish">;

/** What becomes of a body: the wish, or the facts of the refusal MALFORMED. */
const outcomeOf = async (event: Event, schema: z.ZodType | undefined): Promise<unknown> => {
  const internal: Partial<Read> = {};
  const request = { event, context, response: undefined, error: undefined, internal: internal as Read };
  try {
    await rawBody().before?.(request);
    await validate(schema).before?.(request);
    return internal.wish;
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === "MALFORMED") return error.refusal.facts;
    throw error;
  }
};

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
    expect(await outcomeOf(eventWith({ body: "{", headers: {} }), undefined)).toBe(undefined);
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
    ["an escaped lone surrogate", { body: '{"name":"\\ud800","times":2}' }, "a lone surrogate"],
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
    ["without a field", { body: '{"name":"Ann"}' }, "schema: times custom"],
    ["with a wrong type", { body: '{"name":7,"times":2}' }, "schema: name invalid_type"],
    ["out of bounds", { body: '{"name":"Ann","times":10}' }, "schema: times custom"],
    ["with its fields on the prototype", { body: `{"__proto__":${goodText}}` }, "schema: name invalid_type"],
  ];
  it.each(cases)("%s", async (_, change, why) => {
    expect(await outcomeOf(eventWith(change), Greeting)).toEqual({ why });
  });

  it("missing", async () => {
    const { body: _, ...event } = eventWith();
    expect(await outcomeOf(event, Greeting)).toEqual({ why: "not JSON" });
  });

  it("names a field that the schema reads through a transformation", async () => {
    const schema = Greeting.transform(({ name }) => name);
    expect(await outcomeOf(eventWith({ body: '{"name":"Ann"}' }), schema)).toEqual({ why: "schema: times custom" });
  });

  it("says nothing of a member's name that the schema does not know", async () => {
    const schema = z.record(z.string(), z.string());
    expect(await outcomeOf(eventWith({ body: '{"ann@example.com":7}' }), schema)).toEqual({
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
        expect(outcome).toEqual({ why: expect.any(String) });
        expect(JSON.stringify(outcome)).not.toContain(secret);
      }),
    );
  });
});
