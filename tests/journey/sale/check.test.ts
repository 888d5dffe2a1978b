/** sbc.md 4.3: what the gateway asks before it charges. */
import { describe, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time";
import { present } from "#store/condition";
import { integerIn } from "#store/field";
import { saleKey } from "#store/keys/sale";
import { update } from "#store/write";
import { A, B, type Checkout, type Json, openCheckout } from "../../support/checkout.ts";
import {
  type Begun,
  begin,
  beginChecked,
  callbackOf,
  checkOf,
  itemsOf,
  notificationOf,
  refusedCheck,
  SERIAL,
  SESSION,
  said,
  stateOf,
} from "../../support/sale.ts";

/** The answer without its signature. */
const bareAnswer = ({ invoiceId, nonce }: Begun, token = SESSION) => ({
  invoiceId,
  session: { checkSignature: expect.stringMatching(/^[0-9A-F]{40}$/), nonce, token },
  transaction: { currency: "EUR" },
});

const versionOf = async ({ world }: Checkout, { invoiceId }: Begun): Promise<bigint> => {
  const [item] = await world.twin.read([saleKey(invoiceId)]);
  return integerIn(item ?? {}, "version");
};

/** A card that a consumer has paid with before: its number for the app. */
const mapCard = async (checkout: Checkout, wish: Parameters<typeof beginChecked>[1] = {}): Promise<string> => {
  const session = checkout.world.ports.ids.uuid();
  const before = await beginChecked(checkout, wish, session);
  const { status } = await checkout.notify(notificationOf(before, { "session.token": session }));
  expect(status).toBe(200);
  const seen = JSON.parse((await checkout.getSale(before.invoiceId, wish.by)).body);
  return seen.sourceOfFunds.reference.clientCardId;
};

const withCard = (begun: Begun, clientCardId: unknown): Json =>
  checkOf(begun, { "sourceOfFunds.reference.clientCardId": clientCardId });

describe("a check", () => {
  test("sbc #10: is answered with the same bytes however often it is asked, in lower case too, and written once", async () => {
    const checkout = await openCheckout();
    const begun = await begin(checkout);
    const asked = [
      ...Array.from({ length: 10 }, () => checkOf(begun)),
      checkOf(begun, { "session.signature": begun.signature.toLowerCase() }),
    ];
    const before = await versionOf(checkout, begun);
    const answers = await Promise.all(asked.map((body) => checkout.check(begun.invoiceId, body)));
    answers.push(await checkout.check(begun.invoiceId, checkOf(begun)));
    expect(new Set(answers.map(said)).size).toBe(1);
    expect(JSON.parse(answers[0]?.body ?? "")).toEqual(bareAnswer(begun));
    expect(await versionOf(checkout, begun)).toBe(before + 1n);
    expect(itemsOf(checkout, "saleSession")).toHaveLength(1);
    expect(await stateOf(checkout, begun)).toBe("checked");
  });

  test("sbc #11: that is wrong in anything hears the same, and changes nothing", async () => {
    const checkout = await openCheckout();
    const begun = await begin(checkout);
    const other = await begin(checkout);
    const wrong: Json[] = [
      { "session.accessToken": other.accessToken },
      { "consumer.device.serialNumber": "SN-000002" },
      { "session.nonce": other.nonce },
      { "session.signature": other.signature },
      { "session.signature": `${begun.signature}0` },
      { "session.signature": begun.signature.slice(1) },
      { "session.signature": begun.signature.replace(/^../, "zz") },
    ];
    for (const changes of wrong) {
      const answered = await checkout.check(begun.invoiceId, checkOf(begun, changes));
      expect([changes, said(answered)]).toEqual([changes, refusedCheck(begun.invoiceId)]);
    }
    for (const invoiceId of [other.invoiceId, "7f3f0d0e-6f0b-4a37-9b1e-2f6f2d7f1a10", "nothing"])
      expect(said(await checkout.check(invoiceId, checkOf(begun)))).toBe(refusedCheck(invoiceId));
    const reasons = checkout.world.telemetry.logs.map(({ message }) => message).filter((text) => text !== "answered");
    expect(reasons.slice(0, 4)).toEqual([
      "refused: another access token",
      "refused: another serial number",
      "refused: another nonce",
      "refused: another signature",
    ]);
    expect(await stateOf(checkout, begun)).toBe("initiated");
    expect((await checkout.check(begun.invoiceId, checkOf(begun))).status).toBe(200);
    expect(await stateOf(checkout, begun)).toBe("checked");
  });

  test("sbc #12: of a checked sale is not answered otherwise, and no session is of two sales", async () => {
    const checkout = await openCheckout();
    const begun = await beginChecked(checkout);
    const otherwise = [checkOf(begun, { "session.token": "another-session-of-the-gateway" }), withCard(begun, "card")];
    for (const body of otherwise)
      expect(said(await checkout.check(begun.invoiceId, body))).toBe(refusedCheck(begun.invoiceId));
    const other = await begin(checkout);
    expect(said(await checkout.check(other.invoiceId, checkOf(other)))).toBe(refusedCheck(other.invoiceId));
    expect(await stateOf(checkout, other)).toBe("initiated");
    expect((await checkout.check(other.invoiceId, checkOf(other, { "session.token": "s".repeat(16) }))).status).toBe(
      200,
    );
  });

  test("sbc #13: is in time until the instant at which the session ends", async () => {
    const checkout = await openCheckout();
    const [early, late] = [await begin(checkout), await begin(checkout)];
    checkout.world.clock.advance(15 * MINUTE_MS - 1);
    expect((await checkout.check(early.invoiceId, checkOf(early))).status).toBe(200);
    checkout.world.clock.advance(1);
    const tooLate = await checkout.check(late.invoiceId, checkOf(late, { "session.token": "s".repeat(16) }));
    expect(said(tooLate)).toBe(refusedCheck(late.invoiceId));
    expect(await stateOf(checkout, late)).toBe("expired");
    expect(itemsOf(checkout, "sale").map(({ state }) => state)).toEqual(["checked", "initiated"]);
  });

  test("sbc #14: is not repeated when the session is over, and the sale stays checked", async () => {
    const checkout = await openCheckout();
    const begun = await beginChecked(checkout);
    checkout.world.clock.advance(15 * MINUTE_MS - 1);
    expect((await checkout.check(begun.invoiceId, checkOf(begun))).status).toBe(200);
    checkout.world.clock.advance(1);
    expect(said(await checkout.check(begun.invoiceId, checkOf(begun)))).toBe(refusedCheck(begun.invoiceId));
    expect(await stateOf(checkout, begun)).toBe("checked");
  });

  test("sbc #15: tells the card of the consumer's own number, and none for one that is unknown or another's", async () => {
    const checkout = await openCheckout();
    const mine = await mapCard(checkout);
    const theirs = await mapCard(checkout, { consumer: { id: "c-43" } });
    const elsewhere = await mapCard(checkout, { by: B });
    const ask = async (clientCardId: string) => {
      const begun = await begin(checkout);
      const session = `session-${begun.invoiceId}`.slice(-36);
      const body = checkOf(begun, {
        "session.token": session,
        "sourceOfFunds.reference.clientCardId": clientCardId,
      });
      const answers = [await checkout.check(begun.invoiceId, body), await checkout.check(begun.invoiceId, body)];
      expect(answers[0]?.body).toBe(answers[1]?.body);
      const { sourceOfFunds, ...bare } = JSON.parse(answers[0]?.body ?? "");
      expect(bare).toEqual(bareAnswer(begun, session));
      return sourceOfFunds;
    };
    expect(await ask(mine)).toEqual({ reference: { serverCardId: "1001" } });
    for (const other of [theirs, elsewhere, "unmapped", "#"]) expect(await ask(other)).toBeUndefined();
  });

  test("sbc #16: is answered with what is known only, whatever else is sent, and when the access token is long over", async () => {
    const checkout = await openCheckout();
    await checkout.change(A, { sessionLifeMs: 60 * MINUTE_MS });
    const begun = await begin(checkout);
    checkout.world.clock.advance(31 * MINUTE_MS);
    const card = { number: "4111111111111111", expiry: { month: 1, year: 2031 } };
    const more = {
      "sourceOfFunds.card": card,
      "session.more": null,
      "sourceOfFunds.reference": { clientCardId: null },
      x: 1,
    };
    const { status, body } = await checkout.check(begun.invoiceId, checkOf(begun, more));
    expect([status, JSON.parse(body)]).toEqual([200, bareAnswer(begun)]);
    expect(body).not.toMatch(/null|card|4111/i);
  });

  test("sbc #17: whose characters have moved to the next field is refused, and so is one of a sale that was altered", async () => {
    const checkout = await openCheckout();
    const begun = await begin(checkout);
    // What is signed is the same text.
    const shifted = checkOf(begun, {
      "session.accessToken": begun.accessToken.slice(0, -1),
      "consumer.device.serialNumber": `${begun.accessToken.slice(-1)}${SERIAL}`,
    });
    expect(said(await checkout.check(begun.invoiceId, shifted))).toBe(refusedCheck(begun.invoiceId));
    const key = saleKey(begun.invoiceId);
    const alter = (amountCentis: bigint) =>
      checkout.world.twin.commit(
        [update(key, { set: { amountCentis } }, [[present(), "fault"]])],
        `to ${amountCentis}`,
      );
    await alter(1n);
    expect(said(await checkout.check(begun.invoiceId, checkOf(begun)))).toBe(refusedCheck(begun.invoiceId));
    await alter(1050n);
    expect((await checkout.check(begun.invoiceId, checkOf(begun))).status).toBe(200);
  });

  test("sbc #18: goes by the key that the sale was signed with, whichever signs new ones", async () => {
    const checkout = await openCheckout();
    const before = await begin(checkout);
    await checkout.addKey(A, "k2", "ffeeddcc-bbaa-9988-7766-554433221100");
    const after = await begin(checkout);
    expect(itemsOf(checkout, "sale").map(({ keyId }) => keyId)).toEqual(["k1", "k2"]);
    expect((await checkout.check(before.invoiceId, checkOf(before))).status).toBe(200);
    expect(
      (await checkout.check(after.invoiceId, checkOf(after, { "session.token": "session-of-the-other" }))).status,
    ).toBe(200);
    await checkout.retireKey(A, "k1");
    expect(said(await checkout.check(before.invoiceId, checkOf(before)))).toBe(refusedCheck(before.invoiceId));
  });

  test.each([
    [{ "session.nonce": undefined }, "session.nonce"],
    [{ "session.nonce": null }, "session.nonce"],
    [{ "session.nonce": "n".repeat(31) }, "session.nonce"],
    [{ "session.nonce": "n".repeat(129), "session.token": "t".repeat(15) }, "session.nonce, session.token"],
    [{ "session.token": "t".repeat(37), "session.signature": "s".repeat(31) }, "session.signature, session.token"],
    [{ "session.token": " ".repeat(16) }, "session.token"],
    [{ "session.token": "ключ-сессии-шлюза" }, "session.token"],
    [{ "sourceOfFunds.reference.clientCardId": "", consumer: null }, "consumer, sourceOfFunds.reference.clientCardId"],
    [{ session: undefined }, "session"],
  ])("sbc #19: with %j is malformed, and names the sale", async (changes, paths) => {
    const checkout = await openCheckout();
    const begun = await begin(checkout);
    const { status, body } = await checkout.check(begun.invoiceId, checkOf(begun, changes));
    expect([status, body]).toEqual([
      400,
      `{"error":{"cause":"INVALID_REQUEST","code":"SALE-40002","message":"Invalid: ${paths}"},"invoiceId":"${begun.invoiceId}"}`,
    ]);
  });

  test.each(["%20", "a_b", "x".repeat(65), "%C3%A9"])("of %s is of no sale, and that is not repeated", async (path) => {
    const checkout = await openCheckout();
    const begun = await begin(checkout);
    const refusal = `{"error":{"cause":"INVALID_REQUEST","code":"SALE-40006","message":"Invalid: invoiceId"}}`;
    const answers = [
      await checkout.check(path, checkOf(begun)),
      await checkout.check(path, "no JSON"),
      await checkout.getSale(path),
      await checkout.notify(notificationOf(begun), path),
    ];
    expect(answers.map(said)).toEqual(answers.map(() => `400 ${refusal}`));
  });

  test("is repeated alike within its session, whatever has become of the sale and its card", async () => {
    const checkout = await openCheckout();
    const clientCardId = await mapCard(checkout);
    const begun = await begin(checkout);
    const body = withCard(begun, clientCardId);
    const first = await checkout.check(begun.invoiceId, body);
    await checkout.notify(notificationOf(begun, { "sourceCard.reference.serverCardId": "1002" }));
    await checkout.callback(callbackOf(begun));
    await checkout.change(A, { endpoints: {} });
    expect(await stateOf(checkout, begun)).toBe("approved");
    expect(said(await checkout.check(begun.invoiceId, body))).toBe(`200 ${first.body}`);
  });

  test("tells the e-mail address that the token was given with", async () => {
    const checkout = await openCheckout();
    const begun = await begin(checkout, { consumer: { id: "c-42", email: "a@b.io" } });
    const { body } = await checkout.check(begun.invoiceId, checkOf(begun));
    expect(JSON.parse(body)).toEqual({ consumer: { email: "a@b.io" }, ...bareAnswer(begun) });
  });
});
