/** sonect.md 2.5 and 8, row 17: the web SDK's token, and what it opens. */
import { createHmac } from "node:crypto";
import { importJWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from "jose";
import { describe, expect, test } from "vitest";
import { SECOND_MS } from "#kernel/time";
import { revokeSession } from "#partner/checkin.item";
import { A, ANN, codeIn, openPartnership, type Partnership, signIn, tokenIn } from "../../support/partnership.ts";
import { NOW_MS, ORIGIN, SIGNING_KEY } from "../../support/ports.ts";
import { said, sdkError } from "./replies.ts";

const invalidToken = `401 ${sdkError("invalid_token")}`;
const now = NOW_MS / SECOND_MS;

const withSession = async (): Promise<Partnership & { readonly token: string }> => {
  const partnership = await openPartnership();
  return { ...partnership, ...(await signIn(partnership)) };
};

const partOf = (token: string, nth: number): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[nth] ?? "", "base64url").toString());
const encoded = (json: unknown): string => Buffer.from(JSON.stringify(json)).toString("base64url");

const foreign = {
  kid: SIGNING_KEY.kid,
  d: "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
  x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
};

/** A token of these claims, as whoever has the key would sign it. */
const sign = async (claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}, { d, x } = SIGNING_KEY) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: "EdDSA", typ: "JWT", kid: SIGNING_KEY.kid, ...header })
    .sign(await importJWK({ kty: "OKP", crv: "Ed25519", d, x }, "EdDSA"));

const without = (claims: JWTPayload, name: string): JWTPayload =>
  Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name));

describe("a token", () => {
  test("says who, whose, for whom, how long, and by which key", async () => {
    const { token } = await withSession();
    expect(partOf(token, 0)).toEqual({ alg: "EdDSA", typ: "JWT", kid: "tests-1" });
    expect(partOf(token, 1)).toEqual({
      iss: ORIGIN,
      aud: "tillgate-web-sdk",
      sub: expect.stringMatching(/^usr_/),
      pid: A.clientId,
      sid: expect.stringMatching(/^[\w-]{43}$/),
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: now,
      nbf: now,
      exp: now + 1_800,
    });
  });

  test("is known when it is signed anew as it was, in other letters of the scheme", async () => {
    const { token, call } = await withSession();
    const again = await sign(partOf(token, 1));
    const answered = await call("GET /sdk/v1/me", { headers: { authorization: `bearer  ${again} ` } });
    expect(answered.status).toBe(200);
  });

  const forged: Readonly<Record<string, (claims: JWTPayload, token: string) => Promise<string> | string>> = {
    "alg none": (claims) => `${encoded({ alg: "none", typ: "JWT", kid: SIGNING_KEY.kid })}.${encoded(claims)}.`,
    "alg none, with the signature": (claims, token) =>
      `${encoded({ alg: "none", typ: "JWT", kid: SIGNING_KEY.kid })}.${encoded(claims)}.${token.split(".")[2]}`,
    "HS256, the public key its secret": (claims) => {
      const signed = `${encoded({ alg: "HS256", typ: "JWT", kid: SIGNING_KEY.kid })}.${encoded(claims)}`;
      return `${signed}.${createHmac("sha256", Buffer.from(SIGNING_KEY.x, "base64url")).update(signed).digest("base64url")}`;
    },
    "a foreign key": (claims) => sign(claims, {}, foreign),
    "a foreign key, brought along": (claims) =>
      sign(claims, { jwk: { kty: "OKP", crv: "Ed25519", x: foreign.x } }, foreign),
    "an unknown kid": (claims) => sign(claims, { kid: "tests-2" }),
    "no kid": (claims) => sign(claims, { kid: undefined as unknown as string }),
    "another typ": (claims) => sign(claims, { typ: "at+jwt" }),
    "something critical that nobody understands": async (claims) => {
      const [, ...rest] = (await sign(claims)).split(".");
      return [encoded({ alg: "EdDSA", typ: "JWT", kid: SIGNING_KEY.kid, crit: ["x"], x: 1 }), ...rest].join(".");
    },
    "another's audience": (claims) => sign({ ...claims, aud: "tillgate-app" }),
    "another issuer": (claims) => sign({ ...claims, iss: "https://elsewhere.example.com" }),
    "exp now": (claims) => sign({ ...claims, iat: now - 1_800, exp: now }),
    "exp past": (claims) => sign({ ...claims, iat: now - 1_801, exp: now - 1 }),
    "exp a second too late": (claims) => sign({ ...claims, exp: now + 1_801 }),
    "exp as text": (claims) => sign({ ...claims, exp: String(now + 1_800) as unknown as number }),
    "nbf 6 seconds ahead": (claims) => sign({ ...claims, nbf: now + 6 }),
    "another's sub": (claims) => sign({ ...claims, sub: "usr_00000000000000000000000000" }),
    "another's pid": (claims) => sign({ ...claims, pid: "22222222-3333-4444-8555-666666666666" }),
    "another's jti": (claims) => sign({ ...claims, jti: "00000000-0000-7000-8000-000000000000" }),
    "an unknown sid": (claims) => sign({ ...claims, sid: "A".repeat(43) }),
    "a sid that is no key": (claims) => sign({ ...claims, sid: "a#b" }),
    "a sid that is a number": (claims) => sign({ ...claims, sid: 7 }),
    ...Object.fromEntries(
      ["iss", "aud", "sub", "pid", "sid", "jti", "iat", "nbf", "exp"].map((name) => [
        `no ${name}`,
        (claims: JWTPayload) => sign(without(claims, name)),
      ]),
    ),
    "a changed claim": (claims, token) =>
      [token.split(".")[0], encoded({ ...claims, exp: now + 1_799 }), token.split(".")[2]].join("."),
    "half of itself": (_, token) => token.slice(0, token.length / 2),
    "something behind": (_, token) => `${token}A`,
    "no token": () => "token",
  };
  test.each(Object.entries(forged))("sonect #17: with %s is refused", async (_, forge) => {
    const { token, showMe } = await withSession();
    const answered = await showMe(await forge(partOf(token, 1), token));
    expect(said(answered)).toBe(invalidToken);
    expect(answered.headers["www-authenticate"]).toBe('Bearer error="invalid_token"');
  });

  test.each([{}, { authorization: "" }, { authorization: "Bearer" }, { authorization: "Basic eDp5" }])(
    "sonect #17: is asked for: %j",
    async (headers) => {
      const { call } = await openPartnership();
      expect(said(await call("GET /sdk/v1/me", { headers }))).toBe(invalidToken);
    },
  );

  test("sonect #17: is good until its exp, and not at it", async () => {
    const { token, showMe, world } = await withSession();
    world.clock.advance(1_800 * SECOND_MS - 1);
    expect((await showMe(token)).status).toBe(200);
    world.clock.advance(1);
    expect(said(await showMe(token))).toBe(invalidToken);
  });

  test("may be of a clock that is 5 seconds ahead", async () => {
    const { token, showMe, world } = await withSession();
    world.clock.advance(-5 * SECOND_MS);
    expect((await showMe(token)).status).toBe(200);
    world.clock.advance(-SECOND_MS);
    expect(said(await showMe(token))).toBe(invalidToken);
  });

  test("verifies with the key before, which has become the second", async () => {
    const { token, showMe, world } = await withSession();
    const before = await world.ports.secrets();
    const next = { ...foreign, kid: "tests-2" };
    Object.assign(world.ports, { secrets: async () => ({ ...before, sign: [next, SIGNING_KEY] }) });
    expect((await showMe(token)).status).toBe(200);
    Object.assign(world.ports, { secrets: async () => ({ ...before, sign: [next] }) });
    expect(said(await showMe(token))).toBe(invalidToken);
  });
});

