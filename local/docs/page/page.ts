/** Prints docs/api.html: the OpenAPI document for the people who integrate, as one page that loads nothing and runs nothing. */
import { printOpenApi, SANDBOX_URL } from "../openapi.ts";
import type { RefusalTable, Sources } from "../sources.ts";
import { AUTHENTICATION, authenticationChapter } from "./authentication.ts";
import type { Description } from "./description.ts";
import { anchorOf, type Endpoint, endpointOf, endpointSection, routeLine, shapeSection, titleOf } from "./endpoint.ts";
import { chapters, guideOf } from "./guide.ts";
import { type Html, html, prose, raw } from "./html.ts";
import { refusalList, usualRefusals } from "./refusalList.ts";
import { type Shapes, shapesAt, shapesIn } from "./shapes.ts";
import { sliceOf } from "./words.ts";

/** A protocol: what its tag says up to the colon is its title, the rest explains it. */
interface Part {
  readonly slice: string;
  readonly title: string;
  readonly about: string;
  readonly endpoints: readonly Endpoint[];
  /** What its endpoints speak of by name and no part before it does. */
  readonly shapes: readonly string[];
}

const partsOf = ({ contracts }: Sources, description: Description, shapes: Shapes): readonly Part[] => {
  const told = new Set<string>();
  return description.tags.map(({ name, description: says }) => {
    const [title = "", about = ""] = says.replace(/\.$/, "").split(": ");
    const own = contracts.filter((row) => sliceOf(row) === name);
    const endpoints = own.map((row) => endpointOf(row, description));
    const named = shapesAt(endpoints, shapes).filter((shape) => !told.has(shape));
    for (const shape of named) told.add(shape);
    return { slice: name, title, about, endpoints, shapes: named };
  });
};

const entry = ({ contract }: Endpoint): Html => {
  const [verb = ""] = contract.route.split(" ");
  return html`<li><a href="#${anchorOf(contract)}">${titleOf(contract)} <small class="${verb.toLowerCase()}">${verb}</small></a></li>`;
};

const navigation = (title: string, parts: readonly Part[]): Html => html`
<nav aria-label="Contents">
<a class="home" href="#top">${title}</a>
<h2>Guide</h2>
<ul>${[...chapters, { anchor: AUTHENTICATION, title: "Authentication" }].map(({ anchor, title }) => html`<li><a href="#${anchor}">${title}</a></li>`)}</ul>
${parts.map(
  ({ slice, title, endpoints }) => html`<h2><a href="#${slice}">${title}</a></h2>
<ul>${endpoints.map(entry)}<li><a href="#${slice}-refusals">Refusals</a></li></ul>
`,
)}</nav>`;

const sentence = (text: string): string => (text === "" ? "" : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`);

/** The routes of a slice at a glance. */
const index = (endpoints: readonly Endpoint[]): Html => html`
<ul class="index">${endpoints.map(({ contract }) => html`<li><a href="#${anchorOf(contract)}">${routeLine(contract.route)}</a></li>`)}</ul>`;

const partSection = (part: Part, { machines, refusals }: Sources, shapes: Shapes): Html => {
  const { slice, title, about, endpoints } = part;
  const contracts = endpoints.map(({ contract }) => contract);
  const usual = usualRefusals(contracts);
  const known: RefusalTable = Object.assign({}, ...refusals.map(({ table }) => table));
  return html`
<section id="${slice}" class="part">
<div class="intro"><h2>${title}</h2>
<p class="lead">${prose(sentence(about))}</p>${guideOf(slice, machines)}${index(endpoints)}</div>
${endpoints.map((endpoint) => endpointSection(endpoint, shapes, usual))}
${part.shapes.map((name) => shapeSection(name, shapes))}
${refusalList(slice, contracts, known)}
</section>`;
};

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
  const shapes = shapesIn(description.components.schemas ?? {});
  const parts = partsOf(sources, description, shapes);
  const titles = Object.fromEntries(parts.map((part) => [part.slice, part.title]));
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
${authenticationChapter(sources.contracts, titles)}
${parts.map((part) => partSection(part, sources, shapes))}
</main>
</body>
</html>
`;
  return markup;
};
