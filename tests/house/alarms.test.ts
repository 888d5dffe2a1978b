/** What somebody is woken for: every alarm by name and threshold, that what it reads is written, and that a page says what to do. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { edgeRefusals, refuse } from "#kernel/refusal";
import type { Metric } from "#ports";
import { openTelemetry } from "#telemetry";
import { everyContract } from "../support/desk.ts";
import { logicalIdOf, packageTemplate, readService, type Template } from "../support/serverless.ts";
import { linesWrittenBy } from "../unit/edge/given.ts";
import { root, sourcesOf } from "./sources.ts";

interface MetricOf {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: unknown }[];
}

interface Alarm extends Partial<MetricOf> {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly ComparisonOperator: string;
  readonly Threshold: number;
  readonly Statistic?: string;
  readonly Period?: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly TreatMissingData: string;
  readonly AlarmActions: unknown;
  readonly OKActions: unknown;
  readonly Metrics?: readonly {
    readonly Id: string;
    readonly ReturnData?: boolean;
    readonly Expression?: string;
    readonly MetricStat?: { readonly Stat: string; readonly Period: number; readonly Metric: MetricOf };
  }[];
}

let template: Template;

beforeAll(async () => {
  template = await packageTemplate("prod");
}, 60_000);

const alarms = (): readonly Alarm[] =>
  Object.values(template.Resources)
    .filter(({ Type }) => Type === "AWS::CloudWatch::Alarm")
    .map(({ Properties }) => Properties as unknown as Alarm);

const whatOf = ({ AlarmName }: Alarm): string => AlarmName.replace(/^tillgate-prod-/, "");

/** A metric in a line: `Namespace/Name {dimension=value, …}`. */
const lineOf = ({ Namespace, MetricName, Dimensions = [] }: MetricOf): string => {
  const values = Dimensions.map(
    ({ Name, Value }) => `${Name}=${typeof Value === "string" ? Value : JSON.stringify(Value)}`,
  );
  return `${Namespace}/${MetricName} {${values.join(", ")}}`;
};

const metricsOf = ({ Metrics = [], Namespace, MetricName, Dimensions }: Alarm): readonly MetricOf[] => [
  ...(Namespace !== undefined && MetricName !== undefined
    ? [{ Namespace, MetricName, ...(Dimensions !== undefined && { Dimensions }) }]
    : []),
  ...Metrics.flatMap(({ MetricStat }) => (MetricStat === undefined ? [] : [MetricStat.Metric])),
];

/** An alarm in words: what is measured over which time, when it is too much, and what no data mean. */
const wordsOf = (alarm: Alarm): readonly string[] => {
  const { Metrics, Statistic, MetricName, Period, ComparisonOperator, Threshold, EvaluationPeriods } = alarm;
  const measured =
    Metrics?.find(({ Expression }) => Expression !== undefined)?.Expression ?? `${Statistic} of ${MetricName}`;
  const periods = Metrics?.flatMap(({ MetricStat }) => MetricStat?.Period ?? []) ?? [Period];
  const bound = `${ComparisonOperator.replace("Threshold", "")} ${Threshold}`;
  const when = `${alarm.DatapointsToAlarm ?? EvaluationPeriods} of ${EvaluationPeriods} × ${[...new Set(periods)].join()} s`;
  return [whatOf(alarm), measured, bound, when, alarm.TreatMissingData];
};

