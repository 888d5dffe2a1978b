/** Prints docs/api.html: the OpenAPI document for the people who integrate, as one page that loads nothing and runs nothing. */
import { printOpenApi, SANDBOX_URL } from "../openapi.ts";
import type { Sources } from "../sources.ts";
import type { Description } from "./description.ts";
import { anchorOf, type Endpoint, endpointOf, endpointSection, titleOf } from "./endpoint.ts";
import { chapters, guideOf } from "./guide.ts";
import { type Html, html, prose, raw } from "./html.ts";

/** A protocol: what its tag says up to the colon is its title, the rest explains it. */
interface Part {
  readonly slice: string;
  readonly title: string;
  readonly about: string;
  readonly endpoints: readonly Endpoint[];
}

const partsOf = ({ contracts }: Sources, description: Description): readonly Part[] =>
  description.tags.map(({ name, description: says }) => {
    const [title = "", about = ""] = says.replace(/\.$/, "").split(": ");
    const own = contracts.filter((row) => row.name.startsWith(`${name}/`));
    return { slice: name, title, about, endpoints: own.map((row) => endpointOf(row, description)) };
  });

const navigation = (title: string, parts: readonly Part[]): Html => html`
<nav aria-label="Contents">
<a class="home" href="#top">${title}</a>
<h2>Guide</h2>
<ul>${chapters.map(({ anchor, title }) => html`<li><a href="#${anchor}">${title}</a></li>`)}</ul>
${parts.map(
  ({ slice, title, endpoints }) => html`<h2><a href="#${slice}">${title}</a></h2>
<ul>${endpoints.map((endpoint) => html`<li><a href="#${anchorOf(endpoint)}">${titleOf(endpoint)} <small class="${endpoint.verb.toLowerCase()}">${endpoint.verb}</small></a></li>`)}</ul>
`,
)}</nav>`;

const sentence = (text: string): string => (text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`);

/** A style sheet without its comments and indentation. */
const compact = (style: string): string =>
  style
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\n\s*/g, "\n")
    .trim();

/** The document. */
export const printPage = (sources: Sources): string => {
  const description: Description = JSON.parse(printOpenApi(sources));
  const { title, version, description: about } = description.info;
  const parts = partsOf(sources, description);
  const refusals = Object.assign({}, ...sources.refusals.map(({ table }) => table));
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} API</title>
<style>
${raw(compact(sources.style))}
</style>
</head>
<body id="top">
<a class="skip" href="#main">Skip to the contents</a>
${navigation(title, parts)}
<main id="main">
<header>
<h1>${title} API</h1>
<p class="lead">${about}</p>
<p class="version">Version ${version}. Base URL of the sandbox: <code>${SANDBOX_URL}</code></p>
</header>
<div class="chapters">
${chapters.map(({ anchor, title, text }) => html`<section id="${anchor}"><h2>${title}</h2>${text}</section>\n`)}</div>
${parts.map(
  ({ slice, title, about, endpoints }) => html`
<section id="${slice}" class="part">
<div class="intro"><h2>${title}</h2>
<p class="lead">${prose(sentence(about))}</p>${guideOf(slice, sources.machines)}</div>
${endpoints.map((endpoint) => endpointSection(endpoint, refusals))}
</section>`,
)}
</main>
</body>
</html>
`;
  return markup;
};
