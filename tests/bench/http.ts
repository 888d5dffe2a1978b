/** `http`: the local stack as `npm start` runs it (gateway, functions, engine on disk), over HTTP, against a bare server of Node's. */
import { randomUUID } from "node:crypto";
import { HOUR_MS } from "#kernel/time";
import { freePort } from "../../local/offline.ts";
import { sandboxTenants } from "../../local/sandbox/values/tenants.ts";
import { removeData, startSandbox } from "../support/sandbox.ts";
import { startApart } from "./apart.ts";
import { type Loaded, load, type Wish } from "./load.ts";
import { median, percentile, ratioOf, takeTurns } from "./measure.ts";
import type { Findings, Scale } from "./report.ts";

/** Enough to keep the stack busy, as few as a till has. */
const CLIENTS = 16;

/** An account of the sandbox that holds much and has no limits. */
const RICH = 1005;

const token = sandboxTenants[0]?.token ?? "";
const headers = { "content-type": "application/json", "x-auth-token": token };

const startOf = (reference: string): Wish => {
  const nowMs = Date.now();
  const body =
    `{"userId":${RICH},"amount":{"value":0.01},"dateOfTransaction":"2026-11-25T08:00:00.000Z",` +
    `"expiryTimeOfTheOrder":"${new Date(nowMs + HOUR_MS).toISOString()}","sonectTransactionReferenceId":"${reference}"}`;
  return { method: "POST", path: "/api/sonect/startwithdrawal", headers, body };
};

const BARE = "bare node:http";

/** What is asked, each of its own server. */
const rivalsAt = (bare: string, desk: string): Readonly<Record<string, readonly [url: string, wish: () => Wish]>> => {
  const repeated = startOf(randomUUID());
  return {
    [BARE]: [bare, () => startOf("bare")],
    "GET /health": [desk, () => ({ method: "GET", path: "/health" })],
    "startOrder, a new one": [desk, () => startOf(randomUUID())],
    "startOrder, a repeated one": [desk, () => repeated],
  };
};

const figuresOf = (one: readonly Loaded[], many: readonly Loaded[]) => ({
  p50s: one.map(({ timesMs }) => median(timesMs)),
  p99: median(one.map(({ timesMs }) => percentile(timesMs, 0.99))),
  rates: many.map(({ perS }) => perS),
});

/** Starts the sandbox and the bare server, and loads them by turns. */
export const measureHttp = async ({ isQuick }: Scale): Promise<Findings> => {
  const port = await freePort();
  const sandbox = await startSandbox(port);
  const bare = startApart(new URL("./apart/bare.ts", import.meta.url), {});
  try {
    const { port: barePort } = await bare.hear<{ readonly port: number }>();
    const rivals = rivalsAt(`http://127.0.0.1:${barePort}`, sandbox.url);
    const forMs = isQuick ? 300 : 1_000;
    const loads = (clients: number) =>
      Object.fromEntries(
        Object.entries(rivals).map(([name, [url, wish]]) => [name, () => load(url, wish, { clients, forMs })]),
      );
    const turns = isQuick ? 2 : 3;
    await takeTurns(1, loads(CLIENTS)); // Warms everything up.
    const one = await takeTurns(turns, loads(1));
    const many = await takeTurns(turns, loads(CLIENTS));
    const figures = Object.keys(rivals).map((name) => ({ name, ...figuresOf(one[name] ?? [], many[name] ?? []) }));
    const [first] = figures;
    return {
      tables: [
        {
          title: `The local stack over HTTP: one client's times, and what ${CLIENTS} clients get together`,
          columns: [
            { name: "name", head: "" },
            { name: "p50", head: "p50 ms", digits: 2 },
            { name: "ratio", head: "x bare", digits: 1 },
            { name: "p99", head: "p99 ms", digits: 2 },
            { name: "rate", head: "per s", digits: 0 },
            { name: "rateRatio", head: "x bare", digits: 3 },
          ],
          rows: figures.map(({ name, p50s, p99, rates }) => ({
            name,
            p50: median(p50s),
            ratio: ratioOf(p50s, first?.p50s ?? []),
            p99,
            rate: median(rates),
            rateRatio: ratioOf(rates, first?.rates ?? []),
          })),
          notes: ["Client, gateway and engine share this machine; a Lambda has a network instead."],
        },
      ],
      budgets: [],
    };
  } finally {
    await sandbox.stop();
    await bare.end();
    removeData(port);
  }
};
