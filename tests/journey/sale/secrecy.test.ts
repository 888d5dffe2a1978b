/** sbc.md 2, 9: who may call as the gateway, and what stands nowhere. */
import { describe, expect, test } from "vitest";
import { keyIn } from "#store/item";
import { A, B, basicOf, type Checkout, openCheckout } from "../../support/checkout.ts";
import type { Answered } from "../../support/desk.ts";
import {
  type Begun,
  begin,
  beginChecked,
  callbackOf,
  checkOf,
  initiation,
  itemsOf,
  notificationOf,
  REFUSED,
  refusedCheck,
  SESSION,
  said,
  seenBy,
  stateOf,
} from "../../support/sale.ts";

type Call = (checkout: Checkout, begun: Begun, address: string) => Promise<Answered>;

const asGateway: Readonly<Record<string, Call>> = {
  check: (checkout, begun, address) =>
    checkout.check(begun.invoiceId, checkOf(begun, { "session.token": "s".repeat(16) }), address),
  notification: (checkout, begun, address) => checkout.notify(notificationOf(begun), undefined, address),
  "notification under its sale": (checkout, begun, address) =>
    checkout.notify(notificationOf(begun), begun.invoiceId, address),
  callback: (checkout, begun, address) => checkout.callback(callbackOf(begun), address),
};

describe("the gateway", () => {
  test.each(Object.entries(asGateway))("sbc #33: may call from its own addresses only: a %s", async (name, ask) => {
    const checkout = await openCheckout();
    const begun = name === "check" ? await begin(checkout) : await beginChecked(checkout);
    const before = checkout.world.twin.items().filter((item) => item.settings === undefined);
    await checkout.change(A, { gatewaySources: ["192.0.2.0/24", "2001:db8::/32", "198.51.100.7"] });
    for (const address of ["192.0.3.1", "198.51.100.8", "2001:db9::1", "::ffff:c000:0301"])
      expect(said(await ask(checkout, begun, address))).toBe(
        name === "check" ? refusedCheck(begun.invoiceId) : REFUSED,
      );
    expect(checkout.world.twin.items().filter((item) => item.settings === undefined)).toEqual(before);
    for (const address of ["192.0.2.255", "198.51.100.7", "2001:db8:1::1"])
      expect((await ask(checkout, begun, address)).status).toBe(200);
  });

  test("is not known by a header, nor do other merchants' addresses count", async () => {
    const checkout = await openCheckout();
    const begun = await begin(checkout);
    await checkout.change(A, { gatewaySources: ["192.0.2.0/24"] });
    await checkout.change(B, { gatewaySources: ["203.0.113.0/24"] });
    const headers = { "x-forwarded-for": "192.0.2.1", "x-real-ip": "192.0.2.1", forwarded: "for=192.0.2.1" };
    const body = JSON.stringify(checkOf(begun));
    const path = `POST /sale/${begun.invoiceId}/check`;
    const address = "203.0.113.1";
    expect(said(await checkout.call(path, { headers, body, address }))).toBe(refusedCheck(begun.invoiceId));
    expect((await checkout.call(path, { body, address: "192.0.2.1" })).status).toBe(200);
  });
});

const PAN = "4111111111111111";
const SECURITY_CODE = "987";

/** Everything once, well and badly; wherever a card could be said, it is. */
const doEverything = async () => {
  const checkout = await openCheckout();
  const { initiate, check, notify, callback, requestToken, getSale, call } = checkout;
  const card = { number: PAN, securityCode: SECURITY_CODE, holder: { printedName: "ANN MEIER" } };
  const first = await begin(checkout, { consumer: { id: "c-42", email: "ann.meier@example.com", device: null } });
  await initiate(initiation(first.accessToken, { sourceOfFunds: { card } }), { "idempotency-key": "once-in-a-while" });
  await initiate(initiation(first.accessToken, { "transaction.amountCentis": PAN }));
  await initiate(initiation(first.accessToken, { "transaction.currency": "USD" }));
  await initiate(initiation("x".repeat(64)));
  await check(first.invoiceId, checkOf(first, { "session.nonce": "n".repeat(64), "sourceOfFunds.card": card }));
  await check(first.invoiceId, checkOf(first, { "sourceOfFunds.card": card }));
  await check(first.accessToken, checkOf(first, { "sourceOfFunds.card": card }));
  await check(first.invoiceId, `{"number":"${PAN}`);
  await notify(notificationOf(first, { "sourceCard.number": PAN, "sourceCard.reference.card": card }));
  await notify(notificationOf(first, { "sourceCard.reference.serverCardId": "1002" }));
  await getSale(first.accessToken);
  await callback({ ...callbackOf(first), card: PAN, "last-four": "1111" });
  await callback({ ...callbackOf(first), control: "0".repeat(40) });
  const { sourceOfFunds } = await seenBy(checkout, first);
  const { clientCardId } = sourceOfFunds.reference;
  const second = await begin(checkout, { token: first.accessToken });
  const session = "session-of-the-second";
  await check(
    second.invoiceId,
    checkOf(second, { "session.token": session, "sourceOfFunds.reference": { clientCardId, card } }),
  );
  await requestToken({ consumer: { id: "c-43", card } }, { ...A, clientSecret: "a-wrong-secret" });
  await call(`GET /sale/callback?card=${PAN}`);
  const { nonce, signature, accessToken } = second;
  return {
    checkout,
    states: [await stateOf(checkout, first), await stateOf(checkout, second)],
    secrets: [
      accessToken,
      SESSION,
      session,
      A.controlKey,
      A.controlKey.replaceAll("-", ""),
      A.clientSecret,
      "a-wrong-secret",
    ],
    unlogged: [
      nonce,
      signature,
      first.nonce,
      first.signature,
      clientCardId,
      "1001",
      "once-in-a-while",
      basicOf(A).authorization.slice(6),
    ],
    personal: ["ann.meier@example.com", "ANN MEIER", "c-42", "c-43", "SN-000001"],
  };
};

const printed = (value: unknown): string =>
  JSON.stringify(value, (_, each) => (typeof each === "bigint" ? String(each) : each));

const saidIn = (text: string, words: readonly string[]) => words.filter((word) => text.includes(word));

describe("what stays unsaid", () => {
  test("sbc #34: no card's number, and nothing secret, is in the table; no token, nonce, signature or card in the log", async () => {
    const { checkout, states, secrets, unlogged, personal } = await doEverything();
    expect(states).toEqual(["approved", "checked"]);
    const { twin, telemetry } = checkout.world;
    expect(saidIn(printed(twin.items()), [PAN, PAN.slice(0, 6), SECURITY_CODE, "ANN MEIER", ...secrets])).toEqual([]);
    const told = printed([telemetry.logs, telemetry.counts]);
    expect(saidIn(told, [PAN, ...secrets, ...unlogged, ...personal])).toEqual([]);
    expect(telemetry.logs.filter(({ fields }) => fields.fault !== undefined)).toEqual([]);
  });

  test("nothing personal, and nothing that opens anything, is in a key", async () => {
    const { checkout, secrets, unlogged, personal } = await doEverything();
    const keys = checkout.world.twin.items().map((item) => printed(keyIn(item)));
    expect(saidIn(keys.join("\n"), [PAN, ...secrets, ...unlogged, ...personal])).toEqual([]);
    expect(itemsOf(checkout, "saleCard")).toHaveLength(1);
  });
});
