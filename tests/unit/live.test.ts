/** The real world's gate: what a stage may be made of, and that the sandbox's public values open no other. */
import { describe, expect, test } from "vitest";
import { digest } from "#kernel/crypto";
import { readEnvironment, readSecret, SANDBOX_PEPPER_DIGEST } from "#live";
import { SECRET_ID, sandboxEnvironment } from "../../local/sandbox/environment.ts";
import { secrets } from "../../local/sandbox/values.ts";

const deployed = {
  STAGE: "prod",
  TABLE: "tillgate-prod",
  SECRET_ID: "tillgate/prod",
  PUBLIC_URL: "https://desk.example.com",
};
const sandboxSecret = secrets[SECRET_ID] ?? "";

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

  test("refuses the sandbox's pepper", () => {
    expect(() => readSecret(sandboxSecret, "prod")).toThrow("public");
    const other = Buffer.from("a pepper of 32 bytes, well chosen").toString("base64");
    expect(readSecret(JSON.stringify({ pepper: other }), "prod").pepper).toEqual(Buffer.from(other, "base64"));
  });

  test.each(["", "{}", '{"pepper":"c2hvcnQ="}', '{"pepper":7}'])("refuses the secret %j", (text) => {
    expect(() => readSecret(text, "prod")).toThrow();
  });
});

describe("the sandbox", () => {
  test("may have its own endpoints and clock, and its own pepper", () => {
    const environment = { ...sandboxEnvironment("http://127.0.0.1:8000"), TILLGATE_CLOCK_OFFSET_MS: "-60000" };
    expect(readEnvironment(environment)).toMatchObject({ STAGE: "sandbox", TILLGATE_CLOCK_OFFSET_MS: -60_000 });
    expect(readSecret(sandboxSecret, "sandbox").pepper.length).toBe(32);
  });

  test("is known by the digest of its pepper", () => {
    const { pepper } = JSON.parse(sandboxSecret) as { pepper: string };
    expect(digest(pepper)).toBe(SANDBOX_PEPPER_DIGEST);
  });
});
