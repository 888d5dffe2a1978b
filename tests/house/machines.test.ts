/** The state machines as tables: sound by themselves, and what the endpoints really do from every state. */
import { describe, expect, test } from "vitest";
import { canMove, checkMachine, type MoveOf } from "#kernel/machine";
import { expireDue } from "#sweep/expireDue";
import { stateAt } from "#withdrawal/order";
import { orderOf } from "#withdrawal/order.item";
import { orderMachine } from "#withdrawal/order.machine";
import { type Bank, openBank, transactionIdOf } from "../support/bank.ts";

test("the machine of withdrawal orders is sound", () => {
  expect(checkMachine(orderMachine)).toEqual([]);
});

type State = keyof typeof orderMachine.states;
type Move = Exclude<MoveOf<typeof orderMachine>, "start">;

const plentyOfTime = { remainingMs: () => 60_000 };
const pass = async (bank: Bank): Promise<void> => {
  bank.world.clock.advance(2 * 3_600_000);
  await expireDue(bank.world.ports, plentyOfTime);
};

/** How an order gets into each state. */
const into: Readonly<Record<State, (bank: Bank, transactionId: bigint) => Promise<unknown>>> = {
  held: async () => undefined,
  settled: (bank, transactionId) => bank.settle({ transactionId }),
  cancelled: (bank, transactionId) => bank.cancel({ transactionId }),
  reversed: async (bank, transactionId) => {
    await bank.settle({ transactionId });
    await bank.cancel({ transactionId });
  },
  expired: pass,
};

/** How each move is asked for. */
const asking: Readonly<Record<Move, (bank: Bank, transactionId: bigint) => Promise<unknown>>> = {
  settle: (bank, transactionId) => bank.settle({ transactionId }),
  cancel: (bank, transactionId) => bank.cancel({ transactionId }),
  reverse: (bank, transactionId) => bank.cancel({ transactionId }),
  expire: pass,
};

const stateOf = (bank: Bank): State => {
  const item = bank.world.twin.items().find(({ pk }) => String(pk).startsWith("bank#withdrawal#"));
  if (item === undefined) throw new Error("there is no order");
  return stateAt(orderOf("bank", item), bank.world.clock.nowMs);
};

const states = Object.keys(orderMachine.states) as readonly State[];
const moves = Object.keys(asking) as readonly Move[];

describe.each(states)("an order that is %s", (state) => {
  test.each(moves)("asked to %s does what the table says", async (move) => {
    const bank = await openBank();
    const transactionId = transactionIdOf(await bank.start());
    await into[state](bank, transactionId);
    expect(stateOf(bank)).toBe(state);
    await asking[move](bank, transactionId);
    // One endpoint asks for both: which of them it is follows from the state.
    const asked: readonly Move[] = move === "cancel" || move === "reverse" ? ["cancel", "reverse"] : [move];
    const made = asked.find((each) => canMove(orderMachine, each, state));
    expect(stateOf(bank)).toBe(made === undefined ? state : orderMachine.moves[made].to);
    expect((await bank.books()).map(({ sum, disagreeing }) => [sum, disagreeing])).toEqual([[0n, []]]);
  });
});
