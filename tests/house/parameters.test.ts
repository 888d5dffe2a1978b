/** What a stage may be given when it is deployed; template.test.ts looks at one that is given nothing. */
import { beforeAll, expect, test } from "vitest";
import { logicalIdOf, packageTemplate, readService, type Template } from "../support/serverless.ts";

const topic = "arn:aws:sns:eu-central-1:123456789012:on-call";
const publicUrl = "https://desk.example.com";
const functions = Object.keys(readService("prod").functions);

/** Another number for each function. */
const reserved = Object.fromEntries(functions.map((name, nth) => [name, 10 + nth]));

let given: Template;

beforeAll(async () => {
  const concurrency = Object.entries(reserved).map(([name, count]) => [`${name}-concurrency`, String(count)]);
  given = await packageTemplate("prod", { alarmTopic: topic, publicUrl, ...Object.fromEntries(concurrency) });
}, 60_000);

test("<function>-concurrency reserves that much for the function", () => {
  const reservedIn = functions.map((name) => [
    name,
    given.Resources[logicalIdOf(name)]?.Properties.ReservedConcurrentExecutions,
  ]);
  expect(Object.fromEntries(reservedIn)).toEqual(reserved);
});

test("alarmTopic is notified by every alarm", () => {
  const actions = Object.values(given.Resources)
    .filter(({ Type }) => Type === "AWS::CloudWatch::Alarm")
    .map(({ Properties }) => Properties.AlarmActions);
  expect(actions).not.toHaveLength(0);
  expect(actions).toEqual(actions.map(() => ({ "Fn::If": ["HasAlarmTopic", [topic], { Ref: "AWS::NoValue" }] })));
  expect(given.Conditions.HasAlarmTopic).toEqual({ "Fn::Not": [{ "Fn::Equals": [topic, ""] }] });
});

test("publicUrl is what functions and partners are told", () => {
  expect(given.Outputs.ApiUrl?.Value).toBe(publicUrl);
  const told = Object.values(given.Resources)
    .filter(({ Type }) => Type === "AWS::Lambda::Function")
    .map(({ Properties }) => (Properties.Environment as { Variables: Record<string, unknown> }).Variables.PUBLIC_URL);
  expect(told).toEqual(functions.map(() => publicUrl));
});
