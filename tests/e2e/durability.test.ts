/** kill -9 of the sandbox at random moments under load: what was acknowledged is there, nothing is torn, what was not answered converges. */
import { randomInt } from "node:crypto";
import { afterAll, expect, test } from "vitest";
import { freePort, isFree } from "../../local/offline.ts";
import { removeData, run, type Started, startSandbox } from "../support/sandbox.ts";

const TOKEN = "sandbox-integrator-token-000000000000000000000001";
const CLIENTS = 16;
const ORDERS = 1_000;

const DEATHS = 6;

/** How many orders are acknowledged, about, between two deaths. */
const BETWEEN_DEATHS = 150;

let sandbox: Started | undefined;

afterAll(async () => {
  await sandbox?.stop();
  removeData(sandbox?.port ?? 0);
});

interface Heard {
  readonly body: string;
  readonly replayed: boolean;
}

/** An order's life so far: what was said, and what of it was answered. */
interface Life {
  readonly start: string;
  readonly ending: "settle" | "cancel" | "settle, then cancel";
  started?: Heard | undefined;
  ended?: Heard | undefined;
  reversed?: Heard | undefined;
}

const soon = (inMs: number): string => new Date(Date.now() + inMs).toISOString();

const lifeOf = (n: number): Life => ({
  start: `{"userId":1005,"amount":{"value":1.00},"dateOfTransaction":"${soon(0)}","expiryTimeOfTheOrder":"${soon(3_600_000)}","sonectTransactionReferenceId":"order ${n}"}`,
  ending: (["settle", "cancel", "settle, then cancel"] as const)[n % 3] ?? "settle",
});

/** A call; undefined when it was not answered. */
const call = async (port: number, verb: string, body: string): Promise<Heard | undefined> => {
  const headers = { "X-Auth-Token": TOKEN, "Content-Type": "application/json" };
  try {
    const answered = await fetch(`http://127.0.0.1:${port}/api/sonect/${verb}withdrawal`, {
      method: "POST",
      headers,
      body,
    });
    if (answered.status !== 200) return undefined;
    return { body: await answered.text(), replayed: answered.headers.get("idempotency-replayed") === "true" };
  } catch {
    return undefined;
  }
};

const endBody = ({ body }: Heard): string =>
  `{"TransactionId":${/"TransactionId":(\d+)/.exec(body)?.[1]},"UserId":1005,"DateOperation":"${soon(0)}"}`;

/** Lives on from where it was: asks for whatever has not been answered yet. True when all of it has. */
const live = async (port: number, life: Life): Promise<boolean> => {
  life.started ??= await call(port, "start", life.start);
  if (life.started === undefined) return false;
  life.ended ??= await call(port, life.ending === "cancel" ? "cancel" : "settle", endBody(life.started));
  if (life.ended === undefined) return false;
  if (life.ending !== "settle, then cancel") return true;
  life.reversed ??= await call(port, "cancel", endBody(life.started));
  return life.reversed !== undefined;
};

const isOver = ({ ending, ended, reversed }: Life): boolean =>
  (ending === "settle, then cancel" ? reversed : ended) !== undefined;

/** Clients work through the lives until all are over, or until they are stopped by a death. */
const work = async (port: number, lives: readonly Life[], isDead: () => boolean): Promise<void> => {
  const waiting = lives.filter((life) => !isOver(life));
  const client = async (): Promise<void> => {
    for (let life = waiting.shift(); life !== undefined && !isDead(); life = waiting.shift()) await live(port, life);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
};

const die = async (dying: Started): Promise<void> => {
  dying.child.kill("SIGKILL");
  await dying.ended;
  // Its gateway hears of it and ends by itself.
  for (let tries = 0; !(await isFree(dying.port)); tries++) {
    expect(tries).toBeLessThan(200);
    await new Promise((resume) => setTimeout(resume, 50));
  }
};

test("a thousand orders outlive the deaths of their desk", async () => {
  const lives = Array.from({ length: ORDERS }, (_, n) => lifeOf(n));
  const port = await freePort();
  let deaths = 0;
  while (lives.some((life) => !isOver(life))) {
    sandbox = await startSandbox(port);
    const left = lives.filter((life) => !isOver(life)).length;
    const until = left - randomInt(1, BETWEEN_DEATHS);
    const isDue = () => deaths < DEATHS && lives.filter((life) => !isOver(life)).length <= until;
    const working = work(port, lives, isDue);
    if (deaths < DEATHS) {
      while (!isDue() && lives.some((life) => !isOver(life))) await new Promise((resume) => setTimeout(resume, 5));
      await die(sandbox);
      deaths += 1;
    }
    await working;
  }
  sandbox = (await isFree(port)) ? await startSandbox(port) : sandbox;
  expect(deaths).toBe(DEATHS);

  // Everything that was ever answered is answered so again; a second start of it is a replay.
  const waiting = [...lives];
  const asking = async (): Promise<void> => {
    for (let life = waiting.pop(); life !== undefined; life = waiting.pop())
      expect(await call(port, "start", life.start)).toEqual({ body: life.started?.body, replayed: true });
  };
  await Promise.all(Array.from({ length: CLIENTS }, asking));
  const numbers = new Set(lives.map(({ started }) => started?.body));
  expect(numbers.size).toBe(ORDERS);
  expect(lives.filter(({ ended, reversed }) => !/"ResultCode":0,/.test(`${(reversed ?? ended)?.body}`))).toEqual([]);

  const told = async (...args: readonly string[]) => {
    const admin = run("admin.ts", [...args, "--json", "--port", String(port)]);
    expect(await admin.ended).toBe(0);
    return JSON.parse(admin.printed()) as unknown;
  };
  const settled = lives.filter(({ ending }) => ending === "settle").length;
  expect(await told("account", "show", "bank-a", "1005")).toMatchObject({
    available: `${100_000 - settled}.00`,
    held: "0.00",
  });
  expect(await told("reconcile", "bank-a")).toMatchObject({
    even: true,
    currencies: [{ unbounded: { "settlement-CHF": `${settled}.00` }, held: "0.00", disagreeing: [] }],
  });
}, 300_000);
