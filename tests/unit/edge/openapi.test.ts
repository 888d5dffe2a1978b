import { describe, expect, it } from "vitest";
import * as z from "zod";
import { contract, type Scheme } from "#edge/contract";
import { openApi } from "#edge/openapi";
import { dialect, greet, tokenScheme } from "./given.ts";

const servers = [{ url: "/", description: "Here." }];
const about = { version: "1.2.3", servers };

const requestId = { "X-Request-Id": { $ref: "#/components/headers/X-Request-Id" } };
const replayed = { "Idempotency-Replayed": { $ref: "#/components/headers/Idempotency-Replayed" } };
const no = { type: "object", properties: { no: { type: "string" } }, required: ["no"] };

/** A response that utters these refusals. */
const uttering = (...codes: readonly string[]) => ({
  description: codes.join(", "),
  headers: requestId,
  content: {
    "application/json": {
      schema: no,
      examples: Object.fromEntries(codes.map((code) => [code, { value: { no: code } }])),
    },
  },
});

const page = contract({
  name: "desk/page",
  route: "GET /pages/{id}",
  summary: "A page.",
  parameters: z
    .object({ path: z.object({ id: z.string().max(9) }), query: z.object({ size: z.string().optional() }) })
    .transform(({ path }) => path),
  reply: z.string(),
  encode: (body: string) => ({ status: 200, body }),
  dialect: ({ code }) =>
    code === "BUSY" ? { status: 503, headers: { "Retry-After": "1" } } : { status: 500, body: "<p>Sorry.</p>" },
  mayRefuse: [],
  io: { reads: 0, commits: 0 },
});

