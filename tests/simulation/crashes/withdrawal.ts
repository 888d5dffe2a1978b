/** The withdrawal slice's calls that commit. */
import { expect } from "vitest";
import { HOUR_MS } from "#kernel/time";
import { type Bank, itemsOf, openBank, transactionIdOf, USER } from "../../support/bank.ts";
import type { Answered } from "../../support/desk.ts";
import { examine } from "../../support/examination.ts";
import type { Crash } from "./crash.ts";

type Act = (bank: Bank, transactionId: bigint) => Promise<Answered>;

const expiry = "2026-11-25T09:00:00Z";
const start: Act = (bank) => bank.start({ reference: "the order", value: "60", expiry });
const another: Act = (bank) => bank.start({ reference: "another", value: "60", expiry });
const settle: Act = (bank, transactionId) => bank.settle({ transactionId });
const cancel: Act = (bank, transactionId) => bank.cancel({ transactionId });

/** A start that the rival has left no money for, or no time. */
const isRefused = ({ body }: Answered): boolean => /Generic error|Insufficient balance/.test(body);

interface Calls {
  /** What comes before, in peace; the order of the first is the one that is asked about. */
  readonly given: readonly Act[];
  readonly asked: Act;
  readonly rival: Act;
}

const crash = (endpoint: string, act: string, { given, asked, rival }: Calls): Crash => ({
  endpoint,
  act,
  open: async (replace) => {
    const bank = await openBank([{ userId: USER, balance: "100", limits: { day: "500" } }], { replace });
    let transactionId = 0n;
    for (const before of given) {
      const answered = await before(bank, transactionId);
      transactionId ||= transactionIdOf(answered);
    }
    return {
      world: bank.world,
      ask: () => asked(bank, transactionId),
      rival: () => rival(bank, transactionId),
      overdueInMs: HOUR_MS,
      examine: () => examine(bank),
      conclude: (repeated) => {
        const orders = itemsOf(bank, "withdrawal");
        expect(orders.filter(({ state }) => state === "held")).toEqual([]);
        const mine = orders.filter(({ reference }) => reference === "the order");
        if (repeated === undefined) return;
        expect([repeated.status, mine.length]).toEqual([200, isRefused(repeated) ? 0 : 1]);
      },
    };
  },
});

/** Each of them. */
export const withdrawalCrashes: readonly Crash[] = [
  crash("withdrawal/startOrder", "a new one", { given: [], asked: start, rival: another }),
  crash("withdrawal/settleOrder", "an open one", { given: [start], asked: settle, rival: cancel }),
  crash("withdrawal/cancelOrder", "an open one", { given: [start], asked: cancel, rival: settle }),
  crash("withdrawal/cancelOrder", "a settled one", { given: [start, settle], asked: cancel, rival: settle }),
];
