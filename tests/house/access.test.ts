/** Every role allows what its function does, and nothing more: each function runs on a store that takes down what is done to it. */
import { expect, test, vi } from "vitest";
import type { Key } from "#store/item";
import { kindOf } from "#store/table";
import type { Store, Write } from "#store/write";
import { closeDays } from "#sweep/closeDays";
import { expireDue } from "#sweep/expireDue";
import { openBank, transactionIdOf } from "../support/bank.ts";
import { openDesk } from "../support/desk.ts";
import { readService, type ServiceFunction } from "../support/serverless.ts";

const actions = {
  put: "PutItem",
  update: "UpdateItem",
  erase: "DeleteItem",
  check: "ConditionCheckItem",
} as const satisfies Record<Write["kind"], string>;

/** The pattern that allows a key: its kind, and whether the desk owns it. */
const patternOf = (key: Key): string => `${key.pk.startsWith("desk#") ? "desk" : "*"}#${kindOf(key)}#*`;

const recording = (store: Store, note: (done: string) => void): Store => ({
  read: (keys) => {
    for (const key of keys) note(`dynamodb:GetItem ${patternOf(key)}`);
    return store.read(keys);
  },
  commit: (writes, token) => {
    for (const { kind, key } of writes) note(`dynamodb:${actions[kind]} ${patternOf(key)}`);
    return store.commit(writes, token);
  },
  list: (range) => {
    note(range.of === "table" ? `dynamodb:Query ${patternOf({ pk: range.in, sk: "" })}` : `dynamodb:Query ${range.of}`);
    return store.list(range);
  },
});

/** What a role allows, in the same words: every action with every kind of item or with the index. */
const allowedBy = ({ iamRoleStatements = [] }: ServiceFunction): readonly string[] =>
  iamRoleStatements.flatMap(({ Action, Resource, Condition }) => {
    const index = /\$\{Table\.Arn\}\/index\/(\w+)/.exec(JSON.stringify(Resource))?.[1];
    const kinds = Condition?.["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"];
    const targets = kinds ?? [index ?? "everything"];
    return Action.flatMap((action) =>
      action === "secretsmanager:GetSecretValue" ? [action] : targets.map((target) => `${action} ${target}`),
    );
  });

/** Runs every function through all that it can do, and tells what each did. */
const doEverything = async (): Promise<Readonly<Record<string, ReadonlySet<string>>>> => {
  const done: Record<string, Set<string>> = {};
  let running = "";
  const note = (what: string) => done[running]?.add(what);
  const bank = await openBank(
    [
      { userId: 1001, balance: "100" },
      { userId: 1004, balance: "0", mode: "skip" },
    ],
    { replace: (twin) => recording(twin, note) },
  );
  const { ports, clock } = bank.world;
  const secrets = vi.spyOn(ports, "secrets");
  const run = async <Said>(name: string, use: () => Promise<Said>): Promise<Said> => {
    clock.advance(2_000); // so that no settings are remembered
    secrets.mockClear();
    running = name;
    done[name] ??= new Set();
    const said = await use();
    if (secrets.mock.calls.length > 0) note("secretsmanager:GetSecretValue");
    return said;
  };
  const start = async (userId = 1001) =>
    transactionIdOf(await run("startOrder", () => bank.start({ userId, value: "10" })));

  const settled = await start();
  await run("settleOrder", () => bank.settle({ transactionId: settled }));
  await run("cancelOrder", () => bank.cancel({ transactionId: settled }));
  const cancelled = await start();
  await run("cancelOrder", () => bank.cancel({ transactionId: cancelled }));
  await start(1004);
  await start();
  clock.advance(2 * 3_600_000);
  await run("expireDue", () => expireDue(ports, { remainingMs: () => 60_000 }));
  clock.advance(2 * 24 * 3_600_000);
  await run("closeDays", () => closeDays(ports, { remainingMs: () => 60_000 }));
  const desk = await openDesk(ports);
  await run("health", () => desk.call("GET /health"));
  return done;
};

test("every role allows exactly what its function does to the table and the secret", async () => {
  const { functions } = readService("prod");
  const done = { docs: new Set<string>(), unknownRoute: new Set<string>(), ...(await doEverything()) };
  const allowed = Object.entries(functions).map(([name, row]) => [name, allowedBy(row).toSorted()]);
  const needed = Object.entries(done).map(([name, acts]) => [name, [...acts].toSorted()]);
  expect(Object.fromEntries(allowed)).toEqual(Object.fromEntries(needed));
});
