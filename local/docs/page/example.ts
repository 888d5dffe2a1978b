/** Examples as one would type them into a shell, and as one would read them there. */
import type { Credential } from "../../sandbox/credential.ts";
import { headerOption, headersOf, optionsOf } from "../../sandbox/credential.ts";
import { SANDBOX_URL } from "../openapi.ts";
import { exampleOf, type Parameter, type Schemas } from "./description.ts";
import { escaped, type Html, html, raw } from "./html.ts";

/** The day on which the schemas' examples play. The shell puts today in its place, lest what it sends has expired. */
const EXAMPLE_DAY = /\b2026-11-25/g;
const TODAY = "$(date -u +%F)";

/** How wide a line of an example may be before its members stand one below the other: what a phone shows. */
const LINE_WIDTH = 56;

/** A value as JSON: on one line where it fits there. */
export const compactJson = (value: unknown, indent = ""): string => {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isArray = Array.isArray(value);
  const [open, close] = isArray ? ["[", "]"] : ["{", "}"];
  const within = (inner: string): readonly string[] =>
    isArray
      ? value.map((item) => compactJson(item, inner))
      : Object.entries(value)
          .filter(([, member]) => member !== undefined)
          .map(([name, member]) => `${JSON.stringify(name)}: ${compactJson(member, inner)}`);
  const line = `${open}${within("").join(", ")}${close}`;
  if (indent.length + line.length <= LINE_WIDTH && !line.includes("\n")) return line;
  const inner = `${indent}  `;
  return `${open}\n${within(inner)
    .map((member) => `${inner}${member}`)
    .join(",\n")}\n${indent}${close}`;
};

/** JSON with its names (b), texts (i) and other values (u) told apart, for the style sheet to colour. */
const coloured = (json: string): string =>
  json.replace(
    /("(?:[^"\\]|\\.)*")(\s*:)?|-?\b\d[\d.]*|\b(?:true|false|null)\b/g,
    (token, text: string | undefined, colon: string | undefined) => {
      if (text === undefined) return `<u>${token}</u>`;
      return colon === undefined ? `<i>${escaped(text)}</i>` : `<b>${escaped(text)}</b>${colon}`;
    },
  );

const figure = (caption: string, code: Html): Html =>
  html`<figure><figcaption>${caption}</figcaption><pre><code>${code}</code></pre></figure>`;

/** A body that is said. */
export const jsonFigure = (caption: string, value: unknown): Html => figure(caption, raw(coloured(compactJson(value))));

/** What a request to the sandbox is made of. */
export interface Asking {
  readonly verb: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** Absent: anybody may ask. */
  readonly credential?: Credential | undefined;
  /** Absent: no body. */
  readonly body?: unknown;
}

/** A path with examples for its `{names}`; without one, a shell's variable. */
const filled = (path: string, exampleNamed: (name: string) => unknown): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const example = exampleNamed(name);
    return example === undefined ? `$${name}` : encodeURIComponent(String(example));
  });

/** A query of the fields that are required or have an example. */
const queryOf = (fields: readonly Parameter[], exampleNamed: (name: string) => unknown): string => {
  const told = fields
    .map(({ name, required }) => ({ name, value: exampleNamed(name), required }))
    .filter(({ value, required }) => required || value !== undefined)
    .map(({ name, value }) => `${name}=${encodeURIComponent(String(value ?? ""))}`);
  return told.length > 0 ? `?${told.join("&")}` : "";
};

const targetOf = ({ path, parameters }: Asking, schemas: Schemas): string => {
  const exampleNamed = (where: Parameter["in"]) => (name: string) => {
    const found = parameters.find((parameter) => parameter.in === where && parameter.name === name);
    return found && exampleOf(found.schema, schemas);
  };
  const query = parameters.filter((parameter) => parameter.in === "query");
  const url = `${SANDBOX_URL}${filled(path, exampleNamed("path"))}${queryOf(query, exampleNamed("query"))}`;
  return /[?&$]/.test(url) ? `"${url}"` : url;
};

/** The headers that a request has to have, but for those of its credential. */
const headerOptions = ({ parameters, credential }: Asking, schemas: Schemas): readonly string[] => {
  const shown = credential ? Object.keys(headersOf(credential)).map((name) => name.toLowerCase()) : [];
  return parameters
    .filter(({ name, required, in: where }) => where === "header" && required && !shown.includes(name.toLowerCase()))
    .map(({ name, schema }) => headerOption(name, String(exampleOf(schema, schemas) ?? "")));
};

/** A body as curl takes it: in a document that the shell looks through for `$`, where days are to be today's. */
const bodyOf = (body: unknown): { readonly option: string; readonly document: string } => {
  const json = compactJson(body);
  if (json.search(EXAMPLE_DAY) < 0) return { option: "-d @- <<'END'", document: `\n${coloured(json)}\nEND` };
  const guarded = coloured(json).replace(/[\\$`]/g, "\\$&");
  return { option: "-d @- <<END", document: `\n${guarded.replace(EXAMPLE_DAY, TODAY)}\nEND` };
};

/** A request to the sandbox. */
export const curlFigure = (asking: Asking, schemas: Schemas): Html => {
  const { verb, credential, body } = asking;
  const sent = body === undefined ? undefined : bodyOf(body);
  const isPlain = verb === "GET" || (verb === "POST" && sent !== undefined);
  const command = [
    `curl -i ${targetOf(asking, schemas)}`,
    ...(isPlain ? [] : [`-X ${verb}`]),
    ...(credential ? optionsOf(credential) : []),
    ...headerOptions(asking, schemas),
    ...(sent ? [headerOption("Content-Type", "application/json"), sent.option] : []),
  ].join(" \\\n  ");
  return figure("Request to the sandbox", raw(`${escaped(command)}${sent?.document ?? ""}`));
};
