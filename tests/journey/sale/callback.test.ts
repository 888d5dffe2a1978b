/** sbc.md 4.5, 5: how sales end. */
import { describe, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "#kernel/time";
import { A, type Checkout, openCheckout } from "../../support/checkout.ts";
import {
  type Begun,
  begin,
  beginChecked,
  callbackOf,
  checkOf,
  malformed,
  REFUSED,
  said,
  seenBy,
  stateOf,
} from "../../support/sale.ts";

const OK = "200 OK";

/** A desk with a checked sale, and with one that was only begun. */
const openBoth = async () => {
  const checkout = await openCheckout();
  return { checkout, checked: await beginChecked(checkout), begun: await begin(checkout) };
};

type Changes = Parameters<typeof callbackOf>[1];

/** Calls back about a sale, expects that it is acknowledged, and tells how the sale is then. */
const stateAfter = async (checkout: Checkout, begun: Begun, changes: Changes = {}): Promise<string> => {
  expect(said(await checkout.callback(callbackOf(begun, changes)))).toBe(OK);
  return stateOf(checkout, begun);
};

describe("a callback", () => {
  test("sbc #24: approves a checked sale, once", async () => {
    const { checkout, checked } = await openBoth();
    expect(await stateAfter(checkout, checked)).toBe("approved");
    const seen = await seenBy(checkout, checked);
    checkout.world.clock.advance(MINUTE_MS);
    expect(await stateAfter(checkout, checked)).toBe("approved");
    expect(await seenBy(checkout, checked)).toEqual(seen);
    expect(seen).toMatchObject({ gatewayStatus: "approved", orderId: "900001", finalAt: "2026-11-25T08:00:00.000Z" });
  });

  test.each([
    ["declined", "declined"],
    ["filtered", "declined"],
    ["error", "failed"],
    ["processing", "checked"],
    ["unknown", "checked"],
    ["chain_declined", "checked"],
    ["Approved", "checked"],
  ])("sbc #25: with status %s leaves a checked sale %s", async (status, state) => {
    const { checkout, checked } = await openBoth();
    expect(await stateAfter(checkout, checked, { status })).toBe(state);
    expect(await stateAfter(checkout, checked, { status })).toBe(state);
  });

  test("sbc #26: that is forged, or about no sale, is refused and changes nothing", async () => {
    const { checkout, checked } = await openBoth();
    const forged = [
      { ...callbackOf(checked), status: "declined" },
      { ...callbackOf(checked), orderid: "900002" },
      { ...callbackOf(checked), control: "0".repeat(40) },
      { ...callbackOf(checked), control: "none" },
      callbackOf(checked, {}, A.controlKey.replaceAll("-", "")),
      callbackOf(checked, {}, A.controlKey.toLowerCase()),
      callbackOf({ invoiceId: "7f3f0d0e-6f0b-4a37-9b1e-2f6f2d7f1a10" }),
      callbackOf({ invoiceId: "not#a sale" }),
      {
        ...callbackOf(
          { invoiceId: "7f3f0d0e-6f0b-4a37-9b1e-2f6f2d7f1a10" },
          {},
          "00000000-0000-0000-0000-000000000000",
        ),
      },
    ];
    for (const query of forged) expect([query, said(await checkout.callback(query))]).toEqual([query, REFUSED]);
    expect(await stateOf(checkout, checked)).toBe("checked");
    const { control = "", ...query } = callbackOf(checked);
    expect(said(await checkout.callback({ ...query, control: control.toUpperCase() }))).toBe(OK);
  });

  test("sbc #27: that contradicts the end of a sale is noted beside it, and nothing else", async () => {
    const { checkout, checked } = await openBoth();
    expect(await stateAfter(checkout, checked)).toBe("approved");
    const before = await seenBy(checkout, checked);
    expect(await stateAfter(checkout, checked, { status: "declined" })).toBe("approved CONFLICTING_FINAL");
    expect(await stateAfter(checkout, checked, { status: "error" })).toBe("approved CONFLICTING_FINAL");
    expect(await seenBy(checkout, checked)).toEqual({ ...before, anomalies: ["CONFLICTING_FINAL"] });
  });

  test("sbc #28: approves nothing that was not checked, and is judged again when it comes again; a no is a no", async () => {
    const { checkout, begun } = await openBoth();
    expect(await stateAfter(checkout, begun)).toBe("initiated APPROVED_UNCHECKED");
    expect((await checkout.check(begun.invoiceId, checkOf(begun, { "session.token": "s".repeat(16) }))).status).toBe(
      200,
    );
    expect(await stateAfter(checkout, begun)).toBe("approved APPROVED_UNCHECKED");
    const declined = await begin(checkout);
    expect(await stateAfter(checkout, declined, { status: "declined" })).toBe("declined");
    expect(
      (await checkout.check(declined.invoiceId, checkOf(declined, { "session.token": "t".repeat(16) }))).status,
    ).toBe(403);
  });

  test("sbc #29: of a type that moves no sale is acknowledged, and changes nothing", async () => {
    const { checkout, checked } = await openBoth();
    expect(await stateAfter(checkout, checked, { type: "reversal", amount: "1.00" })).toBe("checked");
    await checkout.change(A, { callbackTypes: ["sale", "reversal"] });
    expect(await stateAfter(checkout, checked, { type: "reversal" })).toBe("approved");
  });

  test("sbc #30: approves for as long as an outcome is waited for, and is late from then on", async () => {
    const checkout = await openCheckout();
    const [early, late] = [await beginChecked(checkout), await beginChecked(checkout, {}, "session-of-the-other")];
    checkout.world.clock.advance(14 * DAY_MS);
    expect(await stateAfter(checkout, early)).toBe("approved");
    checkout.world.clock.advance(DAY_MS - 1);
    expect(await stateOf(checkout, late)).toBe("checked");
    checkout.world.clock.advance(1);
    expect(await stateOf(checkout, late)).toBe("expired");
    expect(await stateAfter(checkout, late)).toBe("expired LATE_CALLBACK");
  });

  test("after a session that was never checked is late, whatever it says", async () => {
    const { checkout, begun } = await openBoth();
    checkout.world.clock.advance(15 * MINUTE_MS);
    expect(await stateAfter(checkout, begun, { status: "declined" })).toBe("expired LATE_CALLBACK");
  });

  test.each([
    ["10.5", "approved"],
    ["10.500", "approved"],
    ["10.51", "approved AMOUNT_MISMATCH"],
    ["1050", "approved AMOUNT_MISMATCH"],
    ["10,50", "approved AMOUNT_MISMATCH"],
    ["-10.50", "approved AMOUNT_MISMATCH"],
  ])("of %s leaves a sale of 10.50 %s", async (amount, state) => {
    const { checkout, checked } = await openBoth();
    expect(await stateAfter(checkout, checked, { amount })).toBe(state);
  });

  test("goes by the sale's own key or any that is in use, and by none that is retired", async () => {
    const checkout = await openCheckout();
    const [one, two, three] = [await begin(checkout), await begin(checkout), await begin(checkout)];
    const next = "ffeeddcc-bbaa-9988-7766-554433221100";
    await checkout.addKey(A, "k2", next);
    const declined = { status: "declined" };
    expect(said(await checkout.callback(callbackOf(one, declined, A.controlKey)))).toBe(OK);
    expect(said(await checkout.callback(callbackOf(two, declined, next)))).toBe(OK);
    await checkout.retireKey(A, "k1");
    expect(said(await checkout.callback(callbackOf(three, declined, A.controlKey)))).toBe(REFUSED);
    expect(said(await checkout.callback(callbackOf(three, declined, next)))).toBe(OK);
  });

  test.each([
    ["", "amount, client_orderid, control, merchant_order, orderid, status, type"],
    ["?amount=&client_orderid=i&control=c&merchant_order=m&orderid=o&status=s&type=t", "amount"],
    ["?amount=1&client_orderid=i&control=c&merchant_order=m&orderid=o&orderid=p&status=s&type=t", "orderid"],
    [
      `?amount=1&client_orderid=i&control=${"c".repeat(129)}&merchant_order=m&orderid=%00&status=s&type=t`,
      "control, orderid",
    ],
  ])("asked as %s is malformed", async (query, names) => {
    const { call } = await openCheckout();
    expect(said(await call(`GET /sale/callback${query}`))).toBe(malformed("40006", `Invalid: ${names}`));
  });

  test("may say more than it has to, twice too", async () => {
    const { checkout, checked } = await openBoth();
    const query = new URLSearchParams(callbackOf(checked));
    expect(said(await checkout.call(`GET /sale/callback?${query}&descriptor=x&descriptor=y`))).toBe(OK);
  });
});
