/** Our own tokens: nobody's but ours, for one purpose, in their time. What a session makes of them is tested in journey/partner. */
import * as fc from "fast-check";
import { importJWK, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { type Purpose, type SignRing, signToken, verifyToken } from "#kernel/token";
import { SIGNING_KEY } from "../../support/ports.ts";

const NOW_MS = 1_795_593_600_123;
const now = 1_795_593_600;
const ring: SignRing = [SIGNING_KEY];
const purpose: Purpose = { issuer: "https://desk.example.com", audience: "tillgate-web-sdk", lifeSeconds: 60 };
const sign = () => signToken(ring, purpose, { sub: "usr_1", jti: "1" }, NOW_MS);
const verify = async (token: string, change: Partial<Purpose> = {}, nowMs = NOW_MS) =>
  (await verifyToken(ring, { ...purpose, ...change }, token, nowMs))?.sub;

describe("a token", () => {
  test("is the same for the same: Ed25519 signs without chance", async () => {
    expect(await sign()).toBe(await sign());
  });

  test("tells its claims, times in whole seconds", async () => {
    expect(await verifyToken(ring, purpose, await sign(), NOW_MS)).toEqual({
      sub: "usr_1",
      jti: "1",
      iss: purpose.issuer,
      aud: purpose.audience,
      iat: now,
      nbf: now,
      exp: now + 60,
    });
  });

  test.each([
    ["at its end, to the millisecond", 59_877, undefined],
    ["a millisecond before", 59_876, "usr_1"],
    ["long after", 3_600_000, undefined],
    ["five seconds before its beginning", -5_123, "usr_1"],
    ["more than that before", -5_124, undefined],
  ])("%s", async (_, afterMs, expected) => {
    expect(await verify(await sign(), {}, NOW_MS + afterMs)).toBe(expected);
  });

  test.each([
    ["another issuer", { issuer: "https://elsewhere.example.com" }],
    ["another audience", { audience: "tillgate-app" }],
    ["a shorter life", { lifeSeconds: 59 }],
  ])("is none for %s", async (_, change) => {
    expect(await verify(await sign(), change)).toBeUndefined();
  });

  test("is none in another spelling of its signature, or for an audience among others", async () => {
    const token = await sign();
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = letters.indexOf(token.at(-1) ?? "");
    expect(await verify(token.slice(0, -1) + letters.charAt(last ^ 1))).toBeUndefined();
    const key = await importJWK({ kty: "OKP", crv: "Ed25519", x: SIGNING_KEY.x, d: SIGNING_KEY.d }, "EdDSA");
    const seconds = now;
    const claims = { iss: purpose.issuer, aud: [purpose.audience, "other"], sub: "usr_1", iat: seconds, nbf: seconds };
    const signed = await new SignJWT({ ...claims, exp: seconds + 60 })
      .setProtectedHeader({ alg: "EdDSA", typ: "JWT", kid: SIGNING_KEY.kid })
      .sign(key);
    expect(await verify(signed)).toBeUndefined();
  });

  test.each([
    ["without `nbf`, where it has to say it", { iat: now }, {}, undefined],
    ["without `nbf`, where it need not", { iat: now }, { mayLackNotBefore: true }, "usr_1"],
    ["that begins five seconds from now", { iat: now + 5 }, { mayLackNotBefore: true }, "usr_1"],
    ["that begins later", { iat: now + 6 }, { mayLackNotBefore: true }, undefined],
    ["whose `nbf` is later", { iat: now, nbf: now + 6 }, { mayLackNotBefore: true }, undefined],
  ] as const)("%s", async (_, claims, change, expected) => {
    const key = await importJWK({ kty: "OKP", crv: "Ed25519", x: SIGNING_KEY.x, d: SIGNING_KEY.d }, "EdDSA");
    const signed = await new SignJWT({
      iss: purpose.issuer,
      aud: purpose.audience,
      sub: "usr_1",
      ...claims,
      exp: now + 60,
    })
      .setProtectedHeader({ alg: "EdDSA", typ: "JWT", kid: SIGNING_KEY.kid })
      .sign(key);
    expect(await verify(signed, change)).toBe(expected);
  });

  test("may live shorter than it might", async () => {
    expect(await verify(await sign(), { lifeSeconds: 3_600 })).toBe("usr_1");
  });

  test("is none when any character of it is changed", async () => {
    const token = await sign();
    for (let at = 0; at < token.length; at += 5) {
      const changed = token.charAt(at) === "A" ? "B" : "A";
      expect(await verify(token.slice(0, at) + changed + token.slice(at + 1))).toBeUndefined();
    }
  });

  test("whatever a caller says for one is none, and no fault", async () => {
    const json = fc.json().map((text) => Buffer.from(text).toString("base64url"));
    const nonsense = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.tuple(json, json, json).map((parts) => parts.join(".")),
      json.map(
        (payload) =>
          `${Buffer.from('{"alg":"EdDSA","kid":"tests-1","typ":"JWT"}').toString("base64url")}.${payload}.AA`,
      ),
    );
    await fc.assert(
      fc.asyncProperty(nonsense, async (token) => {
        expect(await verify(token)).toBeUndefined();
      }),
    );
  });
});
