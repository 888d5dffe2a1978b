/** The real world's gate: what a stage may be made of, and that the sandbox's public values open no other. */
import { describe, expect, test } from "vitest";
import { openSecluded, readEnvironment } from "#live";
import { sandboxEnvironment } from "../../local/sandbox/environment.ts";

const deployed = {
  STAGE: "prod",
  TABLE: "tillgate-prod",
  SECRET_ID: "tillgate/prod",
  PUBLIC_URL: "https://desk.example.com",
};

describe("a deployed stage", () => {
  test("needs its names and nothing else", () => {
    expect(readEnvironment(deployed)).toMatchObject({
      STAGE: "prod",
      TABLE: "tillgate-prod",
      SECRET_ID: "tillgate/prod",
      TILLGATE_CLOCK_OFFSET_MS: 0,
    });
  });

  test.each(["STAGE", "TABLE", "SECRET_ID"])("does not open without %s", (name) => {
    expect(() => readEnvironment({ ...deployed, [name]: undefined })).toThrow();
    expect(() => readEnvironment({ ...deployed, [name]: "" })).toThrow();
  });

  test.each([
    ["AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:8000"],
    ["AWS_ENDPOINT_URL_SECRETS_MANAGER", "http://127.0.0.1:8000"],
    ["TILLGATE_CLOCK_OFFSET_MS", "1"],
    ["TILLGATE_CLOCK_OFFSET_MS", "-1"],
  ])("refuses %s=%s, which is the sandbox's alone", (name, value) => {
    expect(() => readEnvironment({ ...deployed, [name]: value })).toThrow("only the sandbox");
  });
});

describe("the sandbox", () => {
  test("may have its own endpoints and clock", () => {
    const environment = { ...sandboxEnvironment("http://127.0.0.1:8000"), TILLGATE_CLOCK_OFFSET_MS: "-60000" };
    expect(readEnvironment(environment)).toMatchObject({ STAGE: "sandbox", TILLGATE_CLOCK_OFFSET_MS: -60_000 });
  });
});

describe("a function that reaches nothing of the world", () => {
  const environment = { ...sandboxEnvironment("http://127.0.0.1:8000"), TILLGATE_CLOCK_OFFSET_MS: "86400000" };

  test("has the stage's clock and telemetry", () => {
    const { clock, telemetry } = openSecluded(environment);
    const today = Date.now();
    expect(new Date(clock()).getTime() - today).toBeGreaterThanOrEqual(86_400_000);
    expect(Object.keys(telemetry)).toEqual(["log", "count", "flush"]);
  });

  test("faults when it tries", () => {
    const { store, ids, secrets, recall, post, pause } = openSecluded(environment);
    const tries = [...Object.values(store), ...Object.values(ids), secrets, recall, post, pause];
    for (const attempt of tries) expect(attempt as () => unknown).toThrow("reaches nothing");
  });

  test("is refused what every stage is refused", () => {
    expect(() => openSecluded({ ...deployed, TILLGATE_CLOCK_OFFSET_MS: "1" })).toThrow("only the sandbox");
    expect(() => openSecluded({ ...deployed, TABLE: undefined })).toThrow();
  });
});
