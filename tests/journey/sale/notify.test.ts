/** sbc.md 4.4: which card a sale was paid with. */
import { describe, expect, test } from "vitest";
import { DAY_MS } from "#kernel/time";
import { B, type Checkout, type Json, openCheckout } from "../../support/checkout.ts";
import {
  type Begun,
  begin,
  beginChecked,
  itemsOf,
  malformed,
  notificationOf,
  REFUSED,
  SESSION,
  said,
  seenBy,
} from "../../support/sale.ts";

/** A notification under either path. */
const paths: readonly (readonly [string, (begun: Begun) => string | undefined])[] = [
  ["/sale/notification", () => undefined],
  ["/sale/{invoiceId}/notification", ({ invoiceId }) => invoiceId],
];

const cardOf = async (checkout: Checkout, begun: Begun): Promise<string | undefined> =>
  (await seenBy(checkout, begun)).sourceOfFunds?.reference.clientCardId;

const noCard: Json = { sourceCard: undefined };

describe("a notification", () => {
  test.each(paths)("sbc #20: before the check is refused at %s, and maps nothing", async (_, pathOf) => {
    const checkout = await openCheckout();
    const begun = await begin(checkout);
    expect(said(await checkout.notify(notificationOf(begun), pathOf(begun)))).toBe(REFUSED);
    expect([...itemsOf(checkout, "saleCard"), ...itemsOf(checkout, "saleMapping")]).toEqual([]);
  });

  test("sbc #21: is acknowledged alike at both paths however often it comes, and maps one card, or none where it names none", async () => {
    const checkout = await openCheckout();
    const begun = await beginChecked(checkout);
    const bare = [
      await checkout.notify(notificationOf(begun, noCard)),
      await checkout.notify(notificationOf(begun, { sourceCard: { reference: {} } })),
    ];
    expect(itemsOf(checkout, "saleCard")).toEqual([]);
    const answers = [];
    for (const [, pathOf] of [...paths, ...paths])
      answers.push(await checkout.notify(notificationOf(begun), pathOf(begun)));
    answers.push(await checkout.notify(notificationOf(begun, noCard)));
    const { invoiceId, nonce } = begun;
    expect(new Set([...bare, ...answers].map(said)).size).toBe(1);
    expect(JSON.parse(answers[0]?.body ?? "")).toEqual({
      invoiceId,
      session: { checkSignature: expect.stringMatching(/^[0-9A-F]{40}$/), nonce, token: SESSION },
    });
    expect(itemsOf(checkout, "saleCard")).toHaveLength(1);
    expect(await cardOf(checkout, begun)).toMatch(/^[0-9A-Za-z]{32}$/);
  });

  test("sbc #22: of another sale, token, device or card is refused", async () => {
    const checkout = await openCheckout();
    const begun = await beginChecked(checkout);
    const other = await beginChecked(checkout, {}, "another-session-of-the-gateway");
    const wrong: readonly (readonly [Json, string?])[] = [
      [{}, other.invoiceId],
      [{}, "nothing"],
      [{ "session.accessToken": other.accessToken }],
      [{ "consumer.device.serialNumber": "SN-000002" }],
      [{ "session.token": "no-session-of-the-gateway" }],
    ];
    for (const [changes, path] of wrong)
      expect([changes, said(await checkout.notify(notificationOf(begun, changes), path))]).toEqual([changes, REFUSED]);
    expect(itemsOf(checkout, "saleCard")).toEqual([]);
    const first = await checkout.notify(notificationOf(begun));
    const second = notificationOf(begun, { "sourceCard.reference.serverCardId": "1002" });
    expect(said(await checkout.notify(second))).toBe(REFUSED);
    expect(await checkout.notify(notificationOf(begun))).toMatchObject({ status: 200, body: first.body });
    expect(itemsOf(checkout, "saleMapping")).toHaveLength(1);
  });

  test("sbc #23: of a card that the consumer has paid with before tells the app the same number; another consumer's is another", async () => {
    const checkout = await openCheckout();
    const wishes = [{}, {}, { consumer: { id: "c-43" } }, { by: B }];
    const cards: (string | undefined)[] = [];
    for (const [nth, wish] of wishes.entries()) {
      const session = `session-number-${nth}`;
      const begun = await beginChecked(checkout, wish, session);
      expect((await checkout.notify(notificationOf(begun, { "session.token": session }))).status).toBe(200);
      const seen = await seenBy(checkout, begun, wish.by);
      cards.push(seen.sourceOfFunds.reference.clientCardId);
    }
    expect(cards[0]).toBe(cards[1]);
    expect(new Set(cards).size).toBe(3);
    expect(itemsOf(checkout, "saleCard")).toHaveLength(3);
  });

  test("has no time limit", async () => {
    const checkout = await openCheckout();
    const begun = await beginChecked(checkout);
    checkout.world.clock.advance(60 * DAY_MS);
    expect((await checkout.notify(notificationOf(begun))).status).toBe(200);
    expect(await cardOf(checkout, begun)).toMatch(/^[0-9A-Za-z]{32}$/);
  });

  test.each([
    [
      { "session.token": "short", "sourceCard.reference.serverCardId": "x".repeat(65) },
      "session.token, sourceCard.reference.serverCardId",
    ],
    [{ "sourceCard.reference.serverCardId": "10 01" }, "sourceCard.reference.serverCardId"],
    [{ "sourceCard.bin": "411111" }, "sourceCard.bin"],
    [{ sourceCard: 7 }, "sourceCard"],
    [{ "sourceCard.reference": 7 }, "sourceCard.reference"],
  ])("with %j is malformed", async (changes, fields) => {
    const checkout = await openCheckout();
    const begun = await beginChecked(checkout);
    expect(said(await checkout.notify(notificationOf(begun, changes)))).toBe(malformed("40002", `Invalid: ${fields}`));
  });

  test("may name a card by any integer beside its number, which is not kept", async () => {
    const checkout = await openCheckout();
    const begun = await beginChecked(checkout);
    const body = JSON.stringify(notificationOf(begun)).replace(":77", ":-9223372036854775808");
    expect((await checkout.notify(body)).status).toBe(200);
    expect(itemsOf(checkout, "saleCard").map((item) => Object.keys(item).toSorted())).toEqual([
      ["clientCardId", "consumerId", "pk", "serverCardId", "sk", "tenant"],
    ]);
  });
});
