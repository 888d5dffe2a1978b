/** The help, printed from the verbs' own rows; everything fits 80 columns. */
import { columns, WIDTH, wrap } from "./layout.ts";
import { flagOf, type Verb } from "./verb.ts";

const COMMAND = "npm run admin --";

const everywhere = [
  "Where",
  "  --port <port>    the sandbox that npm start serves on this port (default 3000)",
  "  --stage <stage>  a deployed stage: table tillgate-<stage>, AWS credentials",
  "",
  "How",
  "  --actor <name>   who does it, for the audit (default: your login name)",
  "  --json           one JSON document on standard output and nothing else: the",
  '                   result, or {"error":{"code":"…","message":"…"}}; amounts are',
  "                   text in major units (in scripts: npm run --silent admin -- …)",
  "  --help           this; after a noun or verb, more about it",
  "",
  "Exit codes: 0 done · 1 refused, or books that are not even · 2 wrong usage",
  "            3 a fault, or out of reach",
];

const callOf = ({ name, stageOnly, arguments: fields, options }: Verb): string => {
  const positions = Object.entries(fields).map(([field, { mayBeAbsent }]) =>
    mayBeAbsent ? `[<${field}>]` : `<${field}>`,
  );
  const flags = Object.entries(options).map(([option, { shows, absent }]) =>
    absent === "refused" ? `${flagOf(option)} ${shows}` : `[${flagOf(option)} ${shows}]`,
  );
  const where = stageOnly ? ["--stage <stage>"] : [];
  return wrap([`  ${name}`, ...positions, ...where, ...flags], "      ");
};

const usageOf = (verbs: readonly Verb[]): readonly string[] => [`Usage: ${COMMAND} …`, ...verbs.map(callOf)];

/** An example to paste; a long one in lines that a shell puts together. */
const exampleLine = (example: string): string =>
  `  ${COMMAND} ${example}`.length <= WIDTH
    ? `  ${COMMAND} ${example}`
    : wrap([`  ${COMMAND}`, ...example.split(/ (?=--)/)], "    ", WIDTH - 2).replaceAll("\n", " \\\n");

const examplesOf = (examples: readonly string[]): readonly string[] => ["Examples", ...examples.map(exampleLine)];

const examplesOfVerbs = (verbs: readonly Verb[]): readonly string[] =>
  examplesOf(verbs.flatMap(({ examples }) => examples));

const listOf = (verbs: readonly Verb[]): readonly string[] => [
  "Verbs (--help after one tells what it takes)",
  columns(verbs.map(({ name, help }) => [`  ${name}`, help])),
];

const detailsOf = ({ help, notes, arguments: fields, options }: Verb): readonly string[] => {
  const rows = [
    ...Object.entries(fields).map(([name, { says }]) => [`  <${name}>`, says]),
    ...Object.entries(options).map(([name, option]) => [`  ${flagOf(name)} ${option.shows}`, option.help]),
  ];
  return [help, ...notes, ...(rows.length === 0 ? [] : ["", columns(rows)])];
};

const everyday = [
  "tenant list",
  "account show bank-a 1001",
  'account fund bank-a 1001 250.00 --reference "payroll 2026-11"',
  "books bank-a",
];

/** Where the help begins: every verb in a line, and what holds for all. */
export const helpOfAll = (verbs: readonly Verb[]): string =>
  [
    "Stages, tenants, credentials, accounts and books, from the command line.",
    "",
    `Usage: ${COMMAND} <verb> <arguments> [options]`,
    "",
    ...listOf(verbs),
    "",
    ...everywhere,
    "",
    ...examplesOf(everyday),
  ].join("\n");

/** The help of one verb, with all that it takes, or of a noun's verbs. */
export const helpOf = (verbs: readonly Verb[]): string => {
  const [only] = verbs;
  const about = verbs.length === 1 && only !== undefined ? detailsOf(only) : listOf(verbs);
  return [...usageOf(verbs), "", ...about, "", ...everywhere, "", ...examplesOfVerbs(verbs)].join("\n");
};

/** What is shown below an error: how the verbs that may have been meant are called, or which there are. */
export const hintOf = (meant: readonly Verb[], verbs: readonly Verb[]): string =>
  (meant.length === 0
    ? [...listOf(verbs), "", ...examplesOf(everyday)]
    : [...usageOf(meant), "", ...examplesOfVerbs(meant)]
  ).join("\n");
