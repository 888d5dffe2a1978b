/** The state machines as tables: sound by themselves, and what the endpoints really do from every state. */
import { describe, expect, test } from "vitest";
import { approvalMachine } from "#approval/approval.machine";
import { canMove, checkMachine, type Machine } from "#kernel/machine";
import { DAY_MS, HOUR_MS, SECOND_MS } from "#kernel/time";
import { stateAt as tillOrderStateAt } from "#pos/order";
import { orderOf as tillOrderOf } from "#pos/order.item";
import { orderMachine as tillOrderMachine } from "#pos/order.machine";
import { paymentMachine } from "#pos/payment.machine";
import { stateAt as saleStateAt } from "#sale/sale";
import { saleOf } from "#sale/sale.item";
import { saleMachine } from "#sale/sale.machine";
import { keyIn } from "#store/item";
import { idOf } from "#store/table";
import { expireDue } from "#sweep/expireDue";
import { stateAt } from "#withdrawal/order";
import { orderOf } from "#withdrawal/order.item";
import { orderMachine } from "#withdrawal/order.machine";
import { openApprovals } from "../support/approval.ts";
import { itemsOf as ofBank, openBank, transactionIdOf } from "../support/bank.ts";
import { openCheckout } from "../support/checkout.ts";
import {
  cancel,
  check,
  decide,
  enrol,
  listedFor,
  itemsOf as ofApprovals,
  ownedBy,
  start,
} from "../support/enrolment.ts";
import { examineMarket } from "../support/examination/pos.ts";
import { itemsOf as ofMarket, openMarket } from "../support/market.ts";
import { takeMuster } from "../support/muster.ts";
import { bind, P } from "../support/pos.ts";
import { takeReckoning } from "../support/reckoning.ts";
import { begin, callbackOf, checkOf, itemsOf as ofCheckout } from "../support/sale.ts";

type Step = () => Promise<unknown>;

/** Something that has been begun: how it gets into each state, how each move is asked for, where it is, and what holds anyway. */
interface Begun {
  readonly into: Readonly<Record<string, Step>>;
  readonly asking: Readonly<Record<string, Step>>;
  readonly stateOf: () => string;
  readonly examine: () => Promise<void>;
}

/** What lives by a machine. */
interface Living {
  readonly name: string;
  readonly machine: Machine;
  readonly begin: () => Promise<Begun>;
  /** Moves that are asked for in the same words: which of them it is follows from the state. */
  readonly alike: readonly string[];
}

const order: Living = {
  name: "withdrawal",
  machine: orderMachine,
  alike: ["cancel", "reverse"],
  begin: async () => {
    const bank = await openBank();
    const transactionId = transactionIdOf(await bank.start());
    const settle = () => bank.settle({ transactionId });
    const cancel = () => bank.cancel({ transactionId });
    const pass = () => {
      bank.world.clock.advance(2 * HOUR_MS);
      return expireDue(bank.world.ports, { remainingMs: () => 60_000 });
    };
    return {
      into: {
        held: async () => undefined,
        settled: settle,
        cancelled: cancel,
        reversed: () => settle().then(cancel),
        expired: pass,
      },
      asking: { settle, cancel, reverse: cancel, expire: pass },
      stateOf: () => {
        const [item] = ofBank(bank, "withdrawal");
        return stateAt(orderOf("bank", item ?? {}), bank.world.clock.nowMs);
      },
      examine: async () => {
        expect((await bank.books()).map(({ sum, disagreeing }) => [sum, disagreeing])).toEqual([[0n, []]]);
      },
    };
  },
};

const sale: Living = {
  name: "sale",
  machine: saleMachine,
  alike: [],
  begin: async () => {
    const checkout = await openCheckout();
    const begun = await begin(checkout);
    const check = () => checkout.check(begun.invoiceId, checkOf(begun));
    const hear = (status: string) => () => checkout.callback(callbackOf(begun, { status }));
    const [approve, decline, fail] = [hear("approved"), hear("declined"), hear("error")];
    const pass = async () => checkout.world.clock.advance(15 * DAY_MS);
    return {
      into: {
        initiated: async () => undefined,
        checked: check,
        approved: () => check().then(approve),
        declined: decline,
        failed: fail,
        expired: pass,
      },
      asking: { check, approve, decline, fail, expire: pass },
      stateOf: () => {
        const item = ofCheckout(checkout, "sale").find(({ sk }) => sk === "sale") ?? {};
        return saleStateAt(saleOf(idOf(keyIn(item)), item), checkout.world.clock.nowMs);
      },
      examine: async () => takeReckoning(checkout),
    };
  },
};

