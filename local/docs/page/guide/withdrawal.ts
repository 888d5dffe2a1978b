/** How withdrawals go, and accounts to try them on (sonect.md 1, 4; sandbox.md). */
import { type SandboxAccount, sandboxTenants } from "../../../sandbox/values/tenants.ts";
import { type Html, html } from "../html.ts";
import type { Guide } from "./guide.ts";

const accountRow = ({ userId, opening, currency, limits = {}, mode, state }: SandboxAccount): Html => {
  const bounds = Object.entries(limits).map(([window, most]) => `${most} a ${window}`);
  const notes = [...(mode === "skip" ? ["the bank books nothing"] : []), ...(state ? [state] : []), ...bounds];
  return html`<tr><th scope="row">${String(userId)}</th><td class="amount">${opening ?? "0.00"} ${currency}</td><td>${notes.join(", ") || "no limits"}</td></tr>\n`;
};

const accounts = html`
<section><h3>Accounts to try</h3>
<div class="scroll" tabindex="0" role="region" aria-label="Accounts of the sandbox"><table>
<thead><tr><th scope="col">userId</th><th scope="col">Opening</th><th scope="col">Limits</th></tr></thead>
<tbody>${sandboxTenants[0]?.accounts.map(accountRow)}</tbody></table></div>
<p>Put the <code>TransactionId</code> that a start is answered with into its settlement or cancellation. Pasted twice in a day, a start is one order: for another, change the reference.</p></section>`;

/** The integrator API. */
export const withdrawalGuide: Guide = {
  slice: "withdrawal",
  lead: html`<p>Start an order when a customer asks for cash: its amount is held. Settle it when the cash has been handed out, or cancel it; an order of which nothing is heard gives the money back at its expiry. <code>ResultCode</code> 0 means done, anything else is a refusal, also with status 200. Texts are trimmed; null and an empty text mean that an optional field is absent.</p>`,
  sides: [accounts],
};
