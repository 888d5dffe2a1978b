import * as fc from "fast-check";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  canMove,
  checkMachine,
  defineMachine,
  diagramOf,
  type Machine,
  type MoveBy,
  type MoveFrom,
  type MoveOf,
  movesBy,
  type StateOf,
} from "#kernel/machine";

/** A parcel in a locker: collected in time, or sent back by the clock; a collected one may be handed back. */
const parcel = defineMachine({
  initial: "waiting",
  states: { waiting: {}, collected: { rests: true }, returned: { final: true }, handedBack: { final: true } },
  moves: {
    deposit: { from: [], to: "waiting", funds: "hold", by: "partner" },
    collect: { from: ["waiting"], to: "collected", funds: "post", by: "partner" },
    sendBack: { from: ["waiting"], to: "returned", funds: "release", by: "clock", deadline: "pickUpByMs" },
    handBack: { from: ["collected"], to: "handedBack", funds: "reverse", by: "partner" },
  },
});
type Parcel = typeof parcel;

/** A door that never ends: it shuts itself. */
const door = defineMachine({
  initial: "shut",
  states: { shut: { rests: true }, ajar: {}, open: {} },
  moves: {
    push: { from: ["shut", "ajar"], to: "open", funds: "none", by: "partner" },
    swing: { from: ["open"], to: "ajar", funds: "none", by: "clock" },
    close: { from: ["ajar", "open"], to: "shut", funds: "none", by: "clock" },
  },
});

describe("a machine's table", () => {
  test("gives the types of its names", () => {
    expectTypeOf<StateOf<Parcel>>().toEqualTypeOf<"waiting" | "collected" | "returned" | "handedBack">();
    expectTypeOf<MoveOf<Parcel>>().toEqualTypeOf<"deposit" | "collect" | "sendBack" | "handBack">();
    expectTypeOf<MoveFrom<Parcel, "handBack">>().toEqualTypeOf<"collected">();
    expectTypeOf<MoveFrom<typeof door, "push">>().toEqualTypeOf<"shut" | "ajar">();
    expectTypeOf<MoveFrom<Parcel, "deposit">>().toEqualTypeOf<never>();
    expectTypeOf<MoveBy<Parcel, "clock">>().toEqualTypeOf<"sendBack">();
    expectTypeOf(parcel.moves.sendBack.to).toEqualTypeOf<"returned">();
  });

  test("does not compile with a state that is not declared", () => {
    const misspelt = defineMachine({
      // @ts-expect-error: no state of this name.
      initial: "wating",
      states: { waiting: { rests: true } },
      moves: {
        // @ts-expect-error: no state of this name.
        stay: { from: ["waiting"], to: "waitng", funds: "none", by: "partner" },
      },
    });
    expect(checkMachine(misspelt)).toEqual([
      "initial: names wating, which is no state",
      "waiting: cannot be reached from wating",
      "stay: names waitng, which is no state",
    ]);
  });

  test("is the table itself, for the write's condition", () => {
    expect(parcel.moves.collect).toEqual({ from: ["waiting"], to: "collected", funds: "post", by: "partner" });
    expect(Object.keys(parcel.states)).toEqual(["waiting", "collected", "returned", "handedBack"]);
  });
});

describe("moving", () => {
  test.each([
    ["deposit", []],
    ["collect", ["waiting"]],
    ["sendBack", ["waiting"]],
    ["handBack", ["collected"]],
  ] as const)("%s is possible from %j only", (move, from) => {
    const states = ["waiting", "collected", "returned", "handedBack"] as const;
    expect(states.filter((state) => canMove(parcel, move, state))).toEqual(from);
  });

  test("narrows the state to those that the move may start from", () => {
    const state: StateOf<Parcel> = "collected" as StateOf<Parcel>;
    if (canMove(parcel, "handBack", state)) expectTypeOf(state).toEqualTypeOf<"collected">();
    expect(canMove(parcel, "handBack", state)).toBe(true);
  });

  test("is the clock's or the partner's", () => {
    expect(movesBy(parcel, "clock")).toEqual(["sendBack"]);
    expect(movesBy(parcel, "partner")).toEqual(["deposit", "collect", "handBack"]);
    expect(movesBy(door, "clock")).toEqual(["swing", "close"]);
    expectTypeOf(movesBy(parcel, "clock")).toEqualTypeOf<readonly "sendBack"[]>();
  });
});

