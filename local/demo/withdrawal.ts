/** The demo's withdrawal story (sonect.md 4): every end that an order can come to, twice asked, raced, and in three currencies. */
import { randomUUID } from "node:crypto";
import { exponentOf } from "#kernel/currency";
import { MINUTE_MS, SECOND_MS } from "#kernel/time";
import type { Ports } from "#ports";
import { majorIn } from "../admin/amount.ts";
import { showBooks, troublesOf } from "../admin/books.ts";
import type { Heard, Teller } from "./teller.ts";

/** A story is told by a teller, on the sandbox's ports; `sweep` lets the scheduled sweep run now. */
export interface Stage {
  readonly teller: Teller;
  readonly ports: Ports;
  readonly sweep: () => Promise<void>;
  readonly tokens: { readonly a: string; readonly b: string };
}

const START = "/api/sonect/startwithdrawal";
const SETTLE = "/api/sonect/settlewithdrawal";
const CANCEL = "/api/sonect/cancelwithdrawal";

const done = '{"Message":"OK","ResultCode":0,"Skip":false}';
const started = /^\{"Message":"OK","ResultCode":0,"Skip":false,"TransactionId":\d+\}$/;
const final = '{"Message":"Transaction is already in final state","ResultCode":21,"Skip":false}';

interface Start {
  readonly userId: number;
  readonly value: string;
  readonly reference?: string;
  readonly openForMs?: number;
}

const startBody = (
  nowMs: number,
  { userId, value, reference = `demo-${randomUUID()}`, openForMs = 10 * MINUTE_MS }: Start,
): string => {
  const [now, expiry] = [nowMs, nowMs + openForMs].map((ms) => new Date(ms).toISOString());
  return `{"userId":${userId},"amount":{"value":${value}},"dateOfTransaction":"${now}","expiryTimeOfTheOrder":"${expiry}","sonectTransactionReferenceId":"${reference}"}`;
};

const endBody = (nowMs: number, userId: number, heard: Heard): string => {
  const transactionId = /"TransactionId":(\d+)/.exec(heard.body)?.[1] ?? "0";
  return `{"TransactionId":${transactionId},"UserId":${userId},"DateOperation":"${new Date(nowMs).toISOString()}"}`;
};

const settledAndReversed = async ({ teller, ports, tokens: { a } }: Stage): Promise<void> => {
  teller.chapter("A withdrawal is held, settled and taken back");
  const balance = () => teller.balance("bank-a", 1001n);
  await balance();
  const body = startBody(ports.clock(), { userId: 1001, value: "50.00" });
  const start = await teller.call("SONECT", START, a, body, { body: started });
  await balance();
  teller.say("  The answer was lost on the way, so SONECT asks again and hears the same:");
  await teller.call("SONECT", START, a, body, { body: start.body, replayed: true });
  const end = endBody(ports.clock(), 1001, start);
  await teller.call("SONECT", SETTLE, a, end, { body: done });
  await balance();
  await teller.call("SONECT", SETTLE, a, end, { body: done, replayed: true });
  await teller.call("SONECT", CANCEL, a, end, { body: done });
  await balance();
  await teller.call("SONECT", SETTLE, a, end, { body: final });
};

const cancelled = async ({ teller, ports, tokens: { a } }: Stage): Promise<void> => {
  teller.chapter("A code that is not used is cancelled");
  const start = await teller.call("SONECT", START, a, startBody(ports.clock(), { userId: 1001, value: "20" }), {
    body: started,
  });
  await teller.call("SONECT", CANCEL, a, endBody(ports.clock(), 1001, start), { body: done });
  await teller.balance("bank-a", 1001n);
};

const expired = async ({ teller, ports, sweep, tokens: { a } }: Stage): Promise<void> => {
  teller.chapter("Nobody comes: the order expires and the sweep gives the money back");
  const openForMs = 2 * SECOND_MS;
  const start = await teller.call(
    "SONECT",
    START,
    a,
    startBody(ports.clock(), { userId: 1001, value: "30", openForMs }),
    { body: started },
  );
  const until = ports.clock() + openForMs;
  teller.say("  … two seconds later, before any sweep:");
  while (ports.clock() <= until) await ports.pause(100);
  await teller.call("SONECT", SETTLE, a, endBody(ports.clock(), 1001, start), { body: final });
  await teller.balance("bank-a", 1001n);
  teller.say("  The sweep:");
  await sweep();
  await teller.balance("bank-a", 1001n);
};

