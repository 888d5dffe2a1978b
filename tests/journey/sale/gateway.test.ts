/** Sales as they are played: app, desk and gateway over HTTP, with every fault that the gateway can have (sbc.md 8). */
import { describe, expect, test } from "vitest";
import { type FaultName, faultNames, hasToBeRefused, type Plan } from "../../../local/gateway/faults.ts";
import { openStub, stubAnswers } from "../../../local/gateway/stub.ts";
import { A, openCheckout } from "../../support/checkout.ts";
import { serveDesk } from "../../support/deskServer.ts";
import { CARD, openCounter, openMarket, stepsOf } from "../../support/gateway.ts";
import { seenBy, stateOf } from "../../support/sale.ts";

const ALTERED = { transaction: { amountCentis: 1, currency: "EUR" } };

describe("the gateway", () => {
  test("sbc #31: charges a sale from the app's Perform to the callback, and the card stays with it", async () => {
    const { begin, perform, status, settled, checkout, desk } = await openMarket();
    const sale = await begin();
    const performed = await perform(sale);
    const { token, orderId, ...kept } = await settled(sale);
    expect(performed).toEqual({ status: 200, said: { invoiceId: sale.invoiceId, session: { token } } });
    expect(stepsOf({ token, orderId, ...kept })).toEqual([
      "check | 200",
      "notification | 200",
      "callback approved | 200",
    ]);
    expect(await status(sale, token)).toEqual({
      status: 200,
      said: {
        bankOrderId: `bank-${orderId}`,
        invoiceId: sale.invoiceId,
        orderId,
        session: { token },
        state: "APPROVED",
        transaction: {
          amountCentis: 1050,
          commissionCentis: 0,
          orderCreatedDate: "2026-11-25T08:00:00.000Z",
          transactionCreatedDate: "2026-11-25T08:00:00.000Z",
        },
      },
    });
    const { state, orderId: told, sourceOfFunds, anomalies } = await seenBy(checkout, sale);
    expect([state, told, anomalies]).toEqual(["approved", orderId, []]);
    expect(sourceOfFunds.reference.clientCardId).toMatch(/^[0-9A-Za-z]{32}$/);
    const { twin, telemetry } = checkout.world;
    const everything = JSON.stringify([kept, desk.asked, twin.items(), telemetry], (_, value) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const secret of [CARD.number, CARD.holder.printedName, `"${CARD.securityCode}"`])
      expect(everything).not.toContain(secret);
  });

  test("sbc #31: takes a card again by the app's number of it, and no other consumer's", async () => {
    const { begin, perform, settled, checkout } = await openMarket();
    const first = await begin();
    await perform(first);
    await settled(first);
    const { clientCardId } = (await seenBy(checkout, first)).sourceOfFunds.reference;
    const byReference = { sourceOfFunds: { reference: { clientCardId, securityCode: "321" } } };
    const again = await begin();
    await perform(again, byReference);
    expect((await settled(again)).state).toBe("APPROVED");
    expect((await seenBy(checkout, again)).sourceOfFunds.reference.clientCardId).toBe(clientCardId);
    const foreign = await begin(undefined, { consumer: { id: "c-43" } });
    await perform(foreign, byReference);
    const declined = await settled(foreign);
    expect(stepsOf(declined)).toEqual(["check | 200", "callback declined | 200"]);
    expect(declined.why).toBe("check: no serverCardId, though a reference was used");
    expect(await stateOf(checkout, foreign)).toBe("declined");
  });

  test.each(stubAnswers.filter((answer) => answer !== "good"))(
    "sbc #31: charges nobody after a check that is answered with %s",
    async (answer) => {
      const checkout = await openCheckout();
      const stub = await openStub({ controlKey: A.controlKey, endpointId: "1234" }, answer);
      const { begin, perform, settled, status } = await openCounter(checkout, stub.base, { checkTimeoutMs: 200 });
      const sale = await begin();
      await perform(sale);
      const { token, state, steps } = await settled(sale);
      await stub.close();
      expect([state, steps.map(({ step, as }) => [step, as])]).toEqual([
        "DECLINED",
        [
          ["check", ""],
          ["callback", "declined"],
        ],
      ]);
      expect(stub.asked.filter((asked) => !asked.startsWith("GET /sale/callback?status=declined"))).toEqual([
        `POST /sale/${sale.invoiceId}/check`,
      ]);
      expect((await status(sale, token)).said).toMatchObject({ state: "DECLINED", errorCode: 1 });
    },
  );

  test("sbc #31: charges after a check that is answered as it should be, by a stub too", async () => {
    const checkout = await openCheckout();
    const stub = await openStub({ controlKey: A.controlKey, endpointId: "1234" }, "good");
    const { begin, perform, settled } = await openCounter(checkout, stub.base);
    const sale = await begin();
    await perform(sale);
    expect((await settled(sale)).state).toBe("APPROVED");
    await stub.close();
  });

  test("sbc #31: asks for no check where the app has altered what was signed", async () => {
    const { begin, perform, checkout, desk } = await openMarket();
    const sale = await begin();
    const { status, said } = await perform(sale, ALTERED);
    expect([status, said]).toMatchObject([403, { error: { cause: "FILTERED" } }]);
    expect(desk.asked).toEqual([]);
    expect(await stateOf(checkout, sale)).toBe("initiated");
  });
});

const GOOD = ["check | 200", "notification | 200", "callback approved | 200"] as const;

