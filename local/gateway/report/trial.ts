/** One check of the report while it is being made: what was expected, and what was there instead. */
import { type Heard, jsonOf, textAt } from "../http.ts";

/** Something that is not as it should be. */
export interface Problem {
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

/** Thrown where a check cannot be made, and why. */
export class Skipped extends Error {
  override readonly name = "Skipped";
}

/** Thrown where what a check begins with has failed already. */
export class Stopped extends Error {
  override readonly name = "Stopped";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.what);
    this.problem = problem;
  }
}

/** The longest text that is shown: three lines. */
const LONGEST_SHOWN = 180;

/** Of texts that differ late, so much is shown before the difference, and so much in all: two lines. */
const BEFORE_DIFFERENCE = 24;
const LONGEST_EXCERPT = 120;

/** Tokens and nonces are longer than whatever is to be read. */
const opaque = /[0-9A-Za-z]{50,}/g;

const masked = (text: string): string => text.replace(opaque, (secret) => `${secret.slice(0, 8)}…`);

/** A text as the report shows it: cut, and no token whole. */
const shown = (text: string, longest = LONGEST_SHOWN): string => {
  const told = masked(text);
  return told.length > longest ? `${told.slice(0, longest - 1)}…` : told;
};

/** An error whose body is as it is printed in sbc.md 6: its code says it all. Any other body stands for itself. */
const shortBody = (body: string): string => {
  const said = jsonOf({ status: 200, headers: {}, body });
  const [cause, code, message] = ["cause", "code", "message"].map((name) => textAt(said, "error", name));
  const invoiceId = textAt(said, "invoiceId");
  const printed = JSON.stringify({ error: { cause, code, message }, ...(invoiceId !== undefined && { invoiceId }) });
  if (body !== printed) return body;
  return `${cause} ${code} "${message}"${invoiceId === undefined ? "" : ` of ${invoiceId}`}`;
};

/** An answer as it is shown: status and body. */
export const told = (heard: Heard): string =>
  heard.status === undefined ? heard.why : shown(`${heard.status} ${shortBody(heard.body)}`.trimEnd());

/** Two texts from where they begin to differ, if they are long. */
const fromDifference = (one: string, other: string): readonly [string, string] => {
  const texts = [masked(one), masked(other)] as const;
  const at = [...texts[0]].findIndex((letter, nth) => letter !== texts[1][nth]);
  const from = Math.max(0, (at < 0 ? texts[0].length : at) - BEFORE_DIFFERENCE);
  const cut = (text: string): string => (from > 0 ? shown(`…${text.slice(from)}`, LONGEST_EXCERPT) : shown(text));
  return [cut(texts[0]), cut(texts[1])];
};

/** The one body of every 403 (sbc.md 6); a check's names its sale. */
const refusedBody = (invoiceId?: string): string =>
  JSON.stringify({
    error: { cause: "FILTERED", code: "SALE-40301", message: "Request refused" },
    ...(invoiceId !== undefined && { invoiceId }),
  });

/** What an answer should be like. */
export interface Expected {
  readonly status: number;
  /** Exactly, or in its shape, which is said in words. */
  readonly body: string | { readonly like: RegExp; readonly says: string };
}

/** What a check is made with. */
export interface Trial {
  readonly problems: readonly Problem[];
  /** Two values are the same. */
  readonly same: (what: string, got: unknown, expected: unknown) => void;
  /** An answer is as expected. */
  readonly answers: (what: string, heard: Heard, expected: Expected) => void;
  /** A 200, whatever it says. */
  readonly succeeds: (what: string, heard: Heard) => void;
  /** The uniform 403; of a check's, with the invoice that it was asked about. */
  readonly refused: (what: string, heard: Heard, invoiceId?: string) => void;
  /** An error with this code, and with what is said behind it. */
  readonly fails: (what: string, heard: Heard, code: string, message: string, invoiceId?: string) => void;
  /** A list of what is wrong is empty. */
  readonly flawless: (what: string, flaws: readonly string[]) => void;
}

const isAs = (body: string, expected: Expected["body"]): boolean =>
  typeof expected === "string" ? body === expected : expected.like.test(body);

const causes: Readonly<Record<string, string>> = { 4000: "INVALID_REQUEST", 4030: "FILTERED" };

/** A value as text: what is text already as it is. */
const plain = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing"));

/** Begins a check. */
export const openTrial = (): Trial => {
  const problems: Problem[] = [];
  const wrong = (what: string, expected: string, got: string): void => void problems.push({ what, expected, got });
  const answers: Trial["answers"] = (what, heard, { status, body }) => {
    if (heard.status === status && isAs(heard.body, body)) return;
    const right = `${status} ${typeof body === "string" ? shortBody(body) : body.says}`.trimEnd();
    const got = heard.status === undefined ? heard.why : `${heard.status} ${shortBody(heard.body)}`.trimEnd();
    wrong(what, ...(typeof body === "string" ? fromDifference(right, got) : ([right, shown(got)] as const)));
  };
  return {
    problems,
    answers,
    same: (what, got, expected) => {
      if (JSON.stringify(got) !== JSON.stringify(expected)) wrong(what, ...fromDifference(plain(expected), plain(got)));
    },
    succeeds: (what, heard) => {
      if (heard.status !== 200 || jsonOf(heard) === undefined) wrong(what, "200", told(heard));
    },
    refused: (what, heard, invoiceId) => answers(what, heard, { status: 403, body: refusedBody(invoiceId) }),
    fails: (what, heard, code, message, invoiceId) => {
      const error = { cause: causes[code.slice("SALE-".length, -1)], code, message };
      const body = JSON.stringify({ error, ...(invoiceId !== undefined && { invoiceId }) });
      answers(what, heard, { status: Number(code.slice("SALE-".length, -2)), body });
    },
    flawless: (what, flaws) => {
      if (flaws.length > 0) wrong(what, "an answer that a gateway trusts", flaws.join("; "));
    },
  };
};
