/** What was typed after `npm run gateway --`, read; whatever is wrong with it is said in a sentence. */
import { parseArgs } from "node:util";
import type { Subject } from "./report/tester.ts";
import { usual, type Wish } from "./settings.ts";

/** Seconds that a connecting party may take to answer (sbc.md 8). */
const TIMEOUT_SECONDS = usual.checkTimeoutMs / 1000;

/** Where the simulator listens unless it is told. */
const SERVE_PORT = 8080;

/** What is shown to whoever types something else. */
export const USAGE = `Usage: npm run gateway -- --base <url> --control-key <key> [options]
       npm run gateway -- serve --base <url> --control-key <key> [options]

Plays the card gateway of SBC sales. Alone it tries a connecting party, which is
the server at --base, and reports what is as sbc.md 10 has it and what is not.
With "serve" it is a gateway for apps under development, on this machine.

  --base <url>            the connecting party, with a prefix if it has one
  --control-key <key>     as it was issued: hex, with its dashes
  --endpoint <id>         the endpoint that sales have to be of
  --callback-type <type>  what callbacks say they are of (default sale)
  --timeout <seconds>     for an answer (default ${TIMEOUT_SECONDS})
  --help                  this

The report
  --client-id <id>        the merchant's back end; with it states are looked at
  --client-secret <text>
  --other-client-id <id>  another merchant's
  --other-client-secret <text>
  --access-token <token>  where there is no client to ask for one
  --currency <code>       accepted, with two decimals (default EUR)
  --patience <seconds>    how long a check may wait for an expiry (default 0)
  --json                  one JSON document on standard output, nothing else

serve
  --port <port>           where to listen (default ${SERVE_PORT}, 0 for any that is free)
  --prefix <path>         of Perform and Sale status (default ${usual.prefix})

Exit codes: 0 all as it should be · 1 something is not
            2 wrong usage, or nobody answers

Example, with npm start running
  npm run gateway -- --base http://127.0.0.1:3000 \\
    --control-key 00112233-4455-6677-8899-AABBCCDDEEFF \\
    --client-id sbc-merchant \\
    --client-secret sandbox-sbc-secret-0000000000000000000000000001`;

/** The command line is wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** What shall be done. */
export type Command =
  | { readonly verb: "help" }
  | { readonly verb: "report"; readonly subject: Subject; readonly isJson: boolean }
  | { readonly verb: "serve"; readonly wish: Wish; readonly port: number };

const text = { type: "string" } as const;

const options = {
  base: text,
  "control-key": text,
  endpoint: text,
  "callback-type": text,
  timeout: text,
  "client-id": text,
  "client-secret": text,
  "other-client-id": text,
  "other-client-secret": text,
  "access-token": text,
  currency: text,
  patience: text,
  port: text,
  prefix: text,
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

const parse = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split(/\.(?: |$)/)[0] ?? "") : String(error));
  }
};

type Values = ReturnType<typeof parse>["values"];

type TextOption = { [Name in keyof Values]-?: NonNullable<Values[Name]> extends string ? Name : never }[keyof Values];

const matching = (values: Values, name: TextOption, pattern: RegExp, says: string): string | undefined => {
  const value = values[name];
  if (value !== undefined && !pattern.test(value)) throw new UsageError(`--${name} has to be ${says}`);
  return value;
};

const needed = (value: string | undefined, name: string): string => {
  if (value === undefined) throw new UsageError(`--${name} is missing`);
  return value;
};

const secondsIn = (values: Values, name: "timeout" | "patience", usually: number): number =>
  Number(matching(values, name, /^\d{1,7}$/, "a whole number of seconds") ?? usually) * 1000;

const baseIn = (values: Values): string => {
  const base = needed(values.base, "base");
  const url = URL.canParse(base) ? new URL(base) : undefined;
  const isBase = url && /^https?:$/.test(url.protocol) && url.search === "" && url.hash === "";
  if (!isBase) throw new UsageError("--base has to be an http or https URL, without a query");
  return base.replace(/\/+$/, "");
};

const clientIn = (values: Values, whose: "" | "other-") => {
  const [id, secret] = [values[`${whose}client-id`], values[`${whose}client-secret`]];
  if (id === undefined && secret === undefined) return undefined;
  return { id: needed(id, `${whose}client-id`), secret: needed(secret, `${whose}client-secret`) };
};

/** Options that only one of the two has. */
const ownOptions = {
  report: [
    "client-id",
    "client-secret",
    "other-client-id",
    "other-client-secret",
    "access-token",
    "currency",
    "patience",
    "json",
  ],
  serve: ["port", "prefix"],
} as const satisfies Readonly<Record<string, readonly (keyof Values)[]>>;

const commonIn = (values: Values) => ({
  base: baseIn(values),
  controlKey: needed(
    matching(values, "control-key", /^(?:[0-9A-Fa-f]{2}-?){16,}$/, "at least 32 hex digits, with or without dashes"),
    "control-key",
  ),
  endpoint: matching(values, "endpoint", /^[0-9A-Za-z]{1,64}$/, "of 1 to 64 letters and digits"),
  callbackType: values["callback-type"] ?? usual.callbackType,
  timeoutMs: secondsIn(values, "timeout", TIMEOUT_SECONDS),
});

/** Reads a command line; throws `UsageError`. */
export const readCommand = (argv: readonly string[]): Command => {
  const { values, positionals } = parse(argv);
  if (values.help || argv.length === 0) return { verb: "help" };
  const [word, more] = positionals;
  if ((word !== undefined && word !== "serve") || more !== undefined)
    throw new UsageError(`There is no "${positionals.join(" ")}"`);
  const verb = word ?? "report";
  const foreign = ownOptions[verb === "serve" ? "report" : "serve"].find((name) => values[name] !== undefined);
  if (foreign !== undefined)
    throw new UsageError(`--${foreign} is none of ${verb === "serve" ? "serve's" : "the report's"}`);
  const { endpoint, timeoutMs, ...common } = commonIn(values);
  if (verb === "serve") {
    const port = Number(matching(values, "port", /^\d{1,5}$/, "a port") ?? SERVE_PORT);
    const prefix = matching(values, "prefix", /^(?:\/[\w.~-]+)*$/, "a path, like /paynet/dapi/v1") ?? usual.prefix;
    const endpoints = endpoint === undefined ? [] : [endpoint];
    return { verb, wish: { ...common, endpoints, prefix, checkTimeoutMs: timeoutMs }, port };
  }
  const subject: Subject = {
    ...common,
    endpoint,
    timeoutMs,
    currency: matching(values, "currency", /^[A-Z]{3}$/, "three capitals") ?? "EUR",
    client: clientIn(values, ""),
    otherClient: clientIn(values, "other-"),
    accessToken: matching(values, "access-token", /^[!-~]{32,128}$/, "32 to 128 visible characters"),
    patienceMs: secondsIn(values, "patience", 0),
  };
  return { verb, subject, isJson: values.json ?? false };
};
