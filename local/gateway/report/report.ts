/** The conformance report: every case of sbc.md 10 that is visible from outside, tried against any connecting party. */
import type { Heard } from "../http.ts";
import type { World } from "../settings.ts";
import type { Case, Chapter } from "./case.ts";
import { beginning, expiredToken } from "./cases/beginning.ts";
import { callbacks } from "./cases/callbacks.ts";
import { checks, lateChecks } from "./cases/checks.ts";
import { examples } from "./cases/examples.ts";
import { notifications } from "./cases/notifications.ts";
import { headerMissing, headersCase, rules } from "./cases/rules.ts";
import { openTester, type Shared } from "./openTester.ts";
import type { Subject } from "./tester.ts";
import { openTrial, type Problem, Skipped, Stopped } from "./trial.ts";

/** So many requests in a row without an answer, and nobody is there any more. */
const MOST_SILENCES = 5;

/** A check that was made, or not. */
export interface Finding {
  /** What it belongs to. */
  readonly chapter: string;
  readonly row: string;
  readonly name: string;
  readonly outcome: "passed" | "failed" | "skipped";
  readonly problems: readonly Problem[];
  /** Why it was skipped. */
  readonly why?: string;
}

/** A whole report. */
export interface Report {
  readonly base: string;
  readonly currency: string;
  readonly findings: readonly Finding[];
  /** Whether states and cards could be looked at. */
  readonly sawStates: boolean;
  /** How many requests were made, and how many of them answered. */
  readonly requests: number;
  readonly answers: number;
}

/** In their order: what takes time comes late, and last what is seen of all answers. */
const chaptersWith = (headers: Case): readonly Chapter[] => [
  { title: "Access tokens and sales", cases: beginning },
  { title: "Checks", cases: checks },
  { title: "Notifications", cases: notifications },
  { title: "Callbacks", cases: callbacks },
  { title: "What expires", cases: [...lateChecks, expiredToken] },
  { title: "Every call", cases: [...examples, ...rules, headers] },
];

type Outcome = Omit<Finding, "chapter" | "row" | "name">;

const outcomeOf = (problems: readonly Problem[], thrown: unknown): Outcome => {
  const all = thrown instanceof Stopped ? [...problems, thrown.problem] : problems;
  if (all.length > 0) return { outcome: "failed", problems: all };
  if (thrown instanceof Skipped) return { outcome: "skipped", problems: [], why: thrown.message };
  if (thrown !== undefined) throw thrown;
  return { outcome: "passed", problems: [] };
};

const tryOut = async ({ run }: Case, shared: Shared): Promise<Outcome> => {
  const trial = openTrial();
  const thrown = await run(openTester(shared, trial)).then(
    () => undefined,
    (error: unknown) => error,
  );
  return outcomeOf(trial.problems, thrown);
};

const unasked: Outcome = { outcome: "skipped", problems: [], why: "nobody answers any more" };

/** Makes the report; `tell` hears of every finding as it is made. It ends early where nobody answers any more. */
export const makeReport = async (
  subject: Subject,
  world: World,
  tell: (finding: Finding) => void = () => {},
): Promise<Report> => {
  const missing = new Map<string, string>();
  let [silences, requests, answers] = [0, 0, 0];
  const hear = (asking: string, heard: Heard): void => {
    requests += 1;
    if (heard.status === undefined) {
      silences += 1;
      return;
    }
    silences = 0;
    answers += 1;
    const header = headerMissing(heard);
    if (header !== undefined) missing.set(asking.replace(/\/sale\/[0-9a-f-]{36}/, "/sale/{invoiceId}"), header);
  };
  const shared: Shared = { subject, world, hear, tokens: { areRefused: false } };
  const findings: Finding[] = [];
  for (const { title: chapter, cases } of chaptersWith(headersCase(() => missing)))
    for (const each of cases) {
      const { row, name } = each;
      const outcome: Outcome = silences < MOST_SILENCES ? await tryOut(each, shared) : unasked;
      const finding = { chapter, row, name, ...outcome };
      findings.push(finding);
      tell(finding);
    }
  const { base, currency, client } = subject;
  return { base, currency, findings, sawStates: client !== undefined, requests, answers };
};

/** How many findings came out so. */
export const countOf = ({ findings }: Report, outcome: Finding["outcome"]): number =>
  findings.filter((finding) => finding.outcome === outcome).length;
