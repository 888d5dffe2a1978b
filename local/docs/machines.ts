/** Prints docs/machines.md: what may happen to a thing, when, by whom, and what it does to money. */
import { diagramOf, type Funds, type Machine, type State } from "#kernel/machine";
import { code, page, table } from "./markdown.ts";
import type { Found, Sources } from "./sources.ts";

/** What a move does to money, in words. */
export const fundsInWords: Readonly<Record<Funds, string>> = {
  hold: "the amount is held",
  post: "the hold is posted",
  release: "the hold is given back",
  reverse: "the posting is reversed",
  none: "",
};

/** What a state promises, in words. */
export const stateInWords = ({ final, rests }: State): string => {
  if (final) return "Final: nothing leaves it.";
  return rests ? "May last for ever, although something can still happen." : "Open: time ends it if nobody does.";
};

const movesOf = ({ moves }: Machine): readonly (readonly string[])[] =>
  Object.entries(moves).map(([name, { from, to, funds, by, deadline }]) => [
    code(name),
    from.map(code).join(", "),
    code(to),
    fundsInWords[funds],
    by,
    deadline === undefined ? "" : code(deadline),
  ]);

const chapterOf = ({ slice, name, table: machine }: Found<Machine>): readonly string[] => [
  `## ${slice}: ${name}`,
  `\`\`\`mermaid\n${diagramOf(machine)}\`\`\``,
  table(["move", "from", "to", "money", "by", "deadline"], movesOf(machine)),
  table(
    ["state", "meaning"],
    Object.entries(machine.states).map(([state, row]) => [code(state), stateInWords(row)]),
  ),
];

/** The document. */
export const printMachines = ({ machines }: Sources): string =>
  page(
    "# State machines",
    "A move by `clock` is due from the instant in the field under *deadline* on, and the partner's moves are then too late. Where money waits for it the scheduled sweep makes it; whoever reads sooner sees what it leads to.",
    ...machines.flatMap(chapterOf),
  );
