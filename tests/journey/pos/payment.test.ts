/** swip.md 10, rows 1-13: one order of 100 with 10 off, paid in the app or at the till, and closed, in both modes of payment. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interleaved } from "../../support/interleaving.ts";
import type { Body } from "../../support/market.ts";
import {
  bind,
  close,
  create,
  pay,
  type Standing,
  said,
  standing,
  standingIn,
  standingOf,
  succeeded,
  told,
} from "../../support/pos.ts";
import { BACK, expectEnd, type Mode, modes, openP, paidBy, WALLET, WHOLE } from "./payment.ts";

const failed = standing({ status: "CANCELLED", cancelReason: "CLOSE_FAILED", ...BACK });

/** What is in the wallet, and what is held of it, once P is paid. */
const inWallet: Readonly<Record<Mode, readonly [bigint, bigint]>> = {
  hold: [41_000n, 9_000n],
  debit: [41_000n, 0n],
};

describe.each(modes)("with %s", (mode) => {
  test("swip #1: created and viewed in the app, it is open and unpaid", async () => {
    const market = await openP(mode);
    const id = await create(market);
    expect(await standingOf(market, id)).toEqual(standing({ payable: 100, loyalty: 0 }));
    const viewed = succeeded(await market.viewOrder(id));
    expect(standingIn(viewed)).toEqual(standing());
    expect([viewed.discount, viewed.pointsDiscount, viewed.customerId]).toEqual([10, 0, null]);
    await expectEnd(market, id, standing(), WHOLE);
  });

  test("swip #2: paid in the app, it is open, and 90 are paid", async () => {
    const market = await openP(mode);
    const id = await bind(market);
    const answered = succeeded(await market.payOrder(id, { paymentId: "p-1", payable: 90 }));
    const stands = standing({ paid: 90, payment: paidBy(mode) });
    expect(standingIn(answered)).toEqual(stands);
    expect(answered.customerId).toBe(null);
    await expectEnd(market, id, stands, inWallet[mode]);
  });

  test("swip #3: closed with 90, it is closed and captured", async () => {
    const market = await openP(mode);
    const id = await pay(market);
    const answered = succeeded(await market.closeOrder(id, { amount: 90 }));
    const stands = standing({
      status: "CLOSED",
      amount: 90,
      paid: 90,
      payment: { ...WALLET, status: "CAPTURED", captured: 90 },
    });
    expect(standingIn(answered)).toEqual(stands);
    expect(answered.customerId).toBe("c-1");
    await expectEnd(market, id, stands, [41_000n, 0n]);
  });

  test("swip #4: closed with 45, half goes back, of the loyalty too", async () => {
    const market = await openP(mode);
    const id = await pay(market);
    const answered = succeeded(await market.closeOrder(id, { amount: 45 }));
    const stands = standing({
      status: "CLOSED",
      amount: 45,
      paid: 45,
      loyaltyReturned: 5,
      payment: { ...WALLET, status: "CAPTURED", captured: 45 },
    });
    expect(standingIn(answered)).toEqual(stands);
    await expectEnd(market, id, stands, [45_500n, 0n]);
  });

  test("swip #5: closed with more than was paid, it is cancelled and all goes back", async () => {
    const market = await openP(mode);
    const id = await pay(market);
    const answered = await market.closeOrder(id, { amount: 95 });
    expect([said(answered), told(answered).description]).toEqual(["409 1013", "Above paid, money returned"]);
    await expectEnd(market, id, failed, WHOLE);
  });

  test("swip #6: closed with 0, it is closed and all goes back", async () => {
    const market = await openP(mode);
    const id = await pay(market);
    const answered = succeeded(await market.closeOrder(id, { amount: 0 }));
    const stands = standing({ status: "CLOSED", amount: 0, ...BACK });
    expect(standingIn(answered)).toEqual(stands);
    await expectEnd(market, id, stands, WHOLE);
  });

  test.each<readonly [string, Body]>([
    ["no body", undefined],
    ["no amount", {}],
    ["nothing but other fields", { sum: 90, otp: "1" }],
    ["null", '{"amount":null}'],
    ["a text", '{"amount":"90"}'],
    ["a negative amount", '{"amount":-90}'],
    ["a negative nothing", '{"amount":-0}'],
    ["an exponent", '{"amount":9e1}'],
    ["a fraction of a cent", '{"amount":89.999}'],
    ["more than there is", '{"amount":10000000000.01}'],
  ])("swip #7: closed with %s, it is cancelled and all goes back", async (_, body) => {
    const market = await openP(mode);
    const id = await pay(market);
    const answered = await market.closeOrder(id, body);
    expect(said(answered)).toBe("400 1003");
    expect(told(answered).fieldErrors.map(({ field }: { field: string }) => field)).toEqual(["amount"]);
    await expectEnd(market, id, failed, WHOLE);
  });

  test("swip #8: to be paid at the till, its loyalty is fixed, and the app pays no more", async () => {
    const market = await openP(mode);
    const id = await bind(market);
    const stands = standing({ payment: { method: "CASH" } });
    expect(standingIn(succeeded(await market.payAtTill(id, { method: "CASH" })))).toEqual(stands);
    expect(said(await market.payOrder(id, { paymentId: "p-1" }))).toBe("409 1010");
    expect(said(await market.redeemPoints(id, { points: 0 }))).toBe("409 1010");
    await expectEnd(market, id, stands, WHOLE);
  });

  test("swip #9: paid at the till and closed, it is captured without us", async () => {
    const market = await openP(mode);
    const id = await bind(market);
    succeeded(await market.payAtTill(id, { method: "CASH" }));
    succeeded(await market.closeOrder(id, { amount: 90 }));
    const stands = standing({
      status: "CLOSED",
      amount: 90,
      paid: 90,
      payment: { status: "CAPTURED", method: "CASH", captured: 90 },
    });
    await expectEnd(market, id, stands, WHOLE);
  });

  test("swip #10: never seen by an app, it is closed with 100", async () => {
    const market = await openP(mode);
    const id = await create(market);
    const answered = succeeded(await market.closeOrder(id, { amount: 100 }));
    const stands = standing({
      status: "CLOSED",
      amount: 100,
      paid: 100,
      payable: 100,
      loyalty: 0,
      payment: { status: "CAPTURED", captured: 100 },
    });
    expect(standingIn(answered)).toEqual(stands);
    expect(answered.customerId).toBe(null);
    await expectEnd(market, id, stands, WHOLE);
  });

  test("swip #11: closed again with the same amount is a replay, with another it is closed already", async () => {
    const market = await openP(mode);
    const id = await close(market);
    const before = succeeded(await market.getOrder(id));
    const again = await market.closeOrder(id, '{"amount":90.00}');
    expect([said(again), told(again)]).toEqual(["200 replayed", before]);
    expect(said(await market.closeOrder(id, { amount: 80 }))).toBe("409 1014");
    expect(said(await market.closeOrder(id))).toBe("409 1014");
    expect(succeeded(await market.getOrder(id))).toEqual(before);
    await expectEnd(market, id, standingIn(before), [41_000n, 0n]);
  });

  test("swip #12: a close that failed fails again with the same amount, and another comes too late", async () => {
    const market = await openP(mode);
    const id = await pay(market);
    const first = await market.closeOrder(id, { amount: 95 });
    const again = await market.closeOrder(id, { amount: 95 });
    expect([first, again].map(said)).toEqual(["409 1013", "409 replayed 1013"]);
    expect(said(await market.closeOrder(id, { amount: 90 }))).toBe("409 1014");
    await expectEnd(market, id, failed, WHOLE);
  });

  test("swip #13: paid and closed with 0 at once, nothing is taken", async () => {
    const property = fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const { replace, raceOf } = interleaved(scheduler);
      const market = await openP(mode, { replace });
      const id = await bind(market);
      const [paying, closing] = await raceOf(() => [
        market.payOrder(id, { paymentId: "p-1" }),
        market.closeOrder(id, { amount: 0 }),
      ]);
      expect(closing && said(closing)).toBe("200");
      const ends: Readonly<Record<string, Standing>> = {
        "200": standing({ status: "CLOSED", amount: 0, ...BACK }),
        "409 1007": standing({ status: "CLOSED", amount: 0, loyaltyReturned: 10 }),
      };
      const end = paying && ends[said(paying)];
      if (end === undefined) throw new Error(`paying was answered ${paying?.status} ${paying?.body}`);
      await expectEnd(market, id, end, WHOLE);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});
