/** A stage's secret: whole or refused, and no other stage has a value of the sandbox's. */
import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { digest } from "#kernel/crypto";
import { readSecret, SANDBOX_DIGESTS, type SecretText } from "#secrets";
import { SECRET_ID } from "../../local/sandbox/environment.ts";
import { secrets } from "../../local/sandbox/values/secrets.ts";

const sandboxText = secrets[SECRET_ID] ?? "";
const sandbox = JSON.parse(sandboxText) as SecretText;

const key = (letter: string): string => letter.repeat(43);
const { d = "", x = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
const pair = { d, x };
const own: SecretText = {
  pepper: Buffer.from("a pepper of 32 bytes, well chosen").toString("base64"),
  seal: [{ id: "2026-11-25", key: key("A") }],
  sign: [{ kid: "2026-11-25", ...pair }],
};
const read = (change: object, stage = "prod") => readSecret(JSON.stringify({ ...own, ...change }), stage);

describe("a deployed stage", () => {
  test("reads its pepper and rings", () => {
    const second = { id: "2026-10-01", key: key("D") };
    expect(read({ seal: [own.seal[0], second] })).toEqual({
      pepper: Buffer.from("a pepper of 32 bytes, well chosen"),
      seal: [
        { id: "2026-11-25", key: Buffer.from(key("A"), "base64url") },
        { id: "2026-10-01", key: Buffer.from(key("D"), "base64url") },
      ],
      sign: own.sign,
    });
  });

  const given = [
    ["pepper", { pepper: sandbox.pepper }],
    ["sealing key", { seal: sandbox.seal }],
    ["sealing key as its second", { seal: [own.seal[0], sandbox.seal[0]] }],
    ["signing key", { sign: sandbox.sign }],
  ] as const;
  test.each(given)("refuses the sandbox's %s", (_, change) => {
    expect(() => read(change)).toThrow("public");
    expect(read(change, "sandbox")).toBeDefined();
  });

  const incomplete = [
    ["no pepper", { pepper: undefined }],
    ["a short pepper", { pepper: "c2hvcnQ=" }],
    ["a number for a pepper", { pepper: 7 }],
    ["an empty ring", { seal: [] }],
    ["three keys", { seal: [own.seal[0], own.seal[0], own.seal[0]] }],
    ["a short key", { seal: [{ id: "a", key: "AAAA" }] }],
    ["no signing keys", { sign: undefined }],
    ["a signing key of two halves", { sign: [{ kid: "a", d, x: key("C") }] }],
    ["two keys of one name", { seal: [own.seal[0], { id: own.seal[0].id, key: key("E") }] }],
    ["half a signing key", { sign: [{ kid: "a", d }] }],
  ] as const;
  test.each(incomplete)("refuses a secret with %s, and does not quote it", (_, change) => {
    expect(() => read(change)).toThrow(/^the stage's secret is not readable$/);
  });

  test.each(["", "{", "null"])("refuses the secret %j", (text) => {
    expect(() => readSecret(text, "prod")).toThrow("not readable");
  });
});

test("the sandbox's values are known by their digests", () => {
  expect(readSecret(sandboxText, "sandbox").pepper).toHaveLength(32);
  const values = [sandbox.pepper, ...sandbox.seal.map((each) => each.key), ...sandbox.sign.map(({ d }) => d)];
  expect(values.map(digest)).toEqual(SANDBOX_DIGESTS);
});
