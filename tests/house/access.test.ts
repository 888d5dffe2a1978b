/** Every role allows what its function does, and nothing more: each function runs on a store that takes down what is done to it. */
import { expect, test } from "vitest";
import type { Key } from "#store/item";
import { kindOf } from "#store/table";
import type { Store, Write } from "#store/write";
import { clockMoves } from "#sweep/moves";
import { jobScenarios, scenarios } from "../support/scenarios/all.ts";
import { play, type Scenario } from "../support/scenarios/scenario.ts";
import { readService, type ServiceFunction } from "../support/serverless.ts";

/** Longer than the tests' settings are remembered. */
const RECALLED_MS = 2_000;

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
  readEach: (keys) => {
    for (const key of keys) note(`dynamodb:BatchGetItem ${patternOf(key)}`);
    return store.readEach(keys);
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

/** `<slice>/<function>` of a deployed function. */
const pathOf = ({ handler }: ServiceFunction): string => handler.replace(/^dist\/(.*)\.handler$/, "$1");

/** What a function does when it is asked this as the first of its Lambda: nothing is remembered yet. */
const doneIn = async (scenario: Scenario): Promise<ReadonlySet<string>> => {
  const done = new Set<string>();
  let isAsked = false;
  await play(scenario, {
    open: (twin) => recording(twin, (what) => isAsked && done.add(what)),
    begin: ({ clock, ports }) => {
      clock.advance(RECALLED_MS);
      const { secrets } = ports;
      Object.assign(ports, {
        secrets: () => {
          done.add("secretsmanager:GetSecretValue");
          return secrets();
        },
      });
      isAsked = true;
    },
  });
  return done;
};

/** What each function does in all its scenarios. */
const doEverything = async (): Promise<Readonly<Record<string, readonly string[]>>> => {
  const byFunction = Map.groupBy([...scenarios, ...jobScenarios], ({ endpoint }) => endpoint);
  const done = [...byFunction].map(async ([name, itsScenarios]) => {
    const acts = (await Promise.all(itsScenarios.map(doneIn))).flatMap((each) => [...each]);
    return [name, [...new Set(acts)].toSorted()] as const;
  });
  return Object.fromEntries(await Promise.all(done));
};

const done = await doEverything();

test("every role allows exactly what its function does to the table and the secret", () => {
  const { functions } = readService("prod");
  const allowed = Object.values(functions).map((row) => [pathOf(row), allowedBy(row).toSorted()]);
  expect(Object.fromEntries(allowed)).toEqual(done);
});

test("every kind of item that the clock moves is swept in a scenario", () => {
  const swept = Object.keys(clockMoves).filter((kind) =>
    done["sweep/expireDue"]?.some((act) => act.startsWith("dynamodb:GetItem") && act.includes(`#${kind}#`)),
  );
  expect(swept).toEqual(Object.keys(clockMoves));
});