const refused = async ({ teller, ports, tokens: { a } }: Stage): Promise<void> => {
  teller.chapter("What is refused moves nothing");
  const start = (wish: Start) => startBody(ports.clock(), wish);
  const says = (Message: string, ResultCode: number) =>
    `{"Message":"${Message}","ResultCode":${ResultCode},"Skip":false}`;
  await teller.call("SONECT", START, a, start({ userId: 1002, value: "10.01" }), {
    body: says("Insufficient balance", 1222),
  });
  await teller.call("SONECT", START, a, start({ userId: 1001, value: "500.05" }), {
    body: says("Cash limit exceeded", 4),
  });
  await teller.call("SONECT", START, a, start({ userId: 1003, value: "50" }), { body: says("Generic error", 1) });
  await teller.call("SONECT", START, a, start({ userId: 1001, value: "5e1" }), {
    status: 400,
    body: says("Invalid request", 1),
  });
  await teller.call("A stranger", START, "not-a-token", start({ userId: 1001, value: "50" }), {
    status: 401,
    body: says("Unauthorized", 1),
  });
};

const raced = async ({ teller, ports, tokens: { a } }: Stage): Promise<void> => {
  teller.chapter("Settled and cancelled at the same moment");
  const start = await teller.call("SONECT", START, a, startBody(ports.clock(), { userId: 1005, value: "40" }), {
    body: started,
  });
  const end = endBody(ports.clock(), 1005, start);
  const settle = teller.call("SONECT", SETTLE, a, end, { body: /"ResultCode":(0|21),/ });
  const cancel = teller.call("SONECT", CANCEL, a, end, { body: done });
  const [settled] = await Promise.all([settle, cancel]);
  teller.say(settled.body === done ? "  Settled first, then reversed." : "  Cancelled first.");
  await teller.balance("bank-a", 1005n);
};

const skipped = async ({ teller, ports, tokens: { a } }: Stage): Promise<void> => {
  teller.chapter("A bank that books elsewhere answers Skip");
  const skip = /^\{"Message":"OK","ResultCode":0,"Skip":true/;
  const start = await teller.call("SONECT", START, a, startBody(ports.clock(), { userId: 1004, value: "50" }), {
    body: skip,
  });
  await teller.call("SONECT", SETTLE, a, endBody(ports.clock(), 1004, start), { body: skip });
  await teller.balance("bank-a", 1004n);
};

const abroad = async ({ teller, ports, tokens: { b } }: Stage): Promise<void> => {
  teller.chapter("Another bank, in yen without decimals and dinars with three");
  for (const [userId, value] of [
    [2001, "1500"],
    [2002, "1.250"],
  ] as const) {
    await teller.balance("bank-b", BigInt(userId));
    const start = await teller.call("SONECT", START, b, startBody(ports.clock(), { userId, value }), { body: started });
    await teller.balance("bank-b", BigInt(userId));
    await teller.call("SONECT", CANCEL, b, endBody(ports.clock(), userId, start), { body: done });
    await teller.balance("bank-b", BigInt(userId));
  }
};

const books = async ({ teller, ports }: Stage): Promise<void> => {
  for (const tenant of ["bank-a", "bank-b"]) {
    const shown = await showBooks(ports, { tenant, reconciled: true });
    for (const { currency, available, held, settlement, funding, sum } of shown.currencies) {
      const text = (amount: bigint) => majorIn(currency, amount).padStart(11 + exponentOf(currency));
      teller.say(
        `  ${tenant} ${currency}  available ${text(available)}  held ${text(held)}  settlement ${text(settlement)}  funding ${text(funding)}  sum ${majorIn(currency, sum)}`,
      );
    }
    teller.check(`the books of ${tenant} are not even`, troublesOf(shown).length === 0);
  }
};

/** Tells the story; leaves every balance as it was. */
export const tellWithdrawals = async (stage: Stage): Promise<void> => {
  stage.teller.chapter("The books before");
  await books(stage);
  for (const part of [settledAndReversed, cancelled, expired, refused, raced, skipped, abroad]) await part(stage);
  stage.teller.chapter("The books after");
  await books(stage);
};
