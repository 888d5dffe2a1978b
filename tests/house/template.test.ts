/** What a deployment would make: the CloudFormation template of a stage, looked at as a whole. */
import { beforeAll, describe, expect, test } from "vitest";
import { routesOf } from "#edge/contract";
import { CALL_TIMEOUT_MS } from "#store/dynamo";
import { MOST_SENDINGS } from "#store/sending";
import { TTL_FIELD, tableSchema } from "../../local/table.ts";
import { everyContract } from "../support/desk.ts";
import {
  logicalIdOf,
  packageTemplate,
  type Resource,
  readService,
  type Statement,
  type Template,
} from "../support/serverless.ts";

const publicUrl = { "Fn::Sub": `https://\${HttpApi}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}` };

/** What CloudFormation calls here. */
const here = `\${AWS::Region}:\${AWS::AccountId}`;

let template: Template;

beforeAll(async () => {
  template = await packageTemplate("prod");
}, 60_000);

const ofType = (type: string): readonly (readonly [name: string, resource: Resource])[] =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);

const functionNames = (): readonly string[] =>
  ofType("AWS::Lambda::Function").map(([, { Properties }]) => String(Properties.FunctionName));

const statementsOf = ({ Properties }: Resource): readonly Statement[] =>
  (Properties.Policies as readonly { readonly PolicyDocument: { readonly Statement: readonly Statement[] } }[]).flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );

describe("functions", () => {
  test("are named by stage, slice and endpoint", () => {
    const names = Object.keys(readService("prod").functions);
    expect(names).toContain("withdrawal-startOrder");
    expect(functionNames()).toEqual(names.map((name) => `tillgate-prod-${name}`));
  });

  test("run on Node 24 and arm64, in one version", () => {
    const runtimes = ofType("AWS::Lambda::Function").map(([, { Properties }]) => [
      Properties.Runtime,
      Properties.Architectures,
    ]);
    expect(new Set(runtimes.map((runtime) => JSON.stringify(runtime)))).toEqual(new Set(['["nodejs24.x",["arm64"]]']));
    expect(ofType("AWS::Lambda::Version")).toEqual([]);
  });

  test("have the same environment: names only", () => {
    for (const [name, { Properties }] of ofType("AWS::Lambda::Function")) {
      expect([name, Properties.Environment]).toEqual([
        name,
        {
          Variables: {
            STAGE: "prod",
            TABLE: "tillgate-prod",
            SECRET_ID: "tillgate/prod",
            PUBLIC_URL: publicUrl,
          },
        },
      ]);
    }
  });

  test("have no concurrency reserved unless the stage asks for it", () => {
    expect(
      ofType("AWS::Lambda::Function").filter(([, { Properties }]) => "ReservedConcurrentExecutions" in Properties),
    ).toEqual([]);
  });

  test("keep their logs for 30 days", () => {
    const groups = ofType("AWS::Logs::LogGroup").map(([, { Properties }]) => Properties);
    expect(groups).toEqual(
      functionNames().map((name) => ({ LogGroupName: `/aws/lambda/${name}`, RetentionInDays: 30 })),
    );
  });
});

test("every route of every contract leads to its function, and whatever else to the unknown route", async () => {
  const contracts = (await everyContract()).flatMap((row) =>
    routesOf(row).map((route) => [route, logicalIdOf(row.name.replace("/", "-"))]),
  );
  const functionOf = (integration: string): unknown => {
    const uri = template.Resources[integration]?.Properties.IntegrationUri;
    return (uri as { readonly "Fn::GetAtt": readonly unknown[] })["Fn::GetAtt"][0];
  };
  const routes = ofType("AWS::ApiGatewayV2::Route").map(([, { Properties }]) => {
    const [, [, { Ref }]] = (
      Properties.Target as { readonly "Fn::Join": [string, [string, { readonly Ref: string }]] }
    )["Fn::Join"];
    return [Properties.RouteKey, functionOf(Ref)];
  });
  expect(Object.fromEntries(routes)).toEqual({
    ...Object.fromEntries(contracts),
    $default: logicalIdOf("desk-unknownRoute"),
  });
});

describe("time-outs", () => {
  const timeoutMs = ({ Properties }: Resource): number => Number(Properties.Timeout) * 1_000;

  const scheduled = ["sweep-expireDue", "sweep-closeDays"].map(logicalIdOf);

  test("of an endpoint: a read and a commit, each sent as often as may be < the function < the gateway", () => {
    const endpoints = ofType("AWS::Lambda::Function").filter(([name]) => !scheduled.includes(name));
    const gateways = ofType("AWS::ApiGatewayV2::Integration").map(([, { Properties }]) =>
      Number(Properties.TimeoutInMillis),
    );
    expect(gateways).toHaveLength(endpoints.length);
    for (const [, endpoint] of endpoints) {
      expect(timeoutMs(endpoint)).toBeGreaterThan(2 * MOST_SENDINGS * CALL_TIMEOUT_MS);
      expect(timeoutMs(endpoint)).toBeLessThan(Math.min(...gateways));
    }
  });

  test("of what the clock calls: over before the next begins, which is its only repetition", () => {
    const [sweep, closing] = scheduled.map((name) => template.Resources[name]);
    expect(sweep && timeoutMs(sweep)).toBeLessThan(60_000);
    expect(closing && timeoutMs(closing)).toBeLessThan(60 * 60_000);
    const repetitions = ofType("AWS::Lambda::EventInvokeConfig").map(([name, { Properties }]) => [
      name,
      Properties.MaximumRetryAttempts,
      Properties.MaximumEventAgeInSeconds,
    ]);
    expect(repetitions).toEqual([
      ["SweepDashexpireDueLambdaEvConf", 0, 60],
      ["SweepDashcloseDaysLambdaEvConf", 0, undefined],
    ]);
  });
});

