/** What the page tells before and besides its endpoints. */
import type { Machine } from "#kernel/machine";
import { type SandboxAccount, sandboxTenants } from "../../sandbox/values.ts";
import { fundsInWords, stateInWords } from "../machines.ts";
import { SANDBOX_URL } from "../openapi.ts";
import type { Found } from "../sources.ts";
import { type Html, html } from "./html.ts";

/** A chapter before the endpoints. */
export interface Chapter {
  readonly anchor: string;
  readonly title: string;
  readonly text: Html;
}

/** What all protocols share (sonect.md section 1; lib/edge). */
export const chapters: readonly Chapter[] = [
  {
    anchor: "start",
    title: "Start here",
    text: html`<p><code>npm start</code> serves a sandbox at <code>${SANDBOX_URL}</code>. Paste any request of this page into a shell, and it is answered there. The credentials in them are public and work nowhere else; those of a deployed stage come from its administrator.</p>`,
  },
  {
    anchor: "requests",
    title: "Requests",
    text: html`<p>A request is a JSON object in UTF-8 with <code>Content-Type: application/json</code>, of at most 32,768 bytes. Unknown fields are ignored, repeated member names refused. Texts are trimmed; null and an empty text mean that an optional field is absent. Numbers are written plainly, without exponent. Money is read from the digits as they are written, never through a float. Instants are UTC and end in <code>Z</code>, with up to three fraction digits.</p>`,
  },
  {
    anchor: "answers",
    title: "Answers",
    text: html`<p>Every answer has <code>X-Request-Id</code>: tell it when you ask about a request. A refusal comes in the protocol's own words and may have status 200, so look into the body before you believe the status. The codes in the tables below are ours; they name what the words mean, and are not sent.</p>`,
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

const accountRow = ({ userId, opening, currency, limits = {}, mode, state }: SandboxAccount): Html => {
  const bounds = Object.entries(limits).map(([window, most]) => `${most} a ${window}`);
  const notes = [...(mode === "skip" ? ["the bank books nothing"] : []), ...(state ? [state] : []), ...bounds];
  return html`<tr><th scope="row">${String(userId)}</th><td class="amount">${opening ?? "0.00"} ${currency}</td><td>${notes.join(", ") || "no limits"}</td></tr>\n`;
};

const withdrawalGuide = (): Html => html`
<section><h3>Accounts to try</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Accounts of the sandbox"><table>
<thead><tr><th scope="col">userId</th><th scope="col">Opening</th><th scope="col">Limits</th></tr></thead>
<tbody>${sandboxTenants[0]?.accounts.map(accountRow)}</tbody></table></div>
<p>Put the <code>TransactionId</code> that a start is answered with into its settlement or cancellation. Pasted twice in a day, a start is one order: for another, change the reference.</p></section>`;

const guides: Readonly<Record<string, () => Html>> = { withdrawal: withdrawalGuide };

const leads: Readonly<Record<string, Html>> = {
  withdrawal: html`<p>Start an order when a customer asks for cash: its amount is held. Settle it when the cash has been handed out, or cancel it; an order of which nothing is heard gives the money back at its expiry. <code>ResultCode</code> 0 means done, anything else is a refusal, also with status 200.</p>`,
};

/** What the page tells of a slice before its endpoints. */
export const guideOf = (slice: string, machines: readonly Found<Machine>[]): Html => {
  const lives = machines.filter((found) => found.slice === slice).map(lifeOf);
  const sides = [...(guides[slice] ? [guides[slice]()] : []), ...lives];
  return html`${leads[slice]}${sides.length > 0 ? html`<div class="sides">${sides}</div>` : undefined}`;
};