describe("a session", () => {
  test("tells profile, status and configuration", async () => {
    const { createUser, checkIn, openSession, showMe } = await openPartnership();
    const person = {
      ...ANN,
      middleName: "Maria",
      dateOfBirth: "1990-04-01",
      address: { country: "Switzerland", countryCode: "CH", line1: "Bahnhofstrasse", zip: "8001" },
    };
    const id = /"id":"(\w+)"/.exec((await createUser(person)).body)?.[1];
    const answered = await showMe(tokenIn(await openSession(codeIn(await checkIn()))));
    expect(said(answered)).toBe(
      `200 {"profile":{"id":"${id}","referenceId":"bank-user-42","firstName":"Ann","lastName":"Meier","middleName":"Maria","email":"ann.meier@example.com","phone":"+41790000042","dateOfBirth":"1990-04-01","address":{"country":"Switzerland","countryCode":"CH","line1":"Bahnhofstrasse","zip":"8001"}},"status":"active","configuration":{"currency":"CHF","country":"CH","locale":"de-CH","theme":"white","quickAmounts":[20,50,100,200],"minAmount":20,"maxAmount":500,"stepAmount":10,"limits":{"transaction":500,"day":1000,"week":2000,"month":5000,"year":null}}}`,
    );
    expect(answered.headers).toMatchObject({ "content-type": "application/json", "cache-control": "no-store" });
  });

  test("is over once it is revoked", async () => {
    const { token, showMe, world } = await withSession();
    const sid = String(partOf(token, 1).sid);
    expect(await world.twin.commit([revokeSession({ id: sid }, world.clock.nowMs)], "revoke")).toMatchObject({
      done: true,
    });
    expect(said(await showMe(token))).toBe(invalidToken);
  });

  test("is over once its user is signed out, with codes that were not exchanged; later check-ins are not", async () => {
    const { token, showMe, checkIn, openSession, changeUser, world } = await withSession();
    const code = codeIn(await checkIn());
    world.clock.advance(1);
    await changeUser(ANN.referenceId, { sessionsFromMs: world.clock.nowMs });
    expect(said(await showMe(token))).toBe(invalidToken);
    expect(said(await showMe(tokenIn(await openSession(code))))).toBe(invalidToken);
    expect((await showMe(tokenIn(await openSession(codeIn(await checkIn()))))).status).toBe(200);
  });

  test("is over while its partner is suspended", async () => {
    const { token, showMe, change } = await withSession();
    await change(A, { state: "suspended" });
    expect(said(await showMe(token))).toBe(invalidToken);
    await change(A, { state: "active" });
    expect((await showMe(token)).status).toBe(200);
  });

  test("begins at once, on whichever clock: that of the check-in may be behind that of the creation", async () => {
    const { createUser, checkIn, openSession, showMe, world } = await openPartnership();
    await createUser();
    world.clock.advance(-50);
    expect((await showMe(tokenIn(await openSession(codeIn(await checkIn()))))).status).toBe(200);
  });
});
