/**
 * State machines as tables (DESIGN 7). One table gives the types, what a write may do (`canMove`), the clock's moves, the
 * documents and a generated test of every state and move.
 */

/** What a move does to money: puts it aside, books what was held, gives it back, books it back, or nothing. */
export type Funds = "hold" | "post" | "release" | "reverse" | "none";

/** Who makes a move: somebody who calls, or time alone (the sweep does, or whoever reads reckons it). */
export type Mover = "partner" | "clock";

/** A state. One that neither is final nor rests is open, and time has to be able to end it. */
export interface State {
  /** Nothing leaves it. */
  readonly final?: true;
  /** May last for ever although something can still happen: a settled order that may yet be reversed. */
  readonly rests?: true;
}

/** A move between states. */
export interface Move<Name extends string = string> {
  /** Where it may start; empty for the move that brings the thing into being. */
  readonly from: readonly Name[];
  readonly to: Name;
  readonly funds: Funds;
  readonly by: Mover;
  /** The clock's moves only: the item's field with the instant (epoch ms) at which this is due and the partner's moves are too late. */
  readonly deadline?: string;
}

/** Any state machine. */
export interface Machine {
  readonly initial: string;
  readonly states: Readonly<Record<string, State>>;
  readonly moves: Readonly<Record<string, Move>>;
}

/** Declares a machine; its names become types, and a state that is not declared does not compile. */
export const defineMachine = <
  const States extends Readonly<Record<string, State>>,
  const Moves extends Readonly<Record<string, Move<keyof States & string>>>,
>(machine: {
  readonly initial: keyof States & string;
  readonly states: States;
  readonly moves: Moves;
}) => machine;

/** The names of a machine's states. */
export type StateOf<M extends Machine> = keyof M["states"] & string;

/** The names of a machine's moves. */
export type MoveOf<M extends Machine> = keyof M["moves"] & string;

/** The states from which a move may be made. */
export type MoveFrom<M extends Machine, Name extends MoveOf<M>> = M["moves"][Name]["from"][number];

/** The names of the moves that this mover makes. */
export type MoveBy<M extends Machine, By extends Mover> = {
  [Name in MoveOf<M>]: M["moves"][Name]["by"] extends By ? Name : never;
}[MoveOf<M>];

/** Whether the move may be made from this state; its deadline is another matter. */
export const canMove = <M extends Machine, Name extends MoveOf<M>>(
  machine: M,
  move: Name,
  state: StateOf<M>,
): state is StateOf<M> & MoveFrom<M, Name> => machine.moves[move]?.from.includes(state) ?? false;

/** The moves that this mover makes, in the table's order. */
export const movesBy = <M extends Machine, By extends Mover>(machine: M, by: By): readonly MoveBy<M, By>[] =>
  Object.keys(machine.moves).filter((name): name is MoveBy<M, By> => machine.moves[name]?.by === by);

const reachedBy = ({ initial, moves }: Machine): ReadonlySet<string> => {
  const reached = new Set([initial]);
  // A set's iterator also visits what is added while it runs.
  for (const state of reached) {
    for (const move of Object.values(moves)) if (move.from.includes(state)) reached.add(move.to);
  }
  return reached;
};

const checkState = (machine: Machine, name: string, state: State): readonly string[] => {
  const leaving = Object.values(machine.moves).filter((move) => move.from.includes(name) && move.to !== name);
  const says: string[] = [];
  if (!reachedBy(machine).has(name)) says.push(`${name}: cannot be reached from ${machine.initial}`);
  if (state.final && state.rests) says.push(`${name}: is final and rests`);
  if (state.final && leaving.length > 0) says.push(`${name}: is final, yet a move leaves it`);
  if (!state.final && !state.rests && !leaving.some((move) => move.by === "clock"))
    says.push(`${name}: is open, yet no move of the clock ends it`);
  return says;
};

const checkMove = ({ initial, states }: Machine, name: string, move: Move): readonly string[] => {
  const says = [...move.from, move.to]
    .filter((state) => !Object.hasOwn(states, state))
    .map((state) => `${name}: names ${state}, which is no state`);
  if (move.from.length === 0 && move.to !== initial)
    says.push(`${name}: starts nowhere and does not lead to ${initial}`);
  if (move.by !== "clock" && move.deadline !== undefined) says.push(`${name}: has a deadline and is not the clock's`);
  return says;
};

/** Everything that is wrong with a machine, one sentence each; empty for a sound one. */
export const checkMachine = (machine: Machine): readonly string[] => [
  ...(Object.hasOwn(machine.states, machine.initial) ? [] : [`initial: names ${machine.initial}, which is no state`]),
  ...Object.entries(machine.states).flatMap(([name, state]) => checkState(machine, name, state)),
  ...Object.entries(machine.moves).flatMap(([name, move]) => checkMove(machine, name, move)),
];

const labelOf = (name: string, { by, deadline, funds }: Move): string => {
  const due = deadline === undefined ? "" : ` at ${deadline}`;
  return `${name}${by === "clock" ? ` by the clock${due}` : ""}${funds === "none" ? "" : ` (${funds})`}`;
};

/** The machine as a Mermaid state diagram, moves in the table's order. */
export const diagramOf = ({ initial, states, moves }: Machine): string => {
  const opening = Object.values(moves).some((move) => move.from.length === 0) ? [] : [`[*] --> ${initial}`];
  const arrows = Object.entries(moves).flatMap(([name, move]) =>
    (move.from.length === 0 ? ["[*]"] : move.from).map((from) => `${from} --> ${move.to}: ${labelOf(name, move)}`),
  );
  const endings = Object.entries(states).flatMap(([name, state]) => (state.final ? [`${name} --> [*]`] : []));
  return ["stateDiagram-v2", ...[...opening, ...arrows, ...endings].map((line) => `    ${line}`), ""].join("\n");
};
