/** Examples as one would type them into a shell, and as one would read them there. */
import { SANDBOX_URL } from "../openapi.ts";
import type { SecurityScheme } from "./description.ts";
import { escaped, type Html, html, raw } from "./html.ts";

/** The day on which the schemas' examples play. The shell puts today in its place, lest what it sends has expired. */
const EXAMPLE_DAY = /\b2026-11-25/g;
const TODAY = "$(date -u +%F)";

/** JSON with its names, texts and other values told apart, for the style sheet to colour. */
const coloured = (json: string): string =>
  json.replace(
    /("(?:[^"\\]|\\.)*")(\s*:)?|-?\b\d[\d.]*|\b(?:true|false|null)\b/g,
    (token, text: string | undefined, colon: string | undefined) => {
      if (text === undefined) return `<i class="v">${token}</i>`;
      const kind = colon === undefined ? "t" : "n";
      return `<i class="${kind}">${escaped(text)}</i>${colon ?? ""}`;
    },
  );

/** A value as JSON, one member a line. */
const pretty = (value: unknown): string => JSON.stringify(value, undefined, 2);

const figure = (caption: string, code: Html): Html =>
  html`<figure><figcaption>${caption}</figcaption><pre><code>${code}</code></pre></figure>`;

/** A body that is answered. */
export const answerFigure = (status: number, value: unknown): Html =>
  figure(`Answer, ${status}`, raw(coloured(pretty(value))));

/** The option of curl that shows a credential. */
const credentialOption = ({ type, name, scheme }: SecurityScheme, secret: string): string => {
  if (type === "apiKey") return `-H '${name}: ${secret}'`;
  return scheme === "basic" ? `-u '${secret}'` : `-H 'Authorization: Bearer ${secret}'`;
};

/** A request to the sandbox. */
export const curlFigure = (
  { verb, path }: { readonly verb: string; readonly path: string },
  credential: { readonly scheme: SecurityScheme; readonly secret: string } | undefined,
  body: unknown,
): Html => {
  const options = [
    ...(verb === "GET" || (verb === "POST" && body !== undefined) ? [] : [`-X ${verb}`]),
    ...(credential ? [credentialOption(credential.scheme, credential.secret)] : []),
    ...(body === undefined ? [] : ["-H 'Content-Type: application/json'", "-d @- <<END"]),
  ];
  const command = escaped([`curl -i ${SANDBOX_URL}${path}`, ...options].join(" \\\n  "));
  const sent = body === undefined ? "" : `\n${coloured(pretty(body)).replace(EXAMPLE_DAY, TODAY)}\nEND`;
  return figure("Request to the sandbox", raw(`${command}${sent}`));
};
