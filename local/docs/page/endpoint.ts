/** An endpoint as a section of the page, and a shape that several of them speak of. */
import { type AnyContract, routesOf } from "#edge/contract";
import { refusalsAt } from "#edge/openapi.responses";
import { credentialFor } from "../../sandbox/credentials.ts";
import { authenticationLink, showsCredential } from "./authentication.ts";
import {
  type Description,
  exampleOf,
  mediaTypeOf,
  type Operation,
  replyOf,
  requestOf,
  type Schema,
} from "./description.ts";
import { curlFigure, jsonFigure } from "./example.ts";
import { fieldList, parameterList } from "./fields.ts";
import { type Html, html, prose } from "./html.ts";
import { refusalLinks } from "./refusalList.ts";
import { type Shapes, shapeAnchor, shapeLink } from "./shapes.ts";
import { sliceOf, words } from "./words.ts";

/** An endpoint, and what the document has on it. */
export interface Endpoint {
  readonly contract: AnyContract;
  readonly operation: Operation;
}

/** The endpoint of a contract; throws when the document does not have it. */
export const endpointOf = (contract: AnyContract, { paths }: Description): Endpoint => {
  const [verb = "", path = ""] = contract.route.split(" ");
  const operation = paths[path]?.[verb.toLowerCase()];
  if (!operation) throw new RangeError(`${contract.route} is not in the OpenAPI document`);
  return { contract, operation };
};

/** Where the page has an endpoint. */
export const anchorOf = ({ name }: AnyContract): string => name.replace("/", "-");

/** What the page calls an endpoint: `startOrder` is "Start order". */
export const titleOf = ({ name }: AnyContract): string => words(name.split("/")[1] ?? "");

/** A route with its verb as a badge. */
export const routeLine = (route: string): Html => {
  const [verb = "", path = ""] = route.split(" ");
  return html`<b class="${verb.toLowerCase()}">${verb}</b> <code>${path}</code>`;
};

/** What is said in a place: the fields, or the name of a shape that is told elsewhere. */
const saidAs = (schema: Schema, shapes: Shapes, isRequest: boolean): Html => {
  const name = shapes.named(schema);
  return name === undefined ? fieldList(schema, shapes, isRequest) : html`<p>${shapeLink(name)}</p>`;
};

/** The longest body of an endpoint that says nothing of it, in bytes; the guide tells it. */
export const USUAL_BODY_BYTES = 32_768;

const requestNotes = ({ maxBodyBytes = USUAL_BODY_BYTES, bodyIsOptional }: AnyContract): Html | undefined => {
  const notes = [
    ...(maxBodyBytes === USUAL_BODY_BYTES ? [] : [`At most ${maxBodyBytes.toLocaleString("en")} bytes.`]),
    ...(bodyIsOptional ? ["May be left out."] : []),
  ];
  return notes.length > 0 ? html`<p>${notes.join(" ")}</p>` : undefined;
};

const requestPart = ({ contract, operation }: Endpoint, shapes: Shapes): Html => {
  const { parameters = [] } = operation;
  const request = requestOf(operation);
  return html`${parameters.length > 0 ? html`<h4>Parameters</h4>\n${parameterList(parameters, shapes)}\n` : undefined}${
    request && html`<h4>Request</h4>\n${requestNotes(contract)}${saidAs(request, shapes, true)}\n`
  }`;
};

const answerPart = ({ contract, operation }: Endpoint, shapes: Shapes): Html => {
  const { status = 200, replays } = contract;
  const reply = replyOf(operation, status);
  const type = mediaTypeOf(operation, status);
  const other = html`<p>${type === undefined ? "No body." : html`<code>${type}</code>`}</p>`;
  const repeated = replays ? html`<p>Repeated, a request that was done is answered as it was.</p>` : undefined;
  return html`<h4>Answer, ${status}</h4>\n${reply ? saidAs(reply, shapes, false) : other}${repeated}`;
};

/** The figures; a shape's example stands where the shape does. */
const examplesOf = ({ contract, operation }: Endpoint, shapes: Shapes): Html => {
  const { auth, route, status = 200 } = contract;
  const [verb = "", path = ""] = route.split(" ");
  const [request, reply] = [requestOf(operation), replyOf(operation, status)];
  const asking = {
    verb,
    path,
    parameters: operation.parameters ?? [],
    credential: showsCredential(auth) ? credentialFor(auth.name) : undefined,
    body: request && exampleOf(request, shapes.schemas),
  };
  const isToldHere = reply && shapes.named(reply) === undefined;
  const answer = isToldHere ? jsonFigure(`Answer, ${status}`, exampleOf(reply, shapes.schemas)) : undefined;
  return html`<div class="examples">${curlFigure(asking, shapes.schemas)}\n${answer}</div>`;
};

const article = (anchor: string, title: string, told: Html, shown: Html): Html => html`
<article id="${anchor}" class="endpoint">
<div>
<h3><a href="#${anchor}">${title}</a></h3>
${told}
</div>
${shown}
</article>`;

/** The section of an endpoint; `usual` are the refusals that all of its slice share. */
export const endpointSection = (endpoint: Endpoint, shapes: Shapes, usual: readonly string[]): Html => {
  const { contract, operation } = endpoint;
  const codes = refusalsAt(contract).map(({ code }) => code);
  const own = codes.filter((code) => !usual.includes(code));
  const told = html`${routesOf(contract).map((route) => html`<p class="route">${routeLine(route)}</p>\n`)}<p>${prose(operation.summary)}</p>
<p>${authenticationLink(contract.auth)}${operation.description && ` ${operation.description}`}</p>
${requestPart(endpoint, shapes)}${answerPart(endpoint, shapes)}${own.length > 0 ? html`\n<h4>Refusals</h4>\n${refusalLinks(sliceOf(contract), own)}` : undefined}`;
  return article(anchorOf(contract), titleOf(contract), told, examplesOf(endpoint, shapes));
};

/** The section of a shape. */
export const shapeSection = (name: string, shapes: Shapes): Html => {
  const schema = shapes.schemas[name] ?? {};
  const told = html`${schema.description && html`<p>${prose(schema.description)}</p>\n`}${fieldList(schema, shapes, false)}`;
  const shown = html`<div class="examples">${jsonFigure(name, exampleOf(schema, shapes.schemas))}</div>`;
  return article(shapeAnchor(name), name, told, shown);
};
