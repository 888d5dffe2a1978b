/** `npm run till` and `npm run app` as they are typed: what they take, what they say, and how they end. */
import { describe, expect, test } from "vitest";
import { runApp } from "../../../local/app/run.ts";
import { runTill } from "../../../local/till/run.ts";
import type { Answered, Sent } from "../../support/desk.ts";
import { serveDesk } from "../../support/deskServer.ts";
import { answer, openWorld, order } from "./given.ts";

const listening = () => {
  const [out, err]: [string[], string[]] = [[], []];
  const around = {
    out: (text: string): void => void out.push(text),
    err: (text: string): void => void err.push(text),
    world: openWorld(),
  };
  return { around, said: () => ({ out: out.join(""), err: err.join("") }) };
};

const run = async (program: "till" | "app", argv: readonly string[]) => {
  const { around, said } = listening();
  const code = await (program === "till" ? runTill : runApp)(argv, around);
  return { code, ...said() };
};

/** A desk that gives these answers one after the other, and what it was asked. */
const served = async (...answers: readonly Answered[]) => {
  const asked: string[] = [];
  const { base } = await serveDesk(async (route: string, { body = "" }: Sent = {}) => {
    const next = answers[Math.min(asked.length, answers.length - 1)] ?? answer({}, 404);
    asked.push([route, body.toString()].filter(Boolean).join(" "));
    return next;
  });
  return { base, asked };
};

describe("a command line", () => {
  test.each([
    ["till", ["--patience", "1"], /^A price is missing/],
    ["till", ["cheap"], /^"cheap" has to be a price/],
    ["till", ["3", "--merchant", "SWT2"], /^--merchant needs its --token/],
    ["till", ["3", "--currency", "eur"], /^--currency has to be/],
    ["till", ["3", "--patience", "soon"], /^--patience has to be/],
    ["till", ["3", "--base", "127.0.0.1"], /^--base has to be/],
    ["till", ["3", "--colour"], /^Unknown option '--colour'/],
    ["app", ["--code", "qr"], /^--token is missing/],
    ["app", ["--token", "t"], /^--code or --till is missing/],
    ["app", ["--token", "t", "--code", "qr", "--points", "-1"], /--points/],
    ["app", ["--token", "t", "--code", "qr", "--at-till", "coins"], /^--at-till has to be cash or card/],
    ["app", ["pay"], /^There is no "pay"/],
  ] as const)("of %s with %j is told what is wrong, and how it goes", async (program, argv, says) => {
    const { code, out, err } = await run(program, argv);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(says);
    expect(err).toContain(`Usage: npm run ${program} -- `);
  });

  test.each([
    ["till", []],
    ["till", ["--help"]],
    ["app", ["-h"]],
    ["app", []],
  ] as const)("of %s with %j is helped", async (program, argv) => {
    const { code, out, err } = await run(program, argv);
    expect([code, err]).toEqual([0, ""]);
    expect(out.split("\n").filter((line) => line.length > 85)).toEqual([]);
    expect(out).toMatch(/^Usage: /);
  });
});

describe("a till", () => {
  test("sells", async () => {
    const method = "WALLET";
    const paid = order({ paid: 90, payable: 90, loyalty: 10, payment: { status: "HELD", method, refunded: 0 } });
    const payment = { status: "CAPTURED", method, refunded: 0 };
    const closed = order({ status: "CLOSED", amount: 90, loyalty: 10, payment });
    const { base, asked } = await served(answer(order()), answer(paid), answer(closed));
    const { code, out } = await run("till", ["60", "2x20", "--base", base]);
    expect([code, asked.slice(1)]).toEqual([0, ["GET /orders/o-1/status", 'PUT /orders/o-1/close {"amount":90}']]);
    expect(asked[0]).toContain('"totalOriginal":100.00,"total":100.00,');
    expect(out).toBe(
      [
        "Order o-1: 100 EUR",
        "Code  https://swip.one/?qr=AAAAAAAAAAAAAAAAAAAAAA",
        "Waiting 45 s for a payment.",
        "Sold for 90, loyalty 10: WALLET, CAPTURED.\n",
      ].join("\n"),
    );
  });

  test("that nobody pays says so", async () => {
    const closed = answer(order({ status: "CLOSED", amount: 0 }));
    const { base } = await served(answer(order()), answer(order()), closed);
    const { code, out } = await run("till", ["100", "--patience", "0", "--base", base]);
    expect([code, out.split("\n").at(-2)]).toEqual([1, "Nobody paid: o-1 is CLOSED."]);
  });

  test("says why it cannot sell", async () => {
    const { base } = await served(answer({ code: 1004, description: "Unauthorised" }, 401));
    expect(await run("till", ["100", "--base", base])).toEqual({ code: 1, out: "", err: "1004: Unauthorised\n" });
  });
});

describe("an app", () => {
  test("pays, and says what", async () => {
    const found = answer({ orders: [order()], nextCursor: null });
    const paid = order({ paid: 90, payable: 90, payment: { status: "HELD", method: "WALLET", refunded: 0 } });
    const { base, asked } = await served(found, answer(order({ loyalty: 10, payable: 90 })), answer(paid));
    const { code, out } = await run("app", ["--token", "t", "--till", "1", "--base", base]);
    expect([code, asked[0]]).toEqual([0, "GET /app/orders?merchantId=SWTS&storeId=SwipTestStore&cashId=1"]);
    expect(out).toBe("Test, SwipTestStore, till 1: 100, loyalty 10, to pay 90\nPaid 90: HELD.\n");
  });

  test("pays at the till, and says what", async () => {
    const found = answer({ orders: [order()], nextCursor: null });
    const cash = order({ payment: { status: "NONE", method: "CASH", refunded: 0 } });
    const { base } = await served(found, answer(order()), answer(cash));
    const { code, out } = await run("app", ["--token", "t", "--code", "qr", "--at-till", "cash", "--base", base]);
    expect([code, out.split("\n").at(-2)]).toEqual([0, "To be paid at the till: 100, CASH."]);
  });

  test("says so where nobody answers", async () => {
    const { code, err } = await run("app", ["--token", "t", "--code", "qr", "--base", "http://127.0.0.1:1"]);
    expect([code, err]).toEqual([1, expect.stringMatching(/^(?:bad port|connect ECONNREFUSED|fetch failed)/)]);
  });
});
