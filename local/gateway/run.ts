/** Runs `npm run gateway`: the report, or the simulator as a server. */
import { readCommand, USAGE, UsageError } from "./commandLine.ts";
import { faults, outcomes } from "./faults.ts";
import { documentOf, footOf, headOf, linesOfFinding, paintFor } from "./report/print.ts";
import { countOf, makeReport } from "./report/report.ts";
import type { Subject } from "./report/tester.ts";
import type { Sale, Step } from "./sale.ts";
import { type ServedGateway, serveGateway } from "./server.ts";
import type { Wish, World } from "./settings.ts";
import { openGateway } from "./simulator.ts";

/** Exit codes. */
const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** What the program has around it. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether what is written to `out` may be coloured. */
  readonly isColoured: boolean;
  readonly world: World;
  /** Resolves when a server shall end; until it is asked, the program ends as any other. */
  readonly stopped: () => Promise<void>;
}

const report = async (subject: Subject, isJson: boolean, { out, err, isColoured, world }: Surroundings) => {
  const paint = paintFor(isColoured && !isJson);
  const sinceMs = world.now();
  if (!isJson) out(`${headOf(subject, paint)}\n`);
  let chapter = "";
  const made = await makeReport(subject, world, (finding) => {
    if (isJson) return;
    if (finding.chapter !== chapter) out(`\n${paint.strong(finding.chapter)}\n`);
    chapter = finding.chapter;
    out(`${linesOfFinding(finding, paint)}\n`);
  });
  out(isJson ? `${JSON.stringify(documentOf(made), null, 2)}\n` : footOf(made, world.now() - sinceMs, paint));
  if (made.answers === 0) {
    err(made.requests === 0 ? "Nothing could be asked.\n" : `Nobody answers at ${subject.base}.\n`);
    return exitCodes.usage;
  }
  return countOf(made, "failed") === 0 ? exitCodes.done : exitCodes.failed;
};

const lineOf = ({ performed }: Sale, { step, as, status, wrong }: Step): string => {
  const what = [step, as].filter(Boolean).join(", ");
  return `${performed.invoiceId}  ${what.padEnd(30)}  ${[status ?? "no answer", ...wrong].join("; ")}`;
};

const welcome = ({ base, url }: ServedGateway, { controlKey: _, ...wish }: Wish): string => {
  const names = Object.entries(faults).map(
    ([name, [number, says]]) => `  ${name.padEnd(20)}${number.padEnd(5)}${says}`,
  );
  return [
    "",
    `Gateway simulator for the connecting party at ${wish.base}`,
    "",
    `  Perform      POST ${base}/sale/{endpointId}/{invoiceId}`,
    `  Sale status  POST ${base}/sale/{endpointId}/{invoiceId}/status`,
    "",
    "What happened in a sale, and what shall happen in one before it is performed:",
    "",
    `  curl ${url}/simulator/sales/{invoiceId}`,
    `  curl -X PUT ${url}/simulator/sales/{invoiceId} \\`,
    `    -d '{"outcome":"declined","checkDelayMs":0,"faults":["callback-again"]}'`,
    "",
    `Outcomes: ${outcomes.join(", ")}.`,
    "checkDelayMs makes the check late, past the session's end (F4). Faults:",
    "",
    ...names,
    "",
    "Ctrl-C stops it.",
    "",
  ].join("\n");
};

const serve = async (wish: Wish, port: number, around: Surroundings): Promise<number> => {
  const { out, err, world, stopped } = around;
  const gateway = openGateway(wish, world, (sale, step) => out(`${lineOf(sale, step)}\n`));
  const served = await serveGateway(gateway, port).catch((error: Error) => error);
  if (served instanceof Error) {
    err(`The gateway cannot listen on port ${port}: ${served.message}\n`);
    return exitCodes.usage;
  }
  out(`${welcome(served, wish)}\n`);
  await stopped();
  await served.close();
  return exitCodes.done;
};

/** Runs a command line (without the program's name) and resolves to its exit code. */
export const runGateway = async (argv: readonly string[], around: Surroundings): Promise<number> => {
  try {
    const command = readCommand(argv);
    if (command.verb === "report") return await report(command.subject, command.isJson, around);
    if (command.verb === "serve") return await serve(command.wish, command.port, around);
    around.out(`${USAGE}\n`);
    return exitCodes.done;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    around.err(`${error.message}.\n\n${USAGE}\n`);
    return exitCodes.usage;
  }
};
