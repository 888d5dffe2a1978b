import { describe, expect, it } from "vitest";
import * as z from "zod";
import type { Event } from "#edge/middleware/state";
import { eventWith, Greeting } from "./given.ts";
import { outcomeAt } from "./outcome.ts";

const json = { "content-type": "application/json" };
const ann = { name: "Ann", times: 2n };

describe("parameters", () => {
  const parameters = z
    .object({
      path: z.object({ id: z.string().regex(/^\d+$/) }),
      query: z.object({ limit: z.string().max(2).optional() }),
      headers: z.object({ "x-store": z.string() }),
    })
    .transform(({ path, query, headers }) => ({ id: path.id, limit: query.limit, store: headers["x-store"] }));
  const good = { pathParameters: { id: "7" }, headers: { ...json, "X-Store": "S" } };

  it("are a part of the wish, beside the body's", async () => {
    const wish = { id: "7", limit: "5", store: "S" };
    expect(await outcomeAt({ parameters }, eventWith({ ...good, rawQueryString: "limit=5&other=1&other=2" }))).toEqual(
      wish,
    );
    expect(
      await outcomeAt({ parameters, request: Greeting }, eventWith({ ...good, rawQueryString: "limit=5" })),
    ).toEqual({
      ...wish,
      ...ann,
    });
  });

  const cases: readonly (readonly [string, Partial<Event>, object])[] = [
    ["a segment", { pathParameters: { id: "x" } }, { at: "path", why: "schema: id invalid_format", fields: "id" }],
    [
      "a query's field",
      { rawQueryString: "limit=500" },
      { at: "query", why: "schema: limit too_big", fields: "limit" },
    ],
    [
      "a repeated one",
      { rawQueryString: "limit=5&limit=6" },
      { at: "query", why: "schema: limit invalid_type", fields: "limit" },
    ],
    ["a header", { headers: json }, { at: "headers", why: "schema: x-store invalid_type", fields: "x-store" }],
    [
      "a segment before a header",
      { pathParameters: { id: "x" }, headers: json },
      { at: "path", why: "schema: id invalid_format", fields: "id" },
    ],
  ];
  it.each(cases)("refuse %s", async (_, change, facts) => {
    expect(await outcomeAt({ parameters, request: Greeting }, eventWith({ ...good, ...change }))).toEqual(facts);
  });
});
