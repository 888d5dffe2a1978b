/** Prints contracts as one OpenAPI 3.1 document. At build time only: zod-openapi has no place in a function's bundle. */
import { createDocument, type oas31, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { AnyContract } from "#edge/contract";
import { headers, responsesOf } from "#edge/openapi.responses";

const slices: Readonly<Record<string, string>> = {
  partner: "SONECT partner API: users and check-in.",
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
