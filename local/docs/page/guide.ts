/** What the page tells before and besides its endpoints. */
import type { Machine } from "#kernel/machine";
import { fundsInWords, stateInWords } from "../machines.ts";
import { SANDBOX_URL } from "../openapi.ts";
import type { Found } from "../sources.ts";
import { USUAL_BODY_BYTES } from "./endpoint.ts";
import { approvalGuide } from "./guide/approval.ts";
import type { Guide } from "./guide/guide.ts";
import { posGuide } from "./guide/pos.ts";
import { saleGuide } from "./guide/sale.ts";
import { withdrawalGuide } from "./guide/withdrawal.ts";
import { type Html, html } from "./html.ts";

/** The introductions of slices; one that has none is told by its tables alone. */
const guides: readonly Guide[] = [withdrawalGuide, saleGuide, posGuide, approvalGuide];

/** A chapter before the endpoints. */
export interface Chapter {
  readonly anchor: string;
  readonly title: string;
  readonly text: Html;
}

/** What all protocols share (lib/edge). */
export const chapters: readonly Chapter[] = [
  {
    anchor: "start",
    title: "Start here",
    text: html`<p><code>npm start</code> serves a sandbox at <code>${SANDBOX_URL}</code>. Paste any request of this page into a shell, and it is answered there. The credentials in them are public and work nowhere else; those of a deployed stage come from its administrator.</p>`,
  },
  {
    anchor: "requests",
    title: "Requests",
    text: html`<p>A body is a JSON object in UTF-8 with <code>Content-Type: application/json</code>, of at most ${USUAL_BODY_BYTES.toLocaleString("en")} bytes where nothing else is said. Unknown fields are ignored, repeated member names refused; a field is required unless it says otherwise. Numbers are written plainly, without exponent. Money is read from the digits as they are written, never through a float. Instants are UTC and end in <code>Z</code>, with up to three fraction digits.</p>`,
  },
  {
    anchor: "answers",
    title: "Answers",
    text: html`<p>Every answer has <code>X-Request-Id</code>: tell it when you ask about a request. A refusal comes in the protocol's own words and may have status 200, so look into the body before you believe the status. Refusals have codes on this page; they name what the words mean, and are not sent. Of several that apply, the first one in an endpoint's list is said.</p>`,
  },
  {
    anchor: "repeating",
    title: "Repeating",
    text: html`<p>A connection that breaks, or an answer of 500, leaves open whether anything was done. Send the same request again: what had been done before is not done twice, and is answered as it was the first time, with <code>Idempotency-Replayed: true</code>. Never take an unknown outcome for a refusal.</p>`,
  },
];

const lifeOf = ({ name, table: { moves, states } }: Found<Machine>): Html => html`
<section><h3>The ${name}'s life</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Moves of the ${name}"><table>
<thead><tr><th scope="col">Move</th><th scope="col">From</th><th scope="col">To</th><th scope="col">Money</th><th scope="col">By</th></tr></thead>
<tbody>${Object.entries(moves).map(
  ([move, { from, to, funds, by }]) =>
    html`<tr><th scope="row">${move}</th><td>${from.join(", ") || "–"}</td><td>${to}</td><td>${fundsInWords[funds] || "–"}</td><td>${by}</td></tr>\n`,
)}</tbody></table></div>
<ul>${Object.entries(Object.groupBy(Object.entries(states), ([, row]) => stateInWords(row))).map(
  ([words, same = []]) => html`<li><b>${same.map(([state]) => state).join(", ")}</b>: ${words}</li>`,
)}</ul></section>`;

/** What the page tells of a slice before its endpoints. */
export const guideOf = (slice: string, machines: readonly Found<Machine>[]): Html => {
  const guide = guides.find((one) => one.slice === slice);
  const lives = machines.filter((found) => found.slice === slice).map(lifeOf);
  const sides = [...(guide?.sides ?? []), ...lives];
  return html`${guide?.lead}${sides.length > 0 ? html`<div class="sides">${sides}</div>` : undefined}`;
};
