/** The simulator's own API over HTTP: what it takes, what it refuses, and that it comes to an end. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { serveGateway } from "../../../local/gateway/server.ts";
import { sign } from "../../../local/gateway/signature.ts";
import { openGateway } from "../../../local/gateway/simulator.ts";
import { realWorld } from "../../../local/gateway/world.ts";
import { A, openCheckout } from "../../support/checkout.ts";
import { serveDesk } from "../../support/deskServer.ts";
import { CARD, openCounter, openMarket, stepsOf } from "../../support/gateway.ts";

const invalid = (message: string) => ({
  status: 400,
  said: { error: { cause: "INVALID_REQUEST", code: "GATEWAY-40001", message } },
});
const filtered = (message: string) => ({
  status: 403,
  said: { error: { cause: "FILTERED", code: "GATEWAY-40301", message } },
});

const card = (change: object) => ({ sourceOfFunds: { card: { ...CARD, ...change } } });

describe("Perform", () => {
  test.each([
    ["no source of funds", { sourceOfFunds: {} }, "sourceOfFunds"],
    [
      "card and reference",
      { sourceOfFunds: { card: CARD, reference: { clientCardId: "c", securityCode: "123" } } },
      "sourceOfFunds",
    ],
    ["letters for a number", card({ number: "4111x11111111111" }), "sourceOfFunds.card.number"],
    ["a thirteenth month", card({ expiry: { month: 13, year: 2030 } }), "sourceOfFunds.card.expiry.month"],
    ["nobody's card", card({ holder: {} }), "sourceOfFunds.card.holder"],
    ["half an amount", { transaction: { amountCentis: 10.5, currency: "EUR" } }, "transaction.amountCentis"],
    ["no session", { session: undefined }, "session"],
  ])("with %s is invalid, and no value is told", async (_, change, path) => {
    const { begin, perform, desk } = await openMarket();
    expect(await perform(await begin(), change)).toEqual(invalid(`Invalid: ${path}`));
    expect(desk.asked).toEqual([]);
  });

  test.each([
    ["another device", { consumer: { device: { serialNumber: "SN-000002" } } }],
    ["another currency", { transaction: { amountCentis: 1050, currency: "USD" } }],
  ])("with %s is filtered", async (_, change) => {
    const { begin, perform } = await openMarket();
    expect((await perform(await begin(), change)).said).toMatchObject({
      error: { cause: "FILTERED", message: expect.stringContaining("session.signature is not this sale's") },
    });
  });

  test("needs no e-mail address, and takes holders by both names", async () => {
    const { begin, perform, settled } = await openMarket();
    const sale = await begin();
    const holder = { firstName: "Ann", lastName: "Meier" };
    const consumer = { device: { serialNumber: sale.serialNumber }, email: null };
    expect((await perform(sale, { consumer, ...card({ holder }) })).status).toBe(200);
    expect((await settled(sale)).state).toBe("APPROVED");
  });

  test("is of an endpoint that the merchant has", async () => {
    const { begin, perform } = await openMarket({ endpoints: ["1235"] });
    expect(await perform(await begin())).toEqual(filtered("no such endpoint"));
  });

  test("repeated is one sale; with another card it is filtered", async () => {
    const { begin, perform, settled, desk } = await openMarket();
    const sale = await begin();
    const [first, again] = await Promise.all([perform(sale), perform(sale)]);
    expect(again).toEqual(first);
    expect(await perform(sale, card({ number: "5555555555554444" }))).toEqual(
      filtered("this sale was performed otherwise"),
    );
    await settled(sale);
    expect(desk.asked.filter(({ route }) => route.endsWith("/check")).length).toBe(1);
  });

  test("of the same card tells the desk the same number of it, and of another one another", async () => {
    const { begin, perform, settled } = await openMarket();
    const numbers: (string | undefined)[] = [];
    for (const number of [CARD.number, CARD.number, "5555555555554444"]) {
      const sale = await begin();
      await perform(sale, card({ number }));
      numbers.push((await settled(sale)).performed.serverCardId);
    }
    expect([numbers[0] === numbers[1], numbers[0] === numbers[2]]).toEqual([true, false]);
    expect(numbers[0]).toMatch(/^\d{1,20}$/);
  });
});

describe("Sale status", () => {
  test("is told to whoever has both tokens", async () => {
    const { begin, perform, settled, status } = await openMarket();
    const sale = await begin();
    await perform(sale);
    const { token } = await settled(sale);
    expect((await status(sale, token)).status).toBe(200);
    expect(await status(sale, "another-token-00")).toEqual(filtered("no such sale"));
    expect(await status({ ...sale, accessToken: "x".repeat(64) }, token)).toEqual(filtered("no such sale"));
    expect(await status({ ...sale, endpointId: "1235" }, token)).toEqual(filtered("no such sale"));
  });
});

describe("the simulator's own API", () => {
  test("is told what shall happen, and tells what has happened, without a token", async () => {
    const { begin, perform, settled, ask } = await openMarket();
    const sale = await begin();
    const path = `/simulator/sales/${sale.invoiceId}`;
    const plan = { faults: ["callback-again"], outcome: "declined", checkDelayMs: 0 };
    expect(await ask("GET", path)).toEqual(filtered("no such sale"));
    expect(await ask("PUT", path, { faults: ["callback-again"], outcome: "declined" })).toEqual({
      status: 200,
      said: plan,
    });
    await perform(sale);
    const { orderId, token } = await settled(sale);
    const told = await ask("GET", path);
    expect(told).toEqual({
      status: 200,
      said: {
        invoiceId: sale.invoiceId,
        orderId,
        plan,
        state: "DECLINED",
        why: "planned: declined",
        steps: [
          { step: "check", as: "", wrong: [], status: 200 },
          { step: "notification", as: "", wrong: [], status: 200 },
          { step: "callback", as: "declined", wrong: [], status: 200 },
          { step: "callback", as: "callback-again declined", wrong: [], status: 200 },
        ],
      },
    });
    expect(JSON.stringify(told)).not.toContain(token);
    expect(await ask("PUT", path, {})).toEqual(invalid("this sale has begun"));
  });

  test.each([
    ["PUT", { faults: ["nothing of the kind"] }, "Invalid: faults.0"],
    ["PUT", { outcome: "lost" }, "Invalid: outcome"],
    ["PUT", { checkDelayMs: 3_600_001 }, "Invalid: checkDelayMs"],
    ["PUT", "no JSON", "Body is not a JSON object"],
    ["PUT", { more: "x".repeat(20_000) }, "Body is not a JSON object"],
  ] as const)("refuses a plan that is none: %s %j", async (method, body, message) => {
    const { ask } = await openMarket();
    expect(await ask(method, "/simulator/sales/some-sale", body)).toEqual(invalid(message));
  });

  test("has no other routes", async () => {
    const { ask } = await openMarket();
    for (const path of ["/", "/simulator/sales", "/paynet/dapi/v1/sale/1234", "/paynet/dapi/v1/sale/1/2/3"])
      expect(await ask("POST", path, {})).toEqual({ status: 404, said: undefined });
  });
});

describe("a gateway", () => {
  test("sends a callback that is not acknowledged some times, and no more", async () => {
    const checkout = await openCheckout();
    const { base } = await serveDesk(checkout.call, async ({ route }, forward) =>
      route.includes("/callback") ? { status: 500, headers: {}, body: "" } : forward(),
    );
    const { begin, perform, settled } = await openCounter(checkout, base, { callbackTries: 3 });
    const sale = await begin();
    await perform(sale);
    expect(stepsOf(await settled(sale)).slice(2)).toEqual(Array(3).fill("callback approved | 500 | 500"));
  });

  test("asks again for a check without an answer where its settings say so", async () => {
    const checkout = await openCheckout();
    const { base, asked } = await serveDesk(checkout.call, ({ route }, forward) =>
      route.endsWith("/check") && asked.length === 1 ? new Promise(() => {}) : forward(),
    );
    const { begin, perform, settled } = await openCounter(checkout, base, { checkTries: 2, checkTimeoutMs: 200 });
    const sale = await begin();
    await perform(sale);
    expect((await settled(sale)).state).toBe("APPROVED");
  });

  test("says nothing of a check that failed where its settings say so", async () => {
    const { begin, perform, settled } = await openMarket({ failedCheck: "nothing" });
    const sale = await begin({ faults: ["wrong-nonce"] });
    await perform(sale);
    expect(stepsOf(await settled(sale))).toEqual(["check wrong-nonce | 403"]);
  });

  /** A sale that was begun somewhere, as its app performs it. */
  const performance = (invoiceId: string) => {
    const session = { accessToken: "t".repeat(64), nonce: "n".repeat(64) };
    const device = { serialNumber: "SN-000001" };
    const transaction = { amountCentis: 1050, currency: "EUR" };
    const signed = { ...session, ...device, endpointId: "1234", invoiceId, amountCentis: "1050", currency: "EUR" };
    const signature = sign(A.controlKey, "initiate", signed);
    return { consumer: { device }, session: { ...session, signature }, sourceOfFunds: { card: CARD }, transaction };
  };

  /** One whose connecting party never answers. */
  const openIdle = async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      silent.closeAllConnections();
      silent.close();
    });
    const base = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const gateway = openGateway({ base, controlKey: A.controlKey }, realWorld);
    const perform = (invoiceId: string) =>
      gateway.perform({ endpointId: "1234", invoiceId }, performance(invoiceId)).status;
    return { gateway, perform };
  };

  test("ends what is under way when it is closed, though nobody answers", async () => {
    const { gateway, perform } = await openIdle();
    const served = await serveGateway(gateway);
    expect(perform("sale-1")).toBe(200);
    await served.close();
    expect((await gateway.settled("sale-1"))?.state).toBe("PROCESSING");
  });

  test("has a hundred sales under way at the most", async () => {
    const { gateway, perform } = await openIdle();
    const statuses = Array.from({ length: 101 }, (_, nth) => perform(`sale-${nth}`));
    expect(statuses).toEqual([...Array(100).fill(200), 503]);
    expect(perform("sale-0")).toBe(200);
    await gateway.close();
  });

  test("listens on this machine alone", async () => {
    const { url } = await openMarket();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});
