/** How orders at tills go, and what campaigns and points do (swip.md 1, 6, 8). */
import { html } from "../html.ts";
import type { Guide } from "./guide.ts";

/** Tills and apps. */
export const posGuide: Guide = {
  slice: "pos",
  lead: html`<p>A till opens an order and shows its <code>sessionCode</code>. The customer's app finds the order by it, looks at it, which makes it the customer's and takes off what loyalty gives, and pays <code>payable</code> from the wallet, or says that it is paid at the till. The till polls: <code>paid</code> says whether somebody has paid. It closes with what was paid, once; 0 gives everything back, and so does a close that fails. Amounts are in major units of the merchant's currency.</p>`,
  sides: [
    html`
<section><h3>Playing both sides</h3>
<p><code>npm run till -- 60 2x20</code> is a till of the sandbox's <code>SWTS</code> that sells for 100, and <code>npm run app -- --till 1 --token "$(npm run --silent admin -- app-token c-1)"</code> the app of customer <code>c-1</code> that pays there. Product <code>promo</code> has 10 % off. What is the vendor's and what is ours, and how loyalty is reckoned, is in <code>docs/protocols/pos.md</code>.</p></section>`,
  ],
};