test("every alarm by name and threshold", () => {
  expect(alarms().map(wordsOf)).toEqual([
    [
      "table-throttles",
      "FILL(reads, 0) + FILL(writes, 0) + FILL(dueReads, 0) + FILL(dueWrites, 0) + FILL(listWrites, 0)",
      "GreaterThan 10",
      "1 of 1 × 300 s",
      "notBreaching",
    ],
    [
      "table-errors",
      "FILL(get, 0) + FILL(batchGet, 0) + FILL(put, 0) + FILL(query, 0) + FILL(transactGet, 0) + FILL(transactWrite, 0) + FILL(update, 0)",
      "GreaterThan 10",
      "1 of 1 × 300 s",
      "notBreaching",
    ],
    ["faults", "Sum of Faults", "GreaterThan 0", "1 of 5 × 60 s", "notBreaching"],
    [
      "unanswered",
      "FILL(heard, 0) - FILL(faults, 0) - FILL(busy, 0) - FILL(upstream, 0)",
      "GreaterThan 0",
      "1 of 1 × 300 s",
      "notBreaching",
    ],
    ["upstream", "Sum of Upstream", "GreaterThan 5", "1 of 1 × 300 s", "notBreaching"],
    ["unlimited", "Sum of Unlimited", "GreaterThan 5", "1 of 1 × 300 s", "notBreaching"],
    ["busy", "IF(busy > 5, 100 * busy / requests, 0)", "GreaterThan 1", "1 of 1 × 300 s", "notBreaching"],
    ["throttles", "Sum of Throttles", "GreaterThan 0", "1 of 5 × 60 s", "notBreaching"],
    ["jobs-failed", "FILL(expireDue, 0) + FILL(closeDays, 0)", "GreaterThan 0", "1 of 1 × 300 s", "notBreaching"],
    ["sweep-absent", "SampleCount of SweepExpired", "LessThan 1", "5 of 5 × 60 s", "breaching"],
    ["sweep-overdue", "Maximum of SweepOldestOverdueMs", "GreaterThan 300000", "1 of 5 × 60 s", "notBreaching"],
    ["sweep-failing", "Sum of SweepFailed", "GreaterThan 0", "1 of 5 × 60 s", "notBreaching"],
  ]);
});

test("an expression is the one thing that its alarm watches, and names every metric of it", () => {
  for (const { AlarmName, Metrics } of alarms()) {
    if (Metrics === undefined) continue;
    const [expression, ...others] = Metrics;
    const names = [...(expression?.Expression ?? "").matchAll(/\b[a-z]\w*/g)].map(([name]) => name);
    expect([AlarmName, [...new Set(names)].sort()]).toEqual([AlarmName, others.map(({ Id }) => Id).sort()]);
    expect([AlarmName, ...others.map(({ ReturnData }) => ReturnData)]).toEqual([AlarmName, ...others.map(() => false)]);
    expect([AlarmName, expression?.ReturnData ?? true]).toEqual([AlarmName, true]);
    // CloudWatch takes no more than that in an alarm.
    expect(others.length).toBeLessThanOrEqual(10);
  }
});