describe("roles", () => {
  const created = () => ofType("AWS::IAM::Role").filter(([, { Condition }]) => Condition !== "Never");

  test("every function has one of its own, and there is no other", () => {
    const used = ofType("AWS::Lambda::Function").map(([, { Properties }]) => Properties.Role);
    expect(used).toEqual(created().map(([name]) => ({ "Fn::GetAtt": [name, "Arn"] })));
    expect(template.Conditions.Never).toEqual({ "Fn::Equals": ["a", "b"] });
  });

  test("no managed policy and no wildcard action adds to them", () => {
    const statements = created().flatMap(([, role]) => statementsOf(role));
    expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes("*"))).toEqual([]);
    expect(created().flatMap(([, { Properties }]) => Properties.ManagedPolicyArns)).toEqual([]);
  });

  test("they reach the table, its indexes, the stage's secret and the function's own log", () => {
    const resources = created().map(([, role]) => statementsOf(role).flatMap(({ Resource }) => Resource));
    expect(resources.map(([log]) => log)).toEqual(
      functionNames().map((name) => ({
        "Fn::Sub": `arn:\${AWS::Partition}:logs:${here}:log-group:/aws/lambda/${name}:*:*`,
      })),
    );
    expect(new Set(resources.flatMap(([, ...others]) => others.map((other) => JSON.stringify(other))))).toEqual(
      new Set([
        JSON.stringify({ "Fn::Sub": `arn:\${AWS::Partition}:secretsmanager:${here}:secret:tillgate/prod-??????` }),
        JSON.stringify({ "Fn::GetAtt": ["Table", "Arn"] }),
        JSON.stringify({ "Fn::Sub": `\${Table.Arn}/index/due` }),
        JSON.stringify({ "Fn::Sub": `\${Table.Arn}/index/list` }),
      ]),
    );
  });
});

test("the table is the sandbox's, and is kept, encrypted and restorable", () => {
  expect(ofType("AWS::DynamoDB::Table")).toEqual([
    [
      "Table",
      {
        Type: "AWS::DynamoDB::Table",
        DeletionPolicy: "Retain",
        UpdateReplacePolicy: "Retain",
        Properties: {
          TableName: "tillgate-prod",
          ...tableSchema,
          TimeToLiveSpecification: { AttributeName: TTL_FIELD, Enabled: true },
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          SSESpecification: { SSEEnabled: true },
        },
      },
    ],
  ]);
});

describe("CloudFormation's 500 resources", () => {
  /** What is made for each function: itself, its role, its log, and how it is called. */
  const ofFunctions = [
    "AWS::Lambda::Function",
    "AWS::IAM::Role",
    "AWS::Logs::LogGroup",
    "AWS::Lambda::Permission",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Events::Rule",
  ];
  const isFixed = ([, { Type, Condition }]: readonly [string, Resource]) =>
    Condition === "Never" || !ofFunctions.includes(Type);

  test("are enough for 50 functions: six for each, one for each route beside its first, and 18 for the rest", () => {
    const every = Object.entries(template.Resources);
    const fixed = every.filter(isFixed);
    const routes = ofType("AWS::ApiGatewayV2::Route").length;
    const called = ofType("AWS::ApiGatewayV2::Integration").length;
    expect(every.length - fixed.length).toBe(6 * functionNames().length + routes - called);
    expect(fixed.map(([name]) => name).filter((name) => !name.endsWith("Alarm"))).toEqual([
      "ServerlessDeploymentBucket",
      "ServerlessDeploymentBucketPolicy",
      "IamRoleLambdaExecution",
      "HttpApi",
      "HttpApiStage",
      "Table",
    ]);
    expect(fixed).toHaveLength(6 + 12);
    expect(50 * 6 + fixed.length).toBeLessThan(500);
  });
});

test("partners are given the API's address", () => {
  expect(template.Outputs.ApiUrl?.Value).toEqual(publicUrl);
});

describe("references", () => {
  /** The resources that a part of the template names. */
  const named = (part: unknown): readonly string[] => {
    if (Array.isArray(part)) return part.flatMap(named);
    if (typeof part !== "object" || part === null) return [];
    return Object.entries(part).flatMap(([key, value]) => {
      if (key === "Ref") return [String(value)];
      if (key === "Fn::GetAtt") return [String((value as readonly unknown[])[0])];
      if (key === "Fn::Sub") return [...String(value).matchAll(/\$\{([\w:]+)/g)].map(([, name = ""]) => name);
      return key === "DependsOn" ? [value].flat().map(String) : named(value);
    });
  };
  const needs = (name: string): readonly string[] =>
    named(template.Resources[name]).filter((needed) => !needed.startsWith("AWS::"));

  test("lead to resources that are made", () => {
    const made = Object.keys(template.Resources).filter((name) => template.Resources[name]?.Condition !== "Never");
    const wanted = [...made.flatMap(needs), ...named(template.Outputs)].filter((name) => !name.startsWith("AWS::"));
    expect(wanted.filter((name) => !made.includes(name))).toEqual([]);
  });

  test("never lead back to where they began", () => {
    const visit = (name: string, path: readonly string[]): readonly string[] =>
      path.includes(name)
        ? [[...path, name].join(" → ")]
        : needs(name).flatMap((needed) => visit(needed, [...path, name]));
    expect(Object.keys(template.Resources).flatMap((name) => visit(name, []))).toEqual([]);
  });
});
