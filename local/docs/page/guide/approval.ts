/** How approvals go, and how to be the phone (approvals.md 1, 3). */
import { html } from "../html.ts";
import type { Guide } from "./guide.ts";

/** The core and the device API. */
export const approvalGuide: Guide = {
  slice: "approval",
  lead: html`<p>A bank's channel starts a transaction for a customer, or for one device; the customer's phone lists it, shows its content and signs the answer; the channel asks how it is until it is final. The core API can approve nothing, the device API can start nothing. Read <code>Success</code> before <code>Status</code>: a failure has <code>"Status":0</code> too, and 0 also means rejected. Misspellings and spaces at the ends of texts are the protocol's.</p>`,
  sides: [
    html`
<section><h3>Being the phone</h3>
<p>A device signs each request by <code>PF-Signature</code>, ECDSA P-256 over a frame of what it asks, and each decision over a frame of what it was shown. <code>npm run device</code> is such a phone, with real keys in a file: <code>activate</code> it by a code of <code>GetActivationOtp</code>, then <code>pending</code>, <code>approve</code>, <code>reject</code>; <code>--verbose</code> prints every byte that is signed. Frames, vectors and code to copy are in <code>docs/protocols/approval.md</code>.</p></section>`,
  ],
};
