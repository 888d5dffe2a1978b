/** Prints docs/refusals.md: every no that the house knows, and how each protocol says it. */
import type { AnyContract } from "#edge/contract";
import { print } from "#edge/middleware/respond";
import { utter } from "#edge/middleware/speak";
import { refusalsAt } from "#edge/openapi.responses";
import { type Facts, type Retry, refuse } from "#kernel/refusal";
import { code, page, table } from "./markdown.ts";
import type { Found, RefusalTable, Sources } from "./sources.ts";

/** When the same request may succeed, in words. */
export const retryInWords: Readonly<Record<Retry, string>> = {
  never: "not as it stands",
  later: "later, unchanged",
  changed: "after something has changed",
};

/** A refusal as an endpoint says it: in Markdown, lest the same words are told twice. */
interface Utterance {
  readonly code: string;
  readonly words: string;
  readonly at: string;
}

const wordsOf = (status: number, headers: Readonly<Record<string, string>>, body: string | undefined): string =>
  [
    String(status),
    ...Object.entries(headers).map(([name, value]) => code(`${name}: ${value}`)),
    body === undefined ? "no body" : code(body),
  ].join(" ");

const utterancesAt = (row: AnyContract): readonly Utterance[] =>
  refusalsAt(row).map(({ code, status, headers, value }) => ({
    code,
    words: wordsOf(status, headers, value === undefined ? undefined : JSON.stringify(value)),
    at: row.name,
  }));

/** What no endpoint says, since the request has not come to one: nothing of this path, or not with this verb. */
const utterancesElsewhere = ({ dialect, name }: AnyContract): readonly Utterance[] =>
  [{}, { allow: "POST" }].map((facts: Facts) => {
    const answer = utter(dialect, refuse("UNKNOWN_ROUTE", facts));
    const { body } = print(answer);
    const at = `elsewhere in ${name.split("/")[0]}`;
    return { code: "UNKNOWN_ROUTE", words: wordsOf(answer.status, answer.headers ?? {}, body), at };
  });

const saidIn = (utterances: readonly Utterance[]): string =>
  Object.entries(Object.groupBy(utterances, ({ words }) => words))
    .map(([words, same = []]) => `${words}: ${[...new Set(same.map(({ at }) => at))].join(", ")}`)
    .join("<br>");

const chapterOf = (slice: string, tables: readonly Found<RefusalTable>[], utterances: readonly Utterance[]) => [
  `## ${slice}`,
  table(
    ["code", "try again", "what it says", "how, and where"],
    tables
      .flatMap((found) => Object.entries(found.table))
      .map(([name, { retry, says }]) => [
        code(name),
        retryInWords[retry],
        says,
        saidIn(utterances.filter((utterance) => utterance.code === name)),
      ]),
  ),
];

/** The document. */
export const printRefusals = ({ contracts, refusals }: Sources): string => {
  const utterances = contracts.flatMap((row) => [...utterancesAt(row), ...utterancesElsewhere(row)]);
  return page(
    "# Refusals",
    "A refusal is an expected no. Each has one code and one home; a protocol says it in its own words, and of several that apply the first one is said. A code that no endpoint says is heard by administrators, in `npm run admin`.",
    ...Object.entries(Object.groupBy(refusals, ({ slice }) => slice)).flatMap(([slice, tables = []]) =>
      chapterOf(slice, tables, utterances),
    ),
    "## In order of precedence",
    table(
      ["endpoint", "may refuse"],
      contracts.map((row) => [
        `${row.name}<br>${code(row.route)}`,
        refusalsAt(row)
          .map((said) => code(said.code))
          .join(", "),
      ]),
    ),
  );
};
