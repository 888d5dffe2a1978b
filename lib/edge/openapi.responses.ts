/** What an endpoint may answer, as OpenAPI describes it: the reply's schema, and each refusal as it is really said. */
import * as z from "zod";
import type { oas31, ZodOpenApiContentObject, ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from "zod-openapi";
import type { AnyContract } from "#edge/contract";
import { print } from "#edge/middleware/respond";
import { utter } from "#edge/middleware/speak";
import { type Facts, refuse } from "#kernel/refusal";

type Schema = oas31.SchemaObject;

const JSON_TYPE = "application/json";
const HTML = "text/html";

/** What a refusal adds where an example of it is printed. */
const exampleFacts: Readonly<Record<string, Facts>> = { RATE_LIMITED: { retryAfterSeconds: 1 } };

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

/** What is said at this endpoint before the use case, in the order of the checks; UNKNOWN_ROUTE is said elsewhere. */
const codesBefore = ({ auth, limit, wishLimit, parameters, request }: AnyContract): readonly string[] => [
  ...(auth ? (auth.mayRefuse ?? ["UNAUTHENTICATED"]) : []),
  ...(limit ? ["RATE_LIMITED"] : []),
  ...(parameters || request ? ["MALFORMED"] : []),
  ...(wishLimit ? ["RATE_LIMITED"] : []),
];

/** A refusal as it is really said. */
export interface Example {
  readonly code: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Its media type; absent: no body. */
  readonly type: string | undefined;
  readonly value: unknown;
}

const exampleOf = ({ dialect }: AnyContract, code: string): Example => {
  const answer = utter(dialect, refuse(code, exampleFacts[code]));
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
  if (Array.isArray(value)) {
    const [items, ...more] = distinct(value.map(shapeOf));
    if (items === undefined) return { type: "array" };
    return { type: "array", items: more.length === 0 ? items : { anyOf: [items, ...more] } };
  }
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

/** A reply and the media type that it is said in. */
interface Reply {
  readonly schema: z.ZodType;
  readonly type: string;
}

const replyOf = ({ reply, mediaType }: AnyContract): Reply | undefined =>
  reply && { schema: reply, type: mediaType ?? (reply instanceof z.ZodString ? HTML : JSON_TYPE) };

const contentOf = (examples: readonly Example[], reply?: Reply): ZodOpenApiContentObject => {
  const content: ZodOpenApiContentObject = {};
  const types = [reply?.type, ...examples.map(({ type }) => type)].filter((type) => type !== undefined);
  for (const type of new Set(types)) {
    const said = examples.filter((example) => example.type === type);
    const replied = type === reply?.type ? reply.schema : undefined;
    const byCode = Object.fromEntries(said.map(({ code, value }) => [code, { value }]));
    content[type] = { schema: schemaOf(said, replied), ...(said.length > 0 && { examples: byCode }) };
  }
  return content;
};

const responseOf = (examples: readonly Example[], done?: AnyContract): ZodOpenApiResponseObject => {
  const said = Object.assign({}, ...examples.map((example) => example.headers));
  const content = contentOf(examples, done && replyOf(done));
  return {
    description: [...(done ? ["Done"] : []), ...examples.map(({ code }) => code)].join(", "),
    headers: {
      ...headerRef("X-Request-Id"),
      ...(done?.replays && headerRef("Idempotency-Replayed")),
      ...Object.fromEntries(
        Object.entries(said).map(([name, example]) => [name, { schema: { type: "string" }, example }]),
      ),
    },
    ...(Object.keys(content).length > 0 && { content }),
  };
};

/** What an endpoint may refuse, each as it is really said, in the order of the checks. */
export const refusalsAt = (row: AnyContract): readonly Example[] => {
  const codes = [...codesBefore(row), ...row.mayRefuse, "BUSY", "FAULT"];
  return [...new Set(codes)].map((code) => exampleOf(row, code));
};

/** All answers of an endpoint, by status: the reply's, with whatever is refused under the same, and the others. */
export const responsesOf = (row: AnyContract): ZodOpenApiResponsesObject => {
  const { status: done = 200 } = row;
  const { [done]: refusedAlike = [], ...others } = Object.groupBy(refusalsAt(row), ({ status }) => status);
  return {
    [done]: responseOf(refusedAlike, row),
    ...Object.fromEntries(Object.entries(others).map(([status, examples]) => [status, responseOf(examples ?? [])])),
  };
};