describe("checking a machine", () => {
  test.each([
    ["parcel", parcel],
    ["door", door],
  ])("finds nothing wrong with the %s", (_name, machine) => {
    expect(checkMachine(machine)).toEqual([]);
  });

  const { collect, handBack, sendBack } = parcel.moves;
  const flaws: [string, Partial<Machine>, string[]][] = [
    [
      "an initial state that is none",
      { initial: "nowhere" },
      [
        "initial: names nowhere, which is no state",
        "waiting: cannot be reached from nowhere",
        "collected: cannot be reached from nowhere",
        "returned: cannot be reached from nowhere",
        "handedBack: cannot be reached from nowhere",
        "deposit: starts nowhere and does not lead to nowhere",
      ],
    ],
    ["a state that nothing leads to", { moves: { collect, sendBack } }, ["handedBack: cannot be reached from waiting"]],
    [
      "an island of states",
      { moves: { collect, handBack, sendBack: { ...sendBack, from: ["handedBack"] } } },
      ["waiting: is open, yet no move of the clock ends it", "handedBack: is final, yet a move leaves it"],
    ],
    [
      "an open state that waits for a partner",
      { moves: { collect, handBack, sendBack: { ...sendBack, by: "partner" } } },
      ["waiting: is open, yet no move of the clock ends it", "sendBack: has a deadline and is not the clock's"],
    ],
    [
      "a clock that leads back to the same state",
      { moves: { collect, handBack, sendBack, tick: { ...sendBack, to: "waiting" } } },
      [],
    ],
    [
      "a state that neither ends nor rests",
      { states: { ...parcel.states, collected: {} } },
      ["collected: is open, yet no move of the clock ends it"],
    ],
    [
      "a state that claims both",
      { states: { ...parcel.states, returned: { final: true, rests: true } } },
      ["returned: is final and rests"],
    ],
    [
      "a final state that is left",
      { states: { ...parcel.states, collected: { final: true } } },
      ["collected: is final, yet a move leaves it"],
    ],
    [
      "names that are not the table's own",
      { moves: { ...parcel.moves, collect: { ...collect, from: ["constructor"] } } },
      [
        "collected: cannot be reached from waiting",
        "handedBack: cannot be reached from waiting",
        "collect: names constructor, which is no state",
      ],
    ],
    [
      "a beginning elsewhere",
      { moves: { ...parcel.moves, deposit: { ...parcel.moves.deposit, to: "collected" } } },
      ["deposit: starts nowhere and does not lead to waiting"],
    ],
  ];
  test.each(flaws)("names %s", (_what, change, says) => {
    const machine: Machine = { ...parcel, ...change };
    expect(checkMachine(machine)).toEqual(says);
  });

  test("only waiting for ever on the spot does not count as a way out", () => {
    const machine: Machine = {
      initial: "idle",
      states: { idle: {} },
      moves: { tick: { from: ["idle"], to: "idle", funds: "none", by: "clock" } },
    };
    expect(checkMachine(machine)).toEqual(["idle: is open, yet no move of the clock ends it"]);
  });

  test("finds a state unreachable exactly when no walk from the start ends there", () => {
    const names = ["a", "b", "c", "d"] as const;
    const edges = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)), { maxLength: 8 });
    fc.assert(
      fc.property(edges, (list) => {
        const machine: Machine = {
          initial: "a",
          states: Object.fromEntries(names.map((name) => [name, { rests: true }])),
          moves: Object.fromEntries(
            list.map(([from, to], index) => [`m${index}`, { from: [from], to, funds: "none", by: "partner" }]),
          ),
        };
        let walked = ["a"];
        for (let steps = 0; steps < names.length; steps += 1) {
          walked = [...walked, ...list.filter(([from]) => walked.includes(from)).map(([, to]) => to)];
        }
        const missed = names.filter((name) => !walked.includes(name));
        expect(checkMachine(machine)).toEqual(missed.map((name) => `${name}: cannot be reached from a`));
      }),
    );
  });
});

describe("drawing a machine", () => {
  test("shows how it begins, who moves when, the money, and where it ends", () => {
    expect(diagramOf(parcel)).toBe(`stateDiagram-v2
    [*] --> waiting: deposit (hold)
    waiting --> collected: collect (post)
    waiting --> returned: sendBack by the clock at pickUpByMs (release)
    collected --> handedBack: handBack (reverse)
    returned --> [*]
    handedBack --> [*]
`);
  });

  test("draws an arrow from every state that a move starts in", () => {
    expect(diagramOf(door)).toBe(`stateDiagram-v2
    [*] --> shut
    shut --> open: push
    ajar --> open: push
    open --> ajar: swing by the clock
    ajar --> shut: close by the clock
    open --> shut: close by the clock
`);
  });
});
