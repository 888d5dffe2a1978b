/** Prints contracts as one OpenAPI 3.1 document. At build time only: it would double a function's bundle. */
import * as z from "zod";
import {
  createDocument,
  type oas31,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import type { AnyContract } from "#edge/contract";
import { print } from "#edge/middleware/respond";
import { type EdgeCode, type Facts, refuse } from "#kernel/refusal";

type Schema = oas31.SchemaObject;
type Headers = oas31.HeadersObject;

const slices: Readonly<Record<string, string>> = {
  partner: "SONECT partner API: users and check-in.",
  withdrawal: "SONECT integrator API: cash withdrawals.",
  sale: "SBC connecting party: card sales.",
  pos: "SWiP: orders at the till and in the app.",
  approval: "Activation, login codes and transaction approvals.",
};

const headers = {
  "X-Request-Id": {
    description: "Names the request; the log knows it by this.",
    required: true,
    schema: { type: "string" },
  },
  "Idempotency-Replayed": {
    description: "Present when the request had been done before: the answer is repeated, nothing happens again.",
    schema: { type: "string", enum: ["true"] },
  },
} as const satisfies Headers;

const headerRef = (name: keyof typeof headers) => ({ [name]: { $ref: `#/components/headers/${name}` } });

/** What the edge says at this endpoint, in the order of its checks; UNKNOWN_ROUTE is said elsewhere. */
const edgeCodesBefore = ({ auth, request }: AnyContract): readonly EdgeCode[] => [
  ...(auth ? (["UNAUTHENTICATED", "FORBIDDEN"] as const) : []),
  "RATE_LIMITED",
  ...(request ? (["MALFORMED"] as const) : []),
];

const exampleFacts: Readonly<Record<string, Facts>> = { RATE_LIMITED: { retryAfterSeconds: 1 } };

/** A refusal as it is really said. */
interface Example {
  readonly code: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly type: string | undefined;
  readonly value: unknown;
}

const exampleOf = ({ dialect }: AnyContract, code: string): Example => {
  const answer = dialect(refuse(code, exampleFacts[code]));
  const { body, headers: printed } = print(answer);
  const type = body === undefined ? undefined : String(printed?.["content-type"]);
  const value: unknown = type === "application/json" && body !== undefined ? JSON.parse(body) : body;
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

const contentOf = (examples: readonly Example[], reply?: z.ZodType): ZodOpenApiResponseObject["content"] => {
  const byType = Object.groupBy(examples, ({ type }) => type ?? "none");
  const json = "application/json";
  const types = new Set([...(reply ? [json] : []), ...Object.keys(byType)].filter((type) => type !== "none"));
  return Object.fromEntries(
    [...types].map((type) => {
      const said = byType[type] ?? [];
      const schema = schemaOf(said, type === json ? reply : undefined);
      const examplesByCode = Object.fromEntries(said.map(({ code, value }) => [code, { value }]));
      return [type, { schema, ...(said.length > 0 && { examples: examplesByCode }) }];
    }),
  );
};

const responseOf = (examples: readonly Example[], reply?: z.ZodType): ZodOpenApiResponseObject => {
  const said = Object.assign({}, ...examples.map((example) => example.headers));
  const content = contentOf(examples, reply);
  return {
    description: [...(reply ? ["Done"] : []), ...examples.map(({ code }) => code)].join(", "),
    headers: {
      ...headerRef("X-Request-Id"),
      ...(reply && headerRef("Idempotency-Replayed")),
      ...Object.fromEntries(
        Object.entries(said).map(([name, example]) => [name, { schema: { type: "string" }, example }]),
      ),
    },
    ...(content && Object.keys(content).length > 0 && { content }),
  };
};

const responsesOf = (row: AnyContract): ZodOpenApiResponsesObject => {
  const codes = [...edgeCodesBefore(row), ...row.mayRefuse, "BUSY", "FAULT"];
  const { 200: refusedWith200 = [], ...others } = Object.groupBy(
    [...new Set(codes)].map((code) => exampleOf(row, code)),
    ({ status }) => status,
  );
  return {
    200: responseOf(refusedWith200, row.reply),
    ...Object.fromEntries(Object.entries(others).map(([status, examples]) => [status, responseOf(examples ?? [])])),
  };
};

/** The scheme's ways to show a credential, any of which will do, under their names in the document. */
const securityOf = ({ auth }: AnyContract): Record<string, oas31.SecuritySchemeObject> =>
  Object.fromEntries(
    (auth?.openapi ?? []).map((way, at, { length }) => [
      length === 1 ? `${auth?.name}` : `${auth?.name}-${way.name ?? way.scheme ?? at}`,
      way as oas31.SecuritySchemeObject,
    ]),
  );

const sliceOf = ({ name }: AnyContract): string => name.split("/")[0] ?? name;

const operationOf = (row: AnyContract): ZodOpenApiOperationObject => {
  const parameters = [...row.route.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return {
    operationId: row.name.replace("/", "_"),
    summary: row.summary,
    tags: [sliceOf(row)],
    security: Object.keys(securityOf(row)).map((name) => ({ [name]: [] })),
    ...(parameters.length > 0 && {
      parameters: parameters.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
    }),
    ...(row.request && { requestBody: { required: true, content: { "application/json": { schema: row.request } } } }),
    responses: responsesOf(row),
  };
};

const pathsOf = (contracts: readonly AnyContract[]): ZodOpenApiPathsObject => {
  const paths: ZodOpenApiPathsObject = {};
  for (const row of contracts) {
    const [verb = "", path = ""] = row.route.split(" ");
    paths[path] = { ...paths[path], [verb.toLowerCase()]: operationOf(row) };
  }
  return paths;
};

/** The document of these contracts: a plain object; throws when a schema cannot be described. */
export const openApi = (
  contracts: readonly AnyContract[],
  { version, servers }: { readonly version: string; readonly servers: oas31.ServerObject[] },
): ReturnType<typeof createDocument> =>
  createDocument({
    openapi: "3.1.0",
    info: {
      title: "Tillgate",
      version,
      description: "A serverless payments desk between a bank, wallet or merchant and its partner protocols.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers,
    tags: [...new Set(contracts.map(sliceOf))].map((name) => ({ name, description: slices[name] ?? name })),
    paths: pathsOf(contracts),
    components: { headers, securitySchemes: Object.assign({}, ...contracts.map(securityOf)) },
  });
