/** Prints docs/openapi.json: the contracts as one OpenAPI 3.1 document. */
import { openApi } from "#edge/openapi";
import type { Sources } from "./sources.ts";

/** Where `npm start` serves. */
export const SANDBOX_URL = "http://127.0.0.1:3000";

/** The document, pretty-printed. */
export const printOpenApi = ({ contracts, version }: Sources): string => {
  const servers = [{ url: SANDBOX_URL, description: "The sandbox that `npm start` serves." }];
  return `${JSON.stringify(openApi(contracts, { version, servers }), undefined, 2)}\n`;
};
