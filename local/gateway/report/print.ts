/** How a report is shown: lines for a terminal of 80 columns, or a JSON document. */
import { WIDTH, wrap } from "../../admin/layout.ts";
import { countOf, type Finding, type Report } from "./report.ts";
import type { Problem } from "./trial.ts";

/** Paints texts, where that is wanted. */
export type Paint = Readonly<Record<"good" | "bad" | "open" | "faint" | "strong", (text: string) => string>>;

const painted =
  (isColoured: boolean, on: number, off: number) =>
  (text: string): string =>
    isColoured ? `\u001b[${on}m${text}\u001b[${off}m` : text;

/** Paint for a terminal that shows colours, or none. */
export const paintFor = (isColoured: boolean): Paint => ({
  good: painted(isColoured, 32, 39),
  bad: painted(isColoured, 31, 39),
  open: painted(isColoured, 33, 39),
  faint: painted(isColoured, 2, 22),
  strong: painted(isColoured, 1, 22),
});

/** Where the text of a finding begins. */
const INDENT = "         ";

/** The labels of a problem are so wide. */
const LABEL_WIDTH = "expected ".length;

/** How many problems of one check are shown; the rest is counted. */
const MOST_PROBLEMS = 4;

/** A text in lines after a label; a word that is longer than a line is broken. */
const labelled = (label: string, text: string): readonly string[] => {
  const room = WIDTH - INDENT.length - LABEL_WIDTH;
  const words = text.split(/\s+/).flatMap((word) => word.match(new RegExp(`.{1,${room}}`, "gsu")) ?? []);
  const lines = wrap(words, "", room).split("\n");
  return lines.map((line, nth) => `${INDENT}${(nth === 0 ? label : "").padEnd(LABEL_WIDTH)}${line}`);
};

const linesOfProblem = ({ what, expected, got }: Problem, { bad, faint }: Paint): readonly string[] => [
  `${INDENT}${what}`,
  ...labelled("expected", expected).map(faint),
  ...labelled("got", got).map(bad),
];

/** The lines of a finding. */
export const linesOfFinding = ({ row, name, outcome, problems, why }: Finding, paint: Paint): string => {
  const mark = { passed: paint.good("✓"), failed: paint.bad("✗"), skipped: paint.open("-") }[outcome];
  const head = `  ${mark}  ${paint.faint(row.padStart(2))}  ${outcome === "failed" ? paint.strong(name) : name}`;
  const more = problems.length - MOST_PROBLEMS;
  return [
    head,
    ...(why === undefined ? [] : [paint.open(wrap(`${INDENT}${why}`.split(/(?<=\S) /), INDENT))]),
    ...problems.slice(0, MOST_PROBLEMS).flatMap((problem) => linesOfProblem(problem, paint)),
    ...(more > 0 ? [paint.faint(`${INDENT}and ${more} more`)] : []),
  ].join("\n");
};

/** What stands above the findings. */
export const headOf = (
  subject: { readonly base: string; readonly currency: string },
  { strong, faint }: Paint,
): string =>
  [
    "",
    strong(`Connecting party at ${subject.base}`),
    faint(`sbc.md 10, from outside, in ${subject.currency}`),
    "",
  ].join("\n");

/** What stands below them: the sums, and what they do not tell. */
export const footOf = (report: Report, tookMs: number, paint: Paint): string => {
  const [passed, failed, skipped] = (["passed", "failed", "skipped"] as const).map((outcome) =>
    countOf(report, outcome),
  );
  const sums = [
    paint.good(`${passed} passed`),
    failed ? paint.bad(`${failed} failed`) : "0 failed",
    skipped ? paint.open(`${skipped} skipped`) : "0 skipped",
  ].join(", ");
  const blind = "Without --client-id and --client-secret no state was looked at.";
  const notes = [...(report.sawStates ? [] : [blind]), "Rows 9, 18 and 30 to 34 are not visible from outside."];
  const took = `${report.requests} requests in ${(tookMs / 1000).toFixed(1)} s`;
  return ["", `${sums}  ${paint.faint(took)}`, ...notes.map(paint.faint), ""].join("\n");
};

/** The report as a document. */
export const documentOf = (report: Report): object => ({
  base: report.base,
  currency: report.currency,
  passed: countOf(report, "passed"),
  failed: countOf(report, "failed"),
  skipped: countOf(report, "skipped"),
  sawStates: report.sawStates,
  requests: report.requests,
  checks: report.findings,
});
