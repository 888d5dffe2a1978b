/** What the demo shows: enough to recognise a secret again, and no more. */
import { expect, test } from "vitest";
import { discreet } from "../../../local/demo/telling.ts";

const told = discreet([]);

test.each([
  ["a token", `eyJhbGci${"x".repeat(20)}.${"y_-".repeat(20)}.z`, "eyJhbGci…"],
  ["Base64 with slashes and padding", `"Y8wjQEoP/PZUdhx7iXkIQhSDKGFx/F0Lm+Lor0VeZPsNw2345678=="`, '"Y8wjQEoP…"'],
  ["Base64 that begins with a slash", `/srH+eApw${"a/b+".repeat(20)}=`, "/srH+eAp…"],
  ["a path", "PUT /orders/7d0c0001-c053-40ca-8469-2f04e42738d6/cancel-payment", undefined],
  ["a short text in Base64", "TransactionToken 7PL4z6x/DEEQjOrdvyG/Gw==", undefined],
])("%s", (_, text, expected = text) => {
  expect(told(text)).toBe(expected);
});
