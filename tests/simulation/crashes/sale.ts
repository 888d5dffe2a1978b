/** The sale slice's calls that commit. */
import { expect } from "vitest";
import { HOUR_MS } from "#kernel/time";
import { type Checkout, openCheckout } from "../../support/checkout.ts";
import type { Answered } from "../../support/desk.ts";
import { takeReckoning } from "../../support/reckoning.ts";
import {
  type Begun,
  begin,
  beginChecked,
  callbackOf,
  checkOf,
  initiation,
  itemsOf,
  notificationOf,
} from "../../support/sale.ts";
import type { Crash } from "./crash.ts";

type Act = (checkout: Checkout, begun: Begun) => Promise<Answered>;

interface Calls extends Pick<Crash, "again"> {
  /** Whether the sale that is asked about was checked before. */
  readonly isChecked?: boolean;
  readonly asked: Act;
  readonly rival: Act;
  /** Expects what a repeated call has led to. */
  readonly conclude?: (checkout: Checkout, repeated: Answered) => void;
}

const crash = (endpoint: string, act: string, { isChecked, asked, rival, conclude, again }: Calls): Crash => ({
  endpoint,
  act,
  ...(again && { again }),
  open: async (replace) => {
    const checkout = await openCheckout(replace);
    const begun = await (isChecked ? beginChecked(checkout) : begin(checkout));
    return {
      world: checkout.world,
      ask: () => asked(checkout, begun),
      rival: () => rival(checkout, begun),
      overdueInMs: HOUR_MS,
      examine: async () => takeReckoning(checkout),
      conclude: (repeated) => repeated && conclude?.(checkout, repeated),
    };
  },
});

const once = { "idempotency-key": "once" };
const initiate =
  (amountCentis: number, headers = {}): Act =>
  (checkout, { accessToken }) =>
    checkout.initiate(initiation(accessToken, { "transaction.amountCentis": amountCentis }), headers);
const check =
  (session: string): Act =>
  (checkout, begun) =>
    checkout.check(begun.invoiceId, checkOf(begun, { "session.token": session }));
const notify =
  (serverCardId: string): Act =>
  (checkout, begun) =>
    checkout.notify(notificationOf(begun, { "sourceCard.reference.serverCardId": serverCardId }));
const callback =
  (status: string): Act =>
  (checkout, begun) =>
    checkout.callback(callbackOf(begun, { status }));

/** Nothing is alike in them but that both are done, or refused. */
const alike: Crash["again"] = (repeated, again) => expect(again.status).toBe(repeated.status);

/** Each of them. */
export const saleCrashes: readonly Crash[] = [
  crash("sale/requestAccessToken", "a new one", {
    asked: ({ requestToken }) => requestToken(),
    rival: ({ requestToken }) => requestToken(),
    again: alike,
  }),
  crash("sale/initiate", "another", { asked: initiate(7), rival: initiate(8), again: alike }),
  crash("sale/initiate", "with a key", {
    asked: initiate(7, once),
    rival: initiate(8, once),
    conclude: (checkout, { status }) => {
      const amounts = itemsOf(checkout, "sale").map(({ amountCentis }) => amountCentis);
      const begun = amounts.filter((amount) => amount === 7n);
      // Refused: the key is the rival's by then, or the token is over.
      if (status === 200) expect(amounts.slice(1)).toEqual([7n]);
      else expect([begun.length <= 1, [400, 403].includes(status)]).toEqual([true, true]);
    },
  }),
  crash("sale/check", "a right one", {
    asked: check("the-session-of-the-gateway"),
    rival: check("another-session-of-the-gateway"),
    conclude: (checkout, { status }) => {
      expect([200, 403]).toContain(status);
      expect(itemsOf(checkout, "saleSession").length).toBeLessThanOrEqual(1);
    },
  }),
  crash("sale/notify", "a new card", {
    isChecked: true,
    asked: notify("1001"),
    rival: notify("1002"),
    conclude: (checkout, { status }) => {
      const [sale] = itemsOf(checkout, "sale");
      expect(sale?.serverCardId).toBe(status === 200 ? "1001" : "1002");
      expect(itemsOf(checkout, "saleCard")).toHaveLength(1);
    },
  }),
  crash("sale/callback", "an approval", {
    isChecked: true,
    asked: callback("approved"),
    rival: callback("declined"),
    conclude: (checkout, { status }) => {
      expect(status).toBe(200);
      const [sale] = itemsOf(checkout, "sale");
      const ends = ["approved", "approved CONFLICTING_FINAL", "declined CONFLICTING_FINAL"];
      expect(ends).toContain([sale?.state, sale?.anomalies].filter(Boolean).join(" "));
    },
  }),
];