describe("the OpenAPI document", () => {
  it("describes an endpoint by its contract, and its refusals by what its dialect says", () => {
    const row = { ...greet, mayRefuse: ["TOO_OFTEN"], replays: true };
    expect(openApi([row], about)).toEqual({
      openapi: "3.1.0",
      info: {
        title: "Tillgate",
        version: "1.2.3",
        description: expect.any(String),
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      servers,
      tags: [{ name: "greeting", description: "greeting" }],
      paths: {
        "/greet": {
          post: {
            operationId: "greeting_greet",
            summary: "Greets.",
            tags: ["greeting"],
            security: [{ token: [] }],
            requestBody: {
              required: true,
              content: {
                "application/json": {
                  schema: {
                    type: "object",
                    properties: {
                      name: { type: "string", minLength: 1 },
                      times: { type: "integer", minimum: 1, maximum: 9 },
                    },
                    required: ["name", "times"],
                  },
                },
              },
            },
            responses: {
              200: {
                description: "Done, TOO_OFTEN",
                headers: { ...requestId, ...replayed },
                content: {
                  "application/json": {
                    schema: {
                      anyOf: [
                        {
                          type: "object",
                          properties: {
                            greeting: { type: "string" },
                            times: {
                              type: "integer",
                              minimum: Number.MIN_SAFE_INTEGER,
                              maximum: Number.MAX_SAFE_INTEGER,
                            },
                          },
                          required: ["greeting", "times"],
                          additionalProperties: false,
                        },
                        no,
                      ],
                    },
                    examples: { TOO_OFTEN: { value: { no: "TOO_OFTEN" } } },
                  },
                },
              },
              400: uttering("MALFORMED"),
              401: uttering("UNAUTHENTICATED"),
              500: uttering("FAULT"),
              503: uttering("BUSY"),
            },
          },
        },
      },
      components: {
        headers: {
          "X-Request-Id": { description: expect.any(String), required: true, schema: { type: "string" } },
          "Idempotency-Replayed": { description: expect.any(String), schema: { type: "string", enum: ["true"] } },
        },
        securitySchemes: { token: { type: "apiKey", in: "header", name: "X-Token" } },
      },
    });
  });

  it("describes pages, path parameters and the headers that a dialect adds", () => {
    expect(openApi([page], about).paths).toEqual({
      "/pages/{id}": {
        get: {
          operationId: "desk_page",
          summary: "A page.",
          tags: ["desk"],
          security: [],
          parameters: [
            { name: "id", in: "path", required: true, schema: { type: "string", maxLength: 9 } },
            { name: "size", in: "query", schema: { type: "string" } },
          ],
          responses: {
            200: {
              description: "Done",
              headers: requestId,
              content: { "text/html": { schema: { type: "string" } } },
            },
            503: {
              description: "BUSY",
              headers: { ...requestId, "Retry-After": { schema: { type: "string" }, example: "1" } },
            },
            500: {
              description: "MALFORMED, FAULT",
              headers: requestId,
              content: {
                "text/html": {
                  schema: { type: "string" },
                  examples: { MALFORMED: { value: "<p>Sorry.</p>" }, FAULT: { value: "<p>Sorry.</p>" } },
                },
              },
            },
          },
        },
      },
    });
  });

  it("wants every segment of a path to be read", () => {
    const unread = { ...page, route: "GET /pages/{id}/{part}" as const };
    expect(() => openApi([unread], about)).toThrow("desk/page reads id of the path GET /pages/{id}/{part}");
  });

  it("describes what a scheme refuses, another success than 200, an optional body and a text that is no page", () => {
    const auth = { ...tokenScheme, mayRefuse: ["UNAUTHENTICATED", "FORBIDDEN"] };
    const row = { ...greet, auth, mayRefuse: [], status: 201, bodyIsOptional: true };
    const post = openApi([{ ...row, reply: z.literal("OK"), mediaType: "text/plain" }], about).paths?.["/greet"]?.post;
    expect(Object.keys(post?.responses ?? {})).toEqual(["201", "400", "401", "403", "500", "503"]);
    expect(post?.requestBody).toMatchObject({ required: false });
    expect(post?.responses?.[201]).toEqual({
      description: "Done",
      headers: requestId,
      content: { "text/plain": { schema: { type: "string", const: "OK" } } },
    });
  });

  it("describes how often one may ask, and what is said to whoever asks more often", () => {
    const limit = { per: "client", by: () => "ann", everyMs: 20, burst: 250 };
    const post = openApi([{ ...greet, mayRefuse: [], limit }], about).paths?.["/greet"]?.post;
    expect(post?.description).toBe("Each client may ask 250 times at once, and once more every 20 ms.");
    expect(post?.responses?.[429]).toEqual({
      ...uttering("RATE_LIMITED"),
      headers: { ...requestId, "Retry-After": { schema: { type: "string" }, example: "1" } },
    });
  });

  it("describes an answer without a body", () => {
    const { reply: _, ...silent } = { ...greet, mayRefuse: [], status: 204 };
    expect(openApi([silent], about).paths?.["/greet"]?.post?.responses?.[204]).toEqual({
      description: "Done",
      headers: requestId,
    });
  });

  it("describes an endpoint at each of its routes", () => {
    const { paths } = openApi([{ ...greet, mayRefuse: [], aliases: ["PUT /greet", "POST /hello"] }], about);
    expect(
      Object.entries(paths ?? {}).flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => [verb, path])),
    ).toEqual([
      ["post", "/greet"],
      ["put", "/greet"],
      ["post", "/hello"],
    ]);
    expect(paths?.["/hello"]?.post?.operationId).toBe("greeting_greet3");
  });

  it("lets a caller choose among the credentials that a scheme accepts", () => {
    const auth: Scheme<{ readonly tenant: string }> = {
      ...tokenScheme,
      openapi: [...tokenScheme.openapi, { type: "http", scheme: "bearer" }],
    };
    const document = openApi([{ ...greet, auth, mayRefuse: [] }], about);
    expect(document.paths?.["/greet"]?.post?.security).toEqual([{ "token-X-Token": [] }, { "token-bearer": [] }]);
    expect(document.components?.securitySchemes).toEqual({
      "token-X-Token": { type: "apiKey", in: "header", name: "X-Token" },
      "token-bearer": { type: "http", scheme: "bearer" },
    });
  });

  it("keeps the verbs of one path together", () => {
    const other = { ...greet, name: "greeting/put" as const, route: "PUT /greet" as const, dialect, mayRefuse: [] };
    expect(Object.keys(openApi([{ ...greet, mayRefuse: [] }, other], about).paths?.["/greet"] ?? {})).toEqual([
      "post",
      "put",
    ]);
  });

  const shapes: readonly (readonly [unknown, object])[] = [
    [
      { a: 1, b: 1.5, c: true, d: null },
      { a: "integer", b: "number", c: "boolean", d: "null" },
    ],
    [{ a: { b: "x" } }, { a: { type: "object", properties: { b: { type: "string" } }, required: ["b"] } }],
    [{ a: [1, 2, "x"] }, { a: { type: "array", items: { anyOf: [{ type: "integer" }, { type: "string" }] } } }],
  ];
  it.each(shapes)("describes the shape of a refusal's body %j", (body, properties) => {
    const spoken = { ...greet, mayRefuse: [], dialect: () => ({ status: 418, body }) };
    const named = Object.entries(properties).map(([name, type]) => [name, typeof type === "string" ? { type } : type]);
    expect(openApi([spoken], about).paths?.["/greet"]?.post?.responses?.[418]).toEqual(
      expect.objectContaining({
        content: {
          "application/json": expect.objectContaining({
            schema: { type: "object", properties: Object.fromEntries(named), required: Object.keys(properties) },
          }),
        },
      }),
    );
  });
});
