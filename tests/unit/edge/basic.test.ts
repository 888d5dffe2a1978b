/** HTTP Basic as RFC 7617 has it: what is shown, and what is nothing. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { basic, type Shown } from "#edge/auth/basic";
import type { Asked } from "#edge/contract";
import { Refused } from "#kernel/refusal";
import { openTestPorts } from "../../support/ports.ts";

const { ports } = openTestPorts();
const askedWith = (authorization?: string): Asked => ({
  verb: "GET",
  path: "/",
  query: "",
  segments: {},
  headers: { authorization },
  body: { bytes: new Uint8Array(), wasText: true },
  address: "127.0.0.1",
});
const echo = basic("echo", async (shown) => shown);
const shownBy = async (authorization?: string): Promise<Shown | string> => {
  try {
    return await echo.authenticate(askedWith(authorization), ports);
  } catch (error) {
    return error instanceof Refused ? error.refusal.code : "another error";
  }
};
const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString("base64");

describe("credentials", () => {
  test.each([
    ["Aladdin:open sesame", { id: "Aladdin", secret: "open sesame" }],
    ["test:123£", { id: "test", secret: "123£" }],
    ["id:a:b:", { id: "id", secret: "a:b:" }],
    [":secret", { id: "", secret: "secret" }],
    ["id:", { id: "id", secret: "" }],
    [":", { id: "", secret: "" }],
    ["\ufeffid:🙂", { id: "\ufeffid", secret: "🙂" }],
  ])("%j are parted at the first colon", async (text, shown) => {
    expect(await shownBy(`Basic ${base64(text)}`)).toEqual(shown);
  });

  test("are those that were shown, whatever they are", async () => {
    const id = fc.string({ unit: "grapheme" }).filter((text) => !text.includes(":"));
    await fc.assert(
      fc.asyncProperty(id, fc.string({ unit: "grapheme", maxLength: 50 }), async (name, secret) => {
        expect(await shownBy(`Basic ${base64(`${name}:${secret}`)}`)).toEqual({ id: name, secret });
      }),
    );
  });

  test.each(["basic", "BASIC", "bAsIc"])("come with the scheme in any letters: %s", async (scheme) => {
    expect(await shownBy(`  ${scheme}   ${base64("a:b")}  `)).toEqual({ id: "a", secret: "b" });
  });

  test.each([
    undefined,
    "",
    "Basic",
    "Basic ",
    `Basic${base64("a:b")}`,
    `Digest ${base64("a:b")}`,
    `Bearer ${base64("a:b")}`,
    `${base64("a:b")}`,
    `Basic ${base64("no colon")}`,
    `Basic ${base64("a:b")} x`,
    `Basic ${base64("a:b")},Basic ${base64("a:b")}`,
    "Basic a:b",
    `Basic ${base64("a:bcd").replaceAll("=", "")}`,
    `Basic ${base64("a:bcd")}=`,
    "Basic YTpiYh==", // as YTpiYg==, but for bits that nobody reads
    "Basic YTpi_-8=",
    `Basic ${base64(Uint8Array.of(0x61, 0x3a, 0xff))}`,
    `Basic ${base64(Uint8Array.of(0x61, 0x3a, 0xed, 0xa0, 0x80))}`,
    `Basic ${base64(`a:${"b".repeat(1_024)}`)}`,
  ])("are none: %s", async (authorization) => {
    expect(await shownBy(authorization)).toBe("UNAUTHENTICATED");
  });

  test("are looked at up to 1,024 characters", async () => {
    const secret = "b".repeat(766);
    expect(await shownBy(`Basic ${base64(`a:${secret}`)}`)).toEqual({ id: "a", secret });
    expect(await shownBy(`Basic ${base64(`a:${secret}b`)}`)).toBe("UNAUTHENTICATED");
  });

  test("of nobody's are refused", async () => {
    const nobody = basic("nobody", async () => undefined);
    const error = await nobody.authenticate(askedWith(`Basic ${base64("a:b")}`), ports).catch((caught) => caught);
    expect(error).toBeInstanceOf(Refused);
  });
});
