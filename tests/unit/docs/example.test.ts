import { describe, expect, test } from "vitest";
import type { Parameter } from "../../../local/docs/page/description.ts";
import { type Asking, compactJson, curlFigure } from "../../../local/docs/page/example.ts";
import type { Credential } from "../../../local/sandbox/credential.ts";

const credential = (how: Credential["how"]): Credential => ({
  scheme: "any",
  protocol: "Any",
  who: "somebody",
  how,
  what: "",
});

const parameter = (where: Parameter["in"], name: string, required: boolean, example?: string): Parameter => ({
  name,
  in: where,
  required,
  schema: { type: "string", ...(example !== undefined && { examples: [example] }) },
});

/** What one would paste into a shell. */
const commandOf = (asking: Partial<Asking>): string =>
  curlFigure({ verb: "GET", path: "/orders", parameters: [], ...asking }, {})
    .markup.replace(/^.*<pre><code>|<\/code>.*$/g, "")
    .replace(/<\/?[biu]>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");

const URL_OF_ORDERS = "curl -i http://127.0.0.1:3000/orders";

describe("a request is shown as curl's", () => {
  const rows: readonly (readonly [title: string, asking: Partial<Asking>, command: string])[] = [
    ["without anything", {}, URL_OF_ORDERS],
    ["with another verb", { verb: "PUT" }, `${URL_OF_ORDERS} \\\n  -X PUT`],
    ["with POST and nothing to send", { verb: "POST" }, `${URL_OF_ORDERS} \\\n  -X POST`],
    [
      "with a header for the credential",
      { credential: credential({ headers: { Authorization: "Bearer it's" } }) },
      `${URL_OF_ORDERS} \\\n  -H 'Authorization: Bearer it'\\''s'`,
    ],
    [
      "with a credential that a command makes",
      { credential: credential({ headers: { "X-Auth-Token": "$(make me)" } }) },
      `${URL_OF_ORDERS} \\\n  -H "X-Auth-Token: $(make me)"`,
    ],
    [
      "with Basic authentication",
      { credential: credential({ basic: { id: "me", secret: "s3cret" } }) },
      `${URL_OF_ORDERS} \\\n  -u 'me:s3cret'`,
    ],
    [
      "with an example in the path",
      { path: "/orders/{id}/status", parameters: [parameter("path", "id", true, "a/b")] },
      `${URL_OF_ORDERS}/a%2Fb/status`,
    ],
    [
      "with a variable where the path has no example",
      { path: "/orders/{id}", parameters: [parameter("path", "id", true)] },
      `curl -i "http://127.0.0.1:3000/orders/$id"`,
    ],
    [
      "with those of the query that are required or have an example",
      {
        parameters: [
          parameter("query", "from", true, "today"),
          parameter("query", "to", true),
          parameter("query", "limit", false, "50"),
          parameter("query", "cursor", false),
        ],
      },
      `curl -i "http://127.0.0.1:3000/orders?from=today&to=&limit=50"`,
    ],
    [
      "with the headers that are required, the credential's only once",
      {
        credential: credential({ headers: { "X-Merchant-ID": "SWTS" } }),
        parameters: [
          parameter("header", "x-merchant-id", true, "another"),
          parameter("header", "api-version", true, "3"),
          parameter("header", "idempotency-key", false, "mine"),
        ],
      },
      `${URL_OF_ORDERS} \\\n  -H 'X-Merchant-ID: SWTS' \\\n  -H 'api-version: 3'`,
    ],
    [
      "with a body as it stands",
      { verb: "POST", body: { note: "a $ and a `" } },
      `${URL_OF_ORDERS} \\\n  -H 'Content-Type: application/json' \\\n  -d @- <<'END'\n{"note": "a $ and a \`"}\nEND`,
    ],
    [
      "with a body of today",
      { verb: "POST", body: { at: "2026-11-25T05:31:04Z", note: "a $" } },
      `${URL_OF_ORDERS} \\\n  -H 'Content-Type: application/json' \\\n  -d @- <<END\n{"at": "$(date -u +%F)T05:31:04Z", "note": "a \\$"}\nEND`,
    ],
  ];
  test.each(rows)("%s", (_, asking, command) => {
    expect(commandOf(asking)).toBe(command);
  });
});

test("JSON breaks its lines only where they are long", () => {
  const value = {
    id: "x".repeat(40),
    lines: [
      { a: 1, b: [] },
      { a: 2, b: [true, null] },
    ],
    none: undefined,
  };
  expect(compactJson(value)).toBe(
    `{\n  "id": "${"x".repeat(40)}",\n  "lines": [{"a": 1, "b": []}, {"a": 2, "b": [true, null]}]\n}`,
  );
  expect(JSON.parse(compactJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
});
