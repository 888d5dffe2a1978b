/** How a sale goes at the till simulator: whom it waits for, how long, and with what it closes. */
import { describe, expect, test } from "vitest";
import { Declined } from "../../../local/till/order.ts";
import { sell, vend } from "../../../local/till/sell.ts";
import { openTill } from "../../../local/till/till.ts";
import { answer, openWorld, order, scripted, settings } from "./given.ts";

const basket = [{ name: "Lunch", price: "100" }];
const open = answer(order());
const paid = answer(order({ payable: 90, paid: 90, payment: { status: "HELD", method: "WALLET", refunded: 0 } }));
const cash = answer(order({ payable: 90, payment: { status: "NONE", method: "CASH", refunded: 0 } }));
const closed = answer(order({ status: "CLOSED" }));

const LOOK = "GET /orders/o-1/status";
const close = (amount: string) => `PUT /orders/o-1/close {"amount":${amount}}`;
const saidIn = (asked: readonly { readonly route: string; readonly body?: string }[]): readonly string[] =>
  asked.slice(1).map(({ route, body }) => [route, body].filter(Boolean).join(" "));

describe("a sale", () => {
  test.each([
    ["paid in the app closes with what was paid", [open, open, paid, closed], [LOOK, LOOK, close("90")], 1],
    ["to be paid in cash closes with what is to be paid", [open, cash, closed], [LOOK, close("90")], 0],
    ["that was cancelled meanwhile is not closed", [open, answer(order({ status: "CANCELLED" }))], [LOOK], 0],
  ])("%s", async (_, answers, said, pauses) => {
    const world = openWorld();
    const { line, asked } = scripted(...answers);
    await sell(openTill(settings, line), basket, { world });
    expect([saidIn(asked), world.waited]).toEqual([said, Array(pauses).fill(1000)]);
  });

  test("that nobody pays closes with 0 after the vendor's 45 seconds", async () => {
    const world = openWorld();
    const { line, asked } = scripted(open);
    await sell(openTill(settings, line), basket, { world });
    expect([saidIn(asked).at(-1), world.now() - openWorld().now()]).toEqual([close("0"), 45_000]);
  });

  test("shows the code that was made", async () => {
    const shown: string[] = [];
    const show = ({ sessionCode }: { readonly sessionCode: string }): void => void shown.push(sessionCode);
    await sell(openTill(settings, scripted(open, paid, closed).line), basket, { world: openWorld(), show });
    expect(shown).toEqual(["https://swip.one/?qr=AAAAAAAAAAAAAAAAAAAAAA"]);
  });

  test("ends where the desk says no", async () => {
    const { line } = scripted(answer({ code: 1010, description: "Order has a payment or method" }, 409));
    await expect(sell(openTill(settings, line), basket, { world: openWorld() })).rejects.toThrow(Declined);
  });
});

describe("a machine", () => {
  test.each([
    ["that hands out the goods closes with what was paid", true, [open, paid, closed], [LOOK, close("90")]],
    ["that cannot closes with 0", false, [open, paid, closed], [LOOK, close("0")]],
  ])("%s", async (_, isAble, answers, said) => {
    const { line, asked } = scripted(...answers);
    await vend(openTill(settings, line), basket, { world: openWorld(), handOut: () => isAble });
    expect(saidIn(asked)).toEqual(said);
  });

  test("hands out nothing for a promise of cash", async () => {
    const { line, asked } = scripted(open, cash, closed);
    let handedOut = 0;
    const handOut = (): boolean => ++handedOut > 0;
    await vend(openTill(settings, line), basket, { world: openWorld(), handOut });
    expect([handedOut, saidIn(asked)]).toEqual([0, [LOOK, close("0")]]);
  });
});