/** An order at a till, that its customer has seen; closed, it is paid, to be captured in an hour. */
const tillOrder: Living = {
  name: "till order",
  machine: tillOrderMachine,
  // Time does both: of an open order the one, of a closed one the other.
  alike: ["expire", "capture"],
  begin: async () => {
    const market = await openMarket({ captureDelaySeconds: HOUR_MS / SECOND_MS });
    const id = await bind(market);
    const pay = () => market.payOrder(id, { paymentId: "p-1" });
    const close = () => market.closeOrder(id, { amount: 100 });
    const cancel = () => market.cancelOrder(id);
    const pass = () => market.pass(HOUR_MS);
    return {
      into: { OPEN: async () => undefined, CLOSED: () => pay().then(close), CANCELLED: cancel, EXPIRED: pass },
      asking: {
        bind: () => market.viewOrder(id),
        redeem: () => market.redeemPoints(id, { points: 0 }),
        pay,
        payAtTill: () => market.payAtTill(id, { method: "CASH" }),
        cut: () => market.cancelOrder(id, { purchases: [{ id: "l-2", quantity: 1 }] }),
        close,
        failClose: () => market.closeOrder(id),
        cancel,
        replace: () => market.createOrder({ ...P, merchantOrderId: "another" }),
        expire: pass,
        refund: () => market.refundOrder(id, { amount: 1 }),
        cancelPayment: () => market.cancelPayment(id),
        capture: pass,
      },
      stateOf: () => {
        const item = ofMarket(market, "posOrder").find(
          ({ pk, sk }) => sk === "order" && idOf({ pk: String(pk), sk }) === id,
        );
        return tillOrderStateAt(tillOrderOf(id, item ?? {}), market.world.clock.nowMs);
      },
      examine: () => examineMarket(market),
    };
  },
};
const approval: Living = {
  name: "approval",
  machine: approvalMachine,
  alike: [],
  begin: async () => {
    const approvals = await openApprovals();
    const phone = await enrol(approvals);
    const token = await start(approvals, ownedBy(phone));
    const listed = await listedFor(approvals, phone, token);
    const decision = (as: "approve" | "reject" | "fraud") => () => decide(approvals, phone, listed, as);
    // What ends an approval from elsewhere is stored when somebody looks.
    const look = () => check(approvals, token);
    const supersede = () => start(approvals, { ...ownedBy(phone), CancelPendingTransactions: true }).then(look);
    const orphan = () => approvals.core("RemoveDevice", { OwnerKey: phone.ownerKey, Reason: "SOLD" }).then(look);
    const fail = async () => {
      const Signature = Buffer.alloc(64, 1).toString("base64");
      for (let nth = 0; nth < 5; nth++) await decide(approvals, phone, listed, "approve", { changes: { Signature } });
    };
    const pass = () => {
      approvals.world.clock.advance(HOUR_MS);
      return expireDue(approvals.world.ports, { remainingMs: () => 60_000 });
    };
    const [approve, reject, fraud] = [decision("approve"), decision("reject"), decision("fraud")];
    const stop = () => cancel(approvals, token);
    return {
      into: {
        waiting: async () => undefined,
        approved: approve,
        rejected: reject,
        fraud,
        cancelled: stop,
        failed: fail,
        expired: pass,
      },
      asking: { approve, reject, fraud, cancel: stop, supersede, orphan, fail, expire: pass },
      stateOf: () => String(ofApprovals(approvals, "approval").find((item) => item.token === token)?.state),
      examine: async () => takeMuster(approvals),
    };
  },
};

const everyOne: readonly Living[] = [order, sale, tillOrder, approval];

/** What moves only with something else that lives: its moves are told of that. */
const dependents = [{ name: "payment of an order at a till", machine: paymentMachine }];

test.each([...everyOne, ...dependents])("the machine of a $name is sound", ({ machine }) => {
  expect(checkMachine(machine)).toEqual([]);
});

/** The moves that something which has begun can be asked to make. */
const movesOf = (machine: Machine): readonly string[] =>
  Object.entries(machine.moves).flatMap(([move, { from }]) => (from.length > 0 ? [move] : []));

const cases = everyOne.flatMap((living) =>
  Object.keys(living.machine.states).flatMap((state) =>
    movesOf(living.machine).map((move) => ({ name: living.name, state, move, living })),
  ),
);

describe("asked to move, what has begun does what the table says", () => {
  test.each(cases)(
    "a $name that is $state: $move",
    async ({ living: { begin: open, machine, alike }, state, move }) => {
      const { into, asking, stateOf, examine } = await open();
      await into[state]?.();
      expect(stateOf()).toBe(state);
      await asking[move]?.();
      const asked = alike.includes(move) ? alike : [move];
      const made = asked.find((each) => canMove(machine, each, state));
      expect(stateOf()).toBe(made === undefined ? state : machine.moves[made]?.to);
      await examine();
    },
  );

  test("in every state and by every move there is", async () => {
    for (const { begin: open, machine } of everyOne) {
      const { into, asking } = await open();
      expect(Object.keys(into)).toEqual(Object.keys(machine.states));
      expect(Object.keys(asking)).toEqual(movesOf(machine));
    }
  });
});