describe("what an alarm reads", () => {
  const read = () => [...new Set(alarms().flatMap(metricsOf).map(lineOf))].sort();

  test("of ours is written by the stage's telemetry, with the same dimensions", async () => {
    const ours: readonly Metric[] = [
      "Requests",
      "Faults",
      "Busy",
      "Upstream",
      "Unlimited",
      "SweepExpired",
      "SweepFailed",
      "SweepOldestOverdueMs",
    ];
    const [line] = (await linesWrittenBy(() => {
      const { count, flush } = openTelemetry({ stage: "prod" });
      for (const metric of ours) count(metric, 1, "sweep/expireDue");
      flush();
    })) as readonly [Record<string, unknown> & { readonly _aws: { readonly CloudWatchMetrics: readonly unknown[] } }];
    const [written] = line._aws.CloudWatchMetrics as readonly [
      {
        readonly Namespace: string;
        readonly Dimensions: readonly string[][];
        readonly Metrics: readonly { Name: string }[];
      },
    ];
    const lines = written.Dimensions.flatMap((names) =>
      written.Metrics.map(({ Name }) =>
        lineOf({
          Namespace: written.Namespace,
          MetricName: Name,
          Dimensions: names.map((name) => ({ Name: name, Value: line[name] })),
        }),
      ),
    );
    const wanted = read().filter((metric) => metric.startsWith("Tillgate/"));
    expect(wanted).toEqual(ours.map((metric) => `Tillgate/${metric} {service=tillgate, stage=prod}`).sort());
    expect(wanted.filter((metric) => !lines.includes(metric))).toEqual([]);
  });

  test("of the table are its own reads and writes, those of its indexes, and every operation that the store uses", () => {
    const table = `TableName={"Ref":"Table"}`;
    const store = sourcesOf("lib/store").find(({ path }) => path.endsWith("/dynamo.ts"));
    const commands = new Set([...(store?.text ?? "").matchAll(/new (\w+)Command\(/g)].map(([, name = ""]) => name));
    const operations = [...commands].map((name) =>
      name === "Query" ? name : name.startsWith("Transact") ? `${name}Items` : `${name}Item`,
    );
    expect(read().filter((metric) => metric.startsWith("AWS/DynamoDB/"))).toEqual(
      [
        `AWS/DynamoDB/ReadThrottleEvents {${table}}`,
        `AWS/DynamoDB/ReadThrottleEvents {${table}, GlobalSecondaryIndexName=due}`,
        `AWS/DynamoDB/WriteThrottleEvents {${table}}`,
        `AWS/DynamoDB/WriteThrottleEvents {${table}, GlobalSecondaryIndexName=due}`,
        `AWS/DynamoDB/WriteThrottleEvents {${table}, GlobalSecondaryIndexName=list}`,
        ...operations.map((operation) => `AWS/DynamoDB/SystemErrors {${table}, Operation=${operation}}`),
      ].sort(),
    );
  });

  test("of Lambda are the account's throttles and the errors of every function that no caller would miss", () => {
    const scheduled = Object.entries(readService("prod").functions)
      .filter(([, { events }]) => events.some(({ schedule }) => schedule !== undefined))
      .map(([name]) => logicalIdOf(name));
    expect(read().filter((metric) => metric.startsWith("AWS/Lambda/"))).toEqual(
      [
        "AWS/Lambda/Throttles {}",
        ...scheduled.map((name) => `AWS/Lambda/Errors {FunctionName={"Ref":"${name}"}}`),
      ].sort(),
    );
  });

  test("of the gateway are the 5xx of this API, whatever said them", () => {
    expect(read().filter((metric) => metric.startsWith("AWS/ApiGateway/"))).toEqual([
      `AWS/ApiGateway/5xx {ApiId={"Ref":"HttpApi"}}`,
    ]);
  });
});

/** What a 5xx may say: our bugs, what is to come back (Busy), and what fails because a system that we ask does (Upstream). */
const counted: readonly string[] = ["FAULT", "BUSY", "RATE_LIMITED", "UPSTREAM_FAILED"];

test("a function says a 5xx for what is counted apart only, so what is left of them was said by no function", async () => {
  // An endpoint is a route that there is.
  const everywhere = Object.keys(edgeRefusals).filter((code) => code !== "UNKNOWN_ROUTE");
  for (const { name, dialect, mayRefuse, auth } of await everyContract()) {
    const codes = [...mayRefuse, ...(auth === undefined ? ["BUSY", "FAULT"] : everywhere)];
    const loud = codes.filter((code) => (dialect(refuse(code))?.status ?? 500) >= 500);
    expect([name, loud.filter((code) => !counted.includes(code))]).toEqual([name, []]);
    // Approvals alone have a word of their own for what is to come back (approvals.md 1: 9429), and it is no 5xx.
    const least = name.startsWith("approval/") ? ["FAULT"] : ["BUSY", "FAULT"];
    expect([name, loud]).toEqual([name, expect.arrayContaining(least)]);
  }
});

test("alarms notify the stage's topic, of their end too, where there is one", () => {
  const notify = { "Fn::If": ["HasAlarmTopic", [""], { Ref: "AWS::NoValue" }] };
  expect(alarms().map(({ AlarmActions, OKActions }) => [AlarmActions, OKActions])).toEqual(
    alarms().map(() => [notify, notify]),
  );
  expect(template.Conditions.HasAlarmTopic).toEqual({ "Fn::Not": [{ "Fn::Equals": ["", ""] }] });
});

test("every alarm leads to the section that says what to do, and there is no section without an alarm", () => {
  const page = readFileSync(join(root, "docs/operations.md"), "utf8");
  const sections = [...page.matchAll(/^### `([a-z-]+)`$/gm)].map(([, what]) => what);
  expect(alarms().map(whatOf).sort()).toEqual(sections.sort());
  for (const alarm of alarms())
    expect(alarm.AlarmDescription.endsWith(`See docs/operations.md, ${whatOf(alarm)}.`)).toBe(true);
});
