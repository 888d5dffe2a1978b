/** How the till's and the app's API say no (swip.md 9). */
import { expect, test } from "vitest";
import { malformed, malformedBy } from "#kernel/malformed";
import { type Refusal, refuse } from "#kernel/refusal";
import { sayRefusal } from "#pos/words";

const AT_MS = Date.UTC(2026, 10, 25, 8);
const said = (refusal: Refusal): string => {
  const { status, body, headers = {} } = sayRefusal(refusal, undefined, AT_MS);
  return [status, body.code, body.description, JSON.stringify(body.fieldErrors), JSON.stringify(headers)].join(" ");
};

test("a refusal bears the instant of its request", () => {
  expect(sayRefusal(refuse("ORDER_UNKNOWN"), undefined, AT_MS)).toEqual({
    status: 404,
    body: { code: 1006, description: "Not found", timestamp: "2026-11-25T08:00:00.000Z", fieldErrors: [] },
  });
});

const price = { way: ["purchases", "12", "price"], message: "must be an amount" };

test.each<readonly [string, Refusal, string]>([
  ["no JSON", malformed("text", "not JSON").refusal, "400 1001 Bad JSON [] {}"],
  [
    "a header",
    malformedBy("headers", "header", [{ way: ["X-Cash-ID"], message: "must be there" }]).refusal,
    '400 1002 Bad header [{"field":"X-Cash-ID","message":"must be there"}] {}',
  ],
  [
    "a field",
    malformedBy("fields", "order", [price]).refusal,
    '400 1003 Invalid request [{"field":"purchases[12].price","message":"must be an amount"}] {}',
  ],
  [
    "a long body",
    malformed("length", "too long").refusal,
    '400 1003 Invalid request [{"field":"","message":"too long"}] {}',
  ],
  ["what nobody declared", refuse("WITHDRAWAL_FINAL"), "500 1017 Internal error [] {}"],
  ["a bug", refuse("FAULT"), "500 1017 Internal error [] {}"],
  ["an outage", refuse("FAULT", { outage: "the table" }), '503 1018 Temporarily unavailable [] {"Retry-After":"1"}'],
])("%s", (_, refusal, words) => {
  expect(said(refusal)).toBe(words);
});

test("a repeated outcome of a close says that it is one", () => {
  expect(sayRefusal(refuse("ABOVE_PAID", { replayed: 1 }))).toMatchObject({ status: 409, replayed: true });
  expect(sayRefusal(refuse("ABOVE_PAID"))).not.toHaveProperty("replayed");
});