/** Of each fault: the steps, and the desk's state of the sale afterwards. */
const played: Readonly<Record<FaultName, readonly [steps: readonly string[], state: string]>> = {
  "check-again": [[...Array(9).fill("check repeated | 200"), ...GOOD], "approved"],
  "check-at-once": [[...Array(9).fill("check repeated | 200"), ...GOOD], "approved"],
  "wrong-nonce": [["check wrong-nonce | 403", "callback declined | 200"], "declined"],
  "wrong-signature": [["check wrong-signature | 403", "callback declined | 200"], "declined"],
  "wrong-serial": [["check wrong-serial | 403", "callback declined | 200"], "declined"],
  "wrong-access-token": [["check wrong-access-token | 403", "callback declined | 200"], "declined"],
  "second-session": [[GOOD[0], "check second-session | 403", GOOD[1], GOOD[2]], "approved"],
  "lower-case": [["check lower-case | 200", GOOD[1], GOOD[2]], "approved"],
  bare: [["check bare | 200", GOOD[1], GOOD[2]], "approved"],
  "extra-members": [["check extra-members | 200", GOOD[1], GOOD[2]], "approved"],
  "slow-check": [GOOD, "approved"],
  "lost-answer": [GOOD, "approved"],
  "notify-both": [[GOOD[0], GOOD[1], GOOD[1], GOOD[2]], "approved"],
  "notify-again": [[GOOD[0], GOOD[1], GOOD[1], GOOD[2]], "approved"],
  "notify-first": [["notification notify-first | 403", ...GOOD], "approved"],
  "callback-again": [[...GOOD, "callback callback-again approved | 200"], "approved"],
  "callback-conflict": [[...GOOD, "callback callback-conflict declined | 200"], "approved CONFLICTING_FINAL"],
  "callback-forged": [[GOOD[0], GOOD[1], "callback callback-forged | 403", GOOD[2]], "approved"],
  "boundary-shift": [["check boundary-shift | 403", "callback declined | 200"], "declined"],
};

/** Of each fault that has to be refused, where it is not: what is wrong, how the gateway's sale ends, and why. */
const ACCEPTED = "a wrong check was accepted";
const UNCHARGED = [[ACCEPTED], "DECLINED", `check: ${ACCEPTED}`];
const accepted: Readonly<Partial<Record<FaultName, readonly unknown[]>>> = {
  "wrong-nonce": UNCHARGED,
  "wrong-signature": UNCHARGED,
  "wrong-serial": UNCHARGED,
  "wrong-access-token": UNCHARGED,
  "boundary-shift": UNCHARGED,
  "second-session": [["a second session was accepted"], "APPROVED", undefined],
  "notify-first": [["a notification before the check was accepted"], "APPROVED", undefined],
  "callback-forged": [["a forged control was accepted"], "APPROVED", undefined],
};

describe("a gateway that is at fault", () => {
  test.each(faultNames.map((fault) => [fault, ...played[fault]] as const))(
    "%s: the desk stands it",
    async (fault, steps, state) => {
      const { begin, perform, settled, checkout } = await openMarket();
      const sale = await begin({ faults: [fault] });
      await perform(sale);
      expect(stepsOf(await settled(sale))).toEqual(steps);
      expect(await stateOf(checkout, sale)).toBe(state);
    },
  );

  test.each(faultNames.filter(hasToBeRefused))(
    "%s: a connecting party that refuses nothing is found out",
    async (fault) => {
      const checkout = await openCheckout();
      const stub = await openStub({ controlKey: A.controlKey, endpointId: "1234" }, "good");
      const { begin, perform, settled } = await openCounter(checkout, stub.base);
      const sale = await begin({ faults: [fault] });
      await perform(sale);
      const { state, why, steps } = await settled(sale);
      await stub.close();
      const wrong = steps.find(({ as }) => as === fault)?.wrong;
      expect([wrong, state, why]).toEqual(accepted[fault]);
    },
  );

  test.each(faultNames.filter(hasToBeRefused))("%s: so is one that fails instead of refusing", async (fault) => {
    const checkout = await openCheckout();
    const { base } = await serveDesk(checkout.call, async (_, forward) => {
      const answered = await forward();
      return answered.status === 403 ? { ...answered, status: 500, body: "" } : answered;
    });
    const { begin, perform, settled } = await openCounter(checkout, base, { callbackTries: 1 });
    const sale = await begin({ faults: [fault] });
    await perform(sale);
    expect((await settled(sale)).steps.filter(({ wrong }) => wrong.length > 0)).toEqual([
      { step: expect.any(String), as: fault, status: 500, wrong: ["500"] },
    ]);
  });

  const SESSION_MS = 900_000;

  test.each([
    ["a millisecond before", SESSION_MS - 1, "approved", "APPROVED"],
    ["at", SESSION_MS, "expired LATE_CALLBACK", "DECLINED"],
    ["after", SESSION_MS + 1, "expired LATE_CALLBACK", "DECLINED"],
  ])("asks for the check %s the session's end", async (_, checkDelayMs, state, gatewayState) => {
    const { begin, perform, settled, checkout } = await openMarket();
    const sale = await begin({ checkDelayMs });
    await perform(sale);
    const settledSale = await settled(sale);
    expect([settledSale.state, await stateOf(checkout, sale)]).toEqual([gatewayState, state]);
    expect(settledSale.steps.flatMap(({ wrong }) => wrong)).toEqual([]);
  });

  test.each([
    ["declined", "declined", "DECLINED"],
    ["filtered", "declined", "DECLINED"],
    ["error", "failed", "DECLINED"],
    ["processing", "checked", "PROCESSING"],
  ] as const satisfies readonly (readonly [Plan["outcome"], string, string])[])(
    "ends a sale as %s where that is planned",
    async (outcome, state, gatewayState) => {
      const { begin, perform, settled, checkout } = await openMarket();
      const sale = await begin({ outcome });
      await perform(sale);
      expect([(await settled(sale)).state, await stateOf(checkout, sale)]).toEqual([gatewayState, state]);
    },
  );
});
