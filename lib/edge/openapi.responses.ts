/** What an endpoint may answer, as OpenAPI describes it: the reply's schema, and each refusal as it is really said. */
import * as z from "zod";
import type { oas31, ZodOpenApiContentObject, ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from "zod-openapi";
import type { AnyContract } from "#edge/contract";
import { print } from "#edge/middleware/respond";
import { type EdgeCode, refuse } from "#kernel/refusal";

type Schema = oas31.SchemaObject;

const JSON_TYPE = "application/json";
const HTML = "text/html";

/** The headers of answers, by name: components of the document. */
export const headers = {
  "X-Request-Id": {
    description: "Names the request; the log knows it by this.",
    required: true,
    schema: { type: "string" },
  },
  "Idempotency-Replayed": {
    description: "Present when the request had been done before: the answer is repeated, nothing happens again.",
    schema: { type: "string", enum: ["true"] },
  },
} as const satisfies oas31.HeadersObject;

const headerRef = (name: keyof typeof headers) => ({ [name]: { $ref: `#/components/headers/${name}` } });

/**
 * What the edge says at this endpoint, in the order of its checks. UNKNOWN_ROUTE is said elsewhere; FORBIDDEN and
 * RATE_LIMITED by no scheme and no limit that there is yet.
 */
const edgeCodesBefore = ({ auth, request }: AnyContract): readonly EdgeCode[] => [
  ...(auth ? (["UNAUTHENTICATED"] as const) : []),
  ...(request ? (["MALFORMED"] as const) : []),
];

/** A refusal as it is really said. */
export interface Example {
  readonly code: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Its media type; absent: no body. */
  readonly type: typeof JSON_TYPE | typeof HTML | undefined;
  readonly value: unknown;
}

const exampleOf = ({ dialect }: AnyContract, code: string): Example => {
  const answer = dialect(refuse(code));
  const { body } = print(answer);
  const type = body === undefined ? undefined : typeof answer.body === "string" ? HTML : JSON_TYPE;
  const value: unknown = type === JSON_TYPE && body !== undefined ? JSON.parse(body) : body;
  return { code, status: answer.status, headers: answer.headers ?? {}, type, value };
};

const distinct = (schemas: readonly Schema[]): Schema[] => [
  ...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values(),
];

/** A schema of which this JSON value is an instance: names and types, no bounds. */
const shapeOf = (value: unknown): Schema => {
  if (value === null) return { type: "null" };
  if (Array.isArray(value)) return { type: "array", items: { anyOf: distinct(value.map(shapeOf)) } };
  switch (typeof value) {
    case "object": {
      const properties = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
      return { type: "object", properties, required: Object.keys(properties) };
    }
    case "number":
      return { type: Number.isInteger(value) ? "integer" : "number" };
    default:
      return { type: typeof value === "boolean" ? "boolean" : "string" };
  }
};

const schemaOf = (examples: readonly Example[], reply: z.ZodType | undefined): z.ZodType | Schema => {
  const refused = distinct(examples.map(({ value }) => shapeOf(value)));
  if (reply && refused.length === 0) return reply;
  if (reply) return z.union([reply, ...refused.map((override) => z.unknown().meta({ override }))]);
  return refused.length === 1 && refused[0] ? refused[0] : { anyOf: refused };
};

const contentOf = (examples: readonly Example[], reply?: z.ZodType): ZodOpenApiContentObject => {
  const replyType = reply instanceof z.ZodString ? HTML : JSON_TYPE;
  const content: ZodOpenApiContentObject = {};
  for (const type of [JSON_TYPE, HTML]) {
    const said = examples.filter((example) => example.type === type);
    const replied = reply && type === replyType ? reply : undefined;
    if (said.length === 0 && !replied) continue;
    const byCode = Object.fromEntries(said.map(({ code, value }) => [code, { value }]));
    content[type] = { schema: schemaOf(said, replied), ...(said.length > 0 && { examples: byCode }) };
  }
  return content;
};

const responseOf = (examples: readonly Example[], reply?: z.ZodType, mayRepeat = false): ZodOpenApiResponseObject => {
  const said = Object.assign({}, ...examples.map((example) => example.headers));
  const content = contentOf(examples, reply);
  return {
    description: [...(reply ? ["Done"] : []), ...examples.map(({ code }) => code)].join(", "),
    headers: {
      ...headerRef("X-Request-Id"),
      ...(mayRepeat && headerRef("Idempotency-Replayed")),
      ...Object.fromEntries(
        Object.entries(said).map(([name, example]) => [name, { schema: { type: "string" }, example }]),
      ),
    },
    ...(Object.keys(content).length > 0 && { content }),
  };
};

/** What an endpoint may refuse, each as it is really said, in the order of the checks. */
export const refusalsAt = (row: AnyContract): readonly Example[] => {
  const codes = [...edgeCodesBefore(row), ...row.mayRefuse, "BUSY", "FAULT"];
  return [...new Set(codes)].map((code) => exampleOf(row, code));
};

/** All answers of an endpoint, by status: 200 for the reply and whatever is refused with it. */
export const responsesOf = (row: AnyContract): ZodOpenApiResponsesObject => {
  const { 200: refusedWith200 = [], ...others } = Object.groupBy(refusalsAt(row), ({ status }) => status);
  return {
    200: responseOf(refusedWith200, row.reply, !row.route.startsWith("GET")),
    ...Object.fromEntries(Object.entries(others).map(([status, examples]) => [status, responseOf(examples ?? [])])),
  };
};
