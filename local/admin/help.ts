/** The help, printed from the verbs' own rows. */
import { columns, wrap } from "./layout.ts";
import { flagOf, type Verb } from "./verb.ts";

const COMMAND = "npm run admin --";

const everywhere = [
  "Where",
  "  --port <port>    the sandbox on this port (default 3000; start one with npm start)",
  "  --stage <stage>  a deployed stage: table tillgate-<stage>, with AWS credentials",
  "",
  "How",
  "  --actor <name>   who does it, for the audit (default: your login name)",
  "  --json           one JSON document on standard output: the result, or",
  '                   {"error":{"code":"…","message":"…"}}; amounts are text in major units',
  "  --help           this, or what is to be known of a noun or verb",
  "",
  "Exit codes: 0 done, 1 refused (or books that are not even), 2 wrong usage,",
  "3 a fault, or out of reach. In scripts: npm run --silent admin -- … --json",
];

const callOf = ({ name, arguments: fields, options }: Verb): string => {
  const positions = Object.keys(fields).map((field) => `<${field}>`);
  const flags = Object.entries(options).map(([option, { shows, absent }]) =>
    absent === "refused" ? `${flagOf(option)} ${shows}` : `[${flagOf(option)} ${shows}]`,
  );
  return `  ${wrap([name, ...positions, ...flags], "      ")}`;
};

const examplesOf = (verbs: readonly Verb[]): readonly string[] => [
  "Examples",
  ...verbs.flatMap(({ examples }) => examples.map((example) => `  ${COMMAND} ${example}`)),
];

/** How some verbs are called: what is shown next to what was wrong with a call. */
export const usageOf = (verbs: readonly Verb[]): string =>
  [`Usage: ${COMMAND}`, ...verbs.map(callOf), "", ...examplesOf(verbs), "", "Add --help to read more."].join("\n");

const detailsOf = (verb: Verb): readonly string[] => {
  const fields = Object.entries(verb.arguments).map(([name, { says }]) => [`      <${name}>`, says]);
  const options = Object.entries(verb.options).map(([name, { shows, help }]) => [
    `      ${flagOf(name)} ${shows}`,
    help,
  ]);
  const rows = [...fields, ...options];
  return [
    callOf(verb),
    `      ${verb.help}`,
    ...verb.notes.map((note) => `      ${note}`),
    ...(rows.length === 0 ? [] : [columns(rows)]),
    "",
  ];
};

/** The help of some verbs, of a noun or one alone. */
export const helpOf = (verbs: readonly Verb[]): string =>
  [`${COMMAND}`, "", ...verbs.flatMap(detailsOf), ...examplesOf(verbs), "", ...everywhere].join("\n");

/** The help of everything: a line a verb. */
export const helpOfAll = (verbs: readonly Verb[]): string =>
  [
    "Tenants, credentials, accounts and books, from the command line.",
    "",
    `  ${COMMAND} <verb> <arguments> [options]`,
    "",
    "Verbs (add --help for what one takes)",
    columns(verbs.map(({ name, help }) => [`  ${name}`, help])),
    "",
    ...everywhere,
    "",
    "Examples",
    ...[
      "tenant list",
      "account show bank-a 1001",
      "account fund bank-a 1001 250.00 --reference payroll-11",
      "books bank-a",
    ].map((example) => `  ${COMMAND} ${example}`),
  ].join("\n");
