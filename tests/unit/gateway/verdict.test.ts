/** What a gateway says of a connecting party's answers. */
import { describe, expect, test } from "vitest";
import { decimalOf } from "../../../local/gateway/calls.ts";
import type { Heard } from "../../../local/gateway/http.ts";
import { sign } from "../../../local/gateway/signature.ts";
import {
  faultsInCallback,
  faultsInCheck,
  faultsInNotification,
  faultsInRefusal,
  obstaclesInCheck,
} from "../../../local/gateway/verdict.ts";

const KEY = "00112233-4455-6677-8899-AABBCCDDEEFF";
const TOKEN = "c0ffee00-1111-4222-8333-444455556666";
const sale = { invoiceId: "7f3f0d0e-6f0b-4a37-9b1e-2f6f2d7f1a10", serialNumber: "SN-000001", nonce: "n".repeat(64) };
const known = { controlKey: KEY, endpointId: "1234", nonce: sale.nonce, toleratesLowerCase: true };
const check = { ...sale, accessToken: "t".repeat(64), signature: "0".repeat(40), token: TOKEN };

const answer = (body: unknown, status = 200): Heard => ({
  status,
  headers: {},
  body: typeof body === "string" ? body : JSON.stringify(body),
});

const signed = (serverCardId?: string) => sign(KEY, "check", { ...sale, endpointId: "1234", serverCardId });
const session = { checkSignature: signed(), nonce: sale.nonce, token: TOKEN };
const good = { invoiceId: sale.invoiceId, session };
const card = { sourceOfFunds: { reference: { serverCardId: "1001" } } };

describe("the answer to a check", () => {
  test.each([
    ["as it should be", good, []],
    ["in lower-case digits", { ...good, session: { ...session, checkSignature: signed().toLowerCase() } }, []],
    ["of a card, signed with it", { ...good, ...card, session: { ...session, checkSignature: signed("1001") } }, []],
    ["of a card, signed without", { ...good, ...card }, ["a wrong session.checkSignature: serverCardId is left out"]],
    ["of another sale", { ...good, invoiceId: "x" }, ["another invoiceId"]],
    ["of another session", { ...good, session: { ...session, token: "x" } }, ["another session.token"]],
    ["without a nonce", { ...good, session: { ...session, nonce: undefined } }, ["no session.nonce"]],
    ["unsigned", { ...good, session: { ...session, checkSignature: undefined } }, ["no session.checkSignature"]],
    ["an error with 200", { ...good, error: { cause: "FILTERED", code: "X-1" } }, ["200 X-1"]],
    ["an error without a code", { ...good, error: null }, ["200 with an error"]],
    ["a list", [good], ["200 without a JSON object"]],
    ["no JSON", "OK", ["200 without a JSON object"]],
  ])("%s is judged", (_, body, faults) => {
    expect(faultsInCheck(known, check, answer(body))).toEqual(faults);
  });

  test("that refuses, or never comes, is no success", () => {
    expect(faultsInCheck(known, check, answer({ error: { code: "SALE-40301" } }, 403))).toEqual(["403 SALE-40301"]);
    expect(faultsInCheck(known, check, answer("", 302))).toEqual(["302"]);
    expect(faultsInCheck(known, check, { why: "no answer within 20 s" })).toEqual(["no answer within 20 s"]);
  });

  test.each([
    [
      "the card that it is referred to",
      { clientCardId: "c".repeat(32) },
      answer(good),
      ["no serverCardId, though a reference was used"],
    ],
    ["nothing", {}, answer(good), []],
    [
      "anything good",
      { clientCardId: "c".repeat(32) },
      answer({ error: { code: "SALE-40301" } }, 403),
      ["403 SALE-40301"],
    ],
  ])("that does not tell %s decides whether there is a charge", (_, change, heard, obstacles) => {
    expect(obstaclesInCheck(known, { ...check, ...change }, heard)).toEqual(obstacles);
  });

  test("may have to be in capitals", () => {
    const lower = answer({ ...good, session: { ...session, checkSignature: signed().toLowerCase() } });
    expect(faultsInCheck({ ...known, toleratesLowerCase: false }, check, lower)).toEqual([
      "a wrong session.checkSignature: its hex digits are not all capitals",
    ]);
  });
});

test("a notification's acknowledgement is signed for itself", () => {
  const checkSignature = sign(KEY, "notification", { ...sale, endpointId: "1234" });
  const right = answer({ ...good, session: { ...session, checkSignature } });
  expect(faultsInNotification(known, { ...sale, accessToken: "", token: TOKEN }, right)).toEqual([]);
  expect(faultsInNotification(known, { ...sale, accessToken: "", token: TOKEN }, answer(good))).toEqual([
    "a wrong session.checkSignature: it is none of the usual mistakes: another key, or other values",
  ]);
});

test.each([
  [answer({ error: { code: "SALE-40301" } }, 403), []],
  [answer(good), ["a wrong check was accepted"]],
  [answer("OK"), ["a wrong check was accepted"]],
  [answer({ error: { code: "SALE-40002" } }, 400), ["400 SALE-40002"]],
  [answer("", 302), ["302"]],
  [{ why: "no answer within 20 s" }, ["no answer within 20 s"]],
] as const)("what has to be refused is answered with 403 alone: %j", (heard, faults) => {
  expect(faultsInRefusal("a wrong check", heard)).toEqual(faults);
});

test.each([
  [answer("OK"), []],
  [answer("OK\n"), []],
  [answer("fine"), ["200 without OK"]],
  [answer({ error: { code: "SALE-40301" } }, 403), ["403 SALE-40301"]],
  [{ why: "connect ECONNREFUSED" }, ["connect ECONNREFUSED"]],
] as const)("a callback is acknowledged by OK alone: %j", (heard, faults) => {
  expect(faultsInCallback(heard)).toEqual(faults);
});

test.each([
  [1, "0.01"],
  [1050, "10.50"],
  [100, "1.00"],
  [Number.MAX_SAFE_INTEGER, "90071992547409.91"],
])("%i hundredths are %s", (centis, text) => {
  expect(decimalOf(centis)).toBe(text);
});
