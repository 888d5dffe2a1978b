/** An endpoint as a section of the page. */
import type { AnyContract } from "#edge/contract";
import { type Example, refusalsAt } from "#edge/openapi.responses";
import { sandboxTenants } from "../../sandbox/values.ts";
import { retryInWords } from "../refusals.ts";
import type { RefusalTable } from "../sources.ts";
import { type Description, exampleOf, type Operation, replyOf, requestOf, type SecurityScheme } from "./description.ts";
import { answerFigure, curlFigure } from "./example.ts";
import { fieldTable } from "./fields.ts";
import { escaped, type Html, html, prose, raw } from "./html.ts";

/** The sandbox's credential for each scheme, by the scheme's name. */
const sandboxSecrets: Readonly<Record<string, string | undefined>> = { integratorToken: sandboxTenants[0]?.token };

/** An endpoint, and what the page has on it. */
export interface Endpoint {
  readonly contract: AnyContract;
  readonly operation: Operation;
  readonly verb: string;
  readonly path: string;
  readonly schemes: readonly SecurityScheme[];
}

/** The endpoint of a contract; throws when the document does not have it. */
export const endpointOf = (contract: AnyContract, { paths, components }: Description): Endpoint => {
  const [verb = "", path = ""] = contract.route.split(" ");
  const operation = paths[path]?.[verb.toLowerCase()];
  if (!operation) throw new Error(`${contract.route} is not in the OpenAPI document`);
  const named = operation.security.flatMap((choice) => Object.keys(choice));
  const schemes = named.flatMap((name) => components.securitySchemes[name] ?? []);
  return { contract, operation, verb, path, schemes };
};

/** Where the page has an endpoint. */
export const anchorOf = ({ contract }: Endpoint): string => contract.name.replace("/", "-");

/** What the page calls an endpoint: `startOrder` is "Start order". */
export const titleOf = ({ contract }: Endpoint): string => {
  const words = (contract.name.split("/")[1] ?? "").replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

const headerOf = ({ type, name, scheme }: SecurityScheme): string => {
  if (type === "apiKey") return `${name}: <token>`;
  return scheme === "basic" ? "Authorization: Basic <base64 of id:secret>" : "Authorization: Bearer <token>";
};

const authenticationOf = ({ schemes }: Endpoint): Html => {
  if (schemes.length === 0) return html`<p>None: anybody may ask.</p>`;
  const [first, ...others] = schemes.map((scheme) => html`<code>${headerOf(scheme)}</code>`);
  return html`<p>${first}${others.map((other) => html` or ${other}`)}</p>`;
};

/** Where a status belongs: 2xx, 4xx or 5xx. */
const classOf = (status: number): string => `s${Math.floor(status / 100)}`;

/** A long line of JSON, to be broken after a comma where it has to be. */
const breakable = (json: string): Html => raw(escaped(json).replaceAll(",", ",<wbr>"));

const refusalRow = (said: Example, refusals: RefusalTable): Html => {
  const row = refusals[said.code];
  if (!row) throw new Error(`no table of refusals has ${said.code}`);
  const headers = Object.entries(said.headers).map(([name, value]) => html`<br><code>${name}: ${value}</code>`);
  const body = said.value === undefined ? html`no body` : html`<code>${breakable(JSON.stringify(said.value))}</code>`;
  return html`
<tr role="row"><td role="cell"><span class="status ${classOf(said.status)}">${said.status}</span></td>
<td role="cell">${body}${headers}</td>
<th role="rowheader" scope="row"><code>${said.code}</code> <span>${prose(row.says)}</span></th><td role="cell">${retryInWords[row.retry]}</td></tr>`;
};

const refusalTable = (endpoint: Endpoint, refusals: RefusalTable): Html => html`<div class="wide">
<h4>Refusals</h4>
<table role="table" class="refusals" aria-label="Refusals of ${titleOf(endpoint)} in order of precedence">
<thead role="rowgroup"><tr role="row">${["HTTP", "Body", "Refusal", "Try again"].map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">${refusalsAt(endpoint.contract).map((said) => refusalRow(said, refusals))}
</tbody></table></div>`;

const examplesOf = (endpoint: Endpoint): Html => {
  const { contract, operation, schemes } = endpoint;
  const [request, reply] = [requestOf(operation), replyOf(operation)];
  const [scheme] = schemes;
  const secret = sandboxSecrets[contract.auth?.name ?? ""];
  if (scheme && secret === undefined) throw new Error(`the sandbox has no credential for ${contract.auth?.name}`);
  const credential = scheme && secret !== undefined ? { scheme, secret } : undefined;
  return html`<div class="examples">${curlFigure(endpoint, credential, request && exampleOf(request))}
${reply && answerFigure(200, exampleOf(reply))}</div>`;
};

/** The section. */
export const endpointSection = (endpoint: Endpoint, refusals: RefusalTable): Html => {
  const { operation, verb, path } = endpoint;
  const [request, reply] = [requestOf(operation), replyOf(operation)];
  const title = titleOf(endpoint);
  return html`
<article id="${anchorOf(endpoint)}" class="endpoint" aria-label="${title}">
<div class="words">
<h3><a href="#${anchorOf(endpoint)}">${title}</a></h3>
<p class="route"><span class="verb ${verb.toLowerCase()}">${verb}</span> <code>${path}</code></p>
<p>${prose(operation.summary)}</p>
<h4>Authentication</h4>
${authenticationOf(endpoint)}
${request && html`<h4>Request</h4>\n${fieldTable(`Request fields of ${title}`, request, true)}`}
<h4>Answer</h4>
${reply ? fieldTable(`Answer fields of ${title}`, reply, false) : html`<p>An HTML page.</p>`}
</div>
${examplesOf(endpoint)}
${refusalTable(endpoint, refusals)}
</article>`;
};
