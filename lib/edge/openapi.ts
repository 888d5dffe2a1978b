/** Prints contracts as one OpenAPI 3.1 document. At build time only: zod-openapi has no place in a function's bundle. */
import * as z from "zod";
import { createDocument, type oas31, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { type AnyContract, type Limit, type Route, routesOf } from "#edge/contract";
import { headers, responsesOf } from "#edge/openapi.responses";

const slices: Readonly<Record<string, string>> = {
  partner: "SONECT partner API: users and check-in; and the web SDK that a check-in opens.",
  withdrawal: "SONECT integrator API: cash withdrawals.",
  sale: "SBC connecting party: card sales.",
  pos: "SWiP: orders at the till and in the app.",
  approval: "Activation, login codes and transaction approvals.",
  desk: "The desk itself: whether it serves, and how it is spoken to.",
};

/** The credentials that the scheme accepts, under their names in the document. */
const securityOf = ({ auth }: AnyContract): Record<string, oas31.SecuritySchemeObject> =>
  Object.fromEntries(
    (auth?.openapi ?? []).map((shown, _, { length }) => [
      length === 1 ? `${auth?.name}` : `${auth?.name}-${shown.type === "http" ? shown.scheme : shown.name}`,
      { ...shown },
    ]),
  );

const sliceOf = ({ name }: AnyContract): string => name.split("/")[0] ?? name;

const objectIn = (schema: unknown): z.ZodObject | undefined => {
  if (schema instanceof z.ZodPipe) return objectIn(schema.in);
  return schema instanceof z.ZodObject ? schema : undefined;
};

/** What is read of the path, the query and the headers, as zod-openapi takes it; throws where a segment is read by nobody. */
const parametersOf = ({ name, parameters }: AnyContract, route: Route): ZodOpenApiOperationObject["requestParams"] => {
  const { path, query, headers: header } = objectIn(parameters)?.shape ?? {};
  const named = [...route.matchAll(/\{(\w+)\}/g)].map(([, segment = ""]) => segment);
  const segments = objectIn(path)?.shape ?? {};
  // An alias may have fewer segments where they may be missing; where one is there, it is.
  const isRead = ([segment, schema]: readonly [string, z.core.$ZodType]): boolean =>
    named.includes(segment) || !z.safeParse(schema, undefined).success;
  const known = Object.entries(segments).filter(isRead);
  if (
    named.toSorted().join() !==
    known
      .map(([segment]) => segment)
      .toSorted()
      .join()
  )
    throw new RangeError(`${name} reads ${Object.keys(segments).join() || "nothing"} of the path ${route}`);
  const required = known.map(([segment, schema]) => [
    segment,
    schema instanceof z.ZodOptional ? schema.unwrap() : schema,
  ]);
  const read = {
    path: known.length > 0 ? z.object(Object.fromEntries(required)) : undefined,
    query: objectIn(query),
    header: objectIn(header),
  };
  return Object.fromEntries(Object.entries(read).filter(([, schema]) => schema !== undefined));
};

/** How often one may ask, in words. */
const paceOf = ({ limit, wishLimit }: AnyContract): string | undefined => paceIn(limit ?? wishLimit);

const paceIn = (limit: Omit<Limit<never>, "by"> | undefined): string | undefined =>
  limit && `Each ${limit.per} may ask ${limit.burst} times at once, and once more every ${limit.everyMs} ms.`;

/** The routes beside the first are the same operation; an operation's id is unique. */
const operationOf = (row: AnyContract, route: Route, nth: number): ZodOpenApiOperationObject => {
  const requestParams = parametersOf(row, route);
  const description = paceOf(row);
  return {
    operationId: `${row.name.replace("/", "_")}${nth === 0 ? "" : nth + 1}`,
    summary: row.summary,
    ...(description !== undefined && { description }),
    tags: [sliceOf(row)],
    security: Object.keys(securityOf(row)).map((name) => ({ [name]: [] })),
    ...(requestParams && Object.keys(requestParams).length > 0 && { requestParams }),
    ...(row.request && {
      requestBody: { required: !row.bodyIsOptional, content: { "application/json": { schema: row.request } } },
    }),
    responses: responsesOf(row),
  };
};

const pathsOf = (contracts: readonly AnyContract[]): ZodOpenApiPathsObject => {
  const paths: ZodOpenApiPathsObject = {};
  for (const row of contracts) {
    for (const [nth, route] of routesOf(row).entries()) {
      const [verb = "", path = ""] = route.split(" ");
      paths[path] = { ...paths[path], [verb.toLowerCase()]: operationOf(row, route, nth) };
    }
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
