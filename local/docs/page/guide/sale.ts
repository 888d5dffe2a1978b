/** How card sales go (sbc.md 1, 3). */
import { html } from "../html.ts";
import type { Guide } from "./guide.ts";

/** The connecting party. */
export const saleGuide: Guide = {
  slice: "sale",
  lead: html`<p>A merchant's back end gets an access token for a consumer's app. The app begins a sale and hands what it is told, with the card, to SBC's gateway: the card's number never comes here. The gateway has the sale checked, charges, tells which card it was, and how it ended. <code>amountCentis</code> is hundredths of a unit in every currency. Whatever identifies a sale or its caller and is wrong is answered by one and the same 403; the log says why.</p>`,
  sides: [
    html`
<section><h3>Playing the gateway</h3>
<p>Signatures are HMAC-SHA1 of the values one after the other, with nothing between them, under the control key decoded from hex. <code>npm run gateway -- serve</code> is a gateway that makes them, and without <code>serve</code> it tries a connecting party and reports. The sandbox's control key of <code>sbc-merchant</code> is <code>00112233-4455-6677-8899-AABBCCDDEEFF</code>. Vectors, code to copy and a whole sale by hand are in <code>docs/protocols/sale.md</code>.</p></section>`,
  ],
};
