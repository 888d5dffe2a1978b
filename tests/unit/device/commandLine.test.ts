/** `npm run device` as it is typed: what it takes, and what it says of anything else. */
import { describe, expect, test } from "vitest";
import { readCommand } from "../../../local/device/commandLine.ts";
import { runDevice } from "../../../local/device/run.ts";

const run = async (...argv: readonly string[]) => {
  const said = { out: "", err: "" };
  const code = await runDevice(argv, {
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    world: { now: () => 0, pause: async () => {} },
  });
  return { code, ...said };
};

const usual = { keys: undefined, base: undefined, isJson: false, isVerbose: false };
const whose = ["activate", "--customer", "999", "--otp", "042317"];

describe("a command line", () => {
  test.each([
    ["without a verb", ["--json-lines"], "Unknown option '--json-lines'."],
    ["with options alone", ["--verbose"], "A verb is missing."],
    ["with another verb", ["confirm"], 'There is no "confirm".'],
    ["with a name that every object has", ["constructor"], 'There is no "constructor".'],
    ["to activate nobody", ["activate", "--otp", "042317"], "--customer is missing."],
    ["to activate without a code", ["activate", "--customer", "9"], "--otp is missing."],
    ["with a short code", ["activate", "--customer", "9", "--otp", "42317"], "--otp has to be six digits."],
    ["with a long name", [...whose, "--name", "x".repeat(65)], "--name has to be 1 to 64 characters."],
    ["with another format", [...whose, "--format", "jwt"], "--format has to be one of der, p1363."],
    ["with another platform", [...whose, "--platform", "mac"], "--platform has to be one of ios, android, web."],
    [
      "with a base of another kind",
      ["status", "--base", "ftp://x"],
      "--base has to be an http or https URL, without a query.",
    ],
    ["with an option of another verb", ["status", "--max", "3"], '"status" has no option --max.'],
    ["to reject with a code", ["reject", "--code", "042317"], '"reject" has no option --code.'],
    ["to approve for a reason", ["approve", "--reason", "UNKNOWN"], '"approve" has no option --reason.'],
    [
      "with a reason of one's own",
      ["fraud", "--reason", "x"],
      "--reason has to be one of UNKNOWN, INCORRECT_DATA, UNEXPECTED_OPERATION.",
    ],
    ["with two tokens", ["approve", "a", "b"], '"approve" takes no further argument, but got "b".'],
    ["to list too much", ["pending", "--max", "21"], "--max has to be a number from 1 to 20."],
    ["to list nothing", ["pending", "--max", "0"], "--max has to be a number from 1 to 20."],
    ["to wait for ever", ["pending", "--wait", "x"], "--wait has to be a number from 0 to 3600."],
    ["to be woken by nobody", ["push-token", "hms", "x"], '"push-token" needs apns or fcm and a token, or none.'],
    ["to be woken nowhere", ["push-token", "fcm"], '"push-token" needs apns or fcm and a token, or none.'],
  ])("%s is told what is wrong", async (_, argv, says) => {
    expect(await run(...argv)).toEqual({
      code: 2,
      out: "",
      err: `${says}\n\n"npm run device -- --help" tells how it goes.\n`,
    });
    const json = { error: { code: "USAGE", message: says } };
    expect(await run(...argv, "--json")).toEqual({ code: 2, out: `${JSON.stringify(json)}\n`, err: "" });
  });

  test.each([[[]], [["--help"]], [["approve", "-h"]]])("is helped: %j", async (argv) => {
    const { code, out, err } = await run(...argv);
    expect([code, err]).toEqual([0, ""]);
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(out).toMatch(/^Usage: npm run device -- /);
  });

  test("of an activation is read whole", () => {
    const all = [
      "--user-code",
      "u",
      "--format",
      "der",
      "--approval-key",
      "--name",
      "Ann's",
      "--model",
      "X",
      "--platform",
      "ios",
      "--new",
    ];
    const where = ["--keys", "phone.json", "--base", "https://desk.example.com/x/", "--json", "--verbose"];
    expect(readCommand([...whose, ...all, ...where])).toEqual({
      keys: "phone.json",
      base: "https://desk.example.com/x",
      isJson: true,
      isVerbose: true,
      deed: {
        verb: "activate",
        activation: {
          customerId: "999",
          otp: "042317",
          userCode: "u",
          format: "der",
          hasApprovalKey: true,
          name: "Ann's",
          model: "X",
          platform: "ios",
          isNew: true,
        },
      },
    });
    expect(readCommand(whose)?.deed).toEqual({
      verb: "activate",
      activation: {
        customerId: "999",
        otp: "042317",
        userCode: undefined,
        format: "p1363",
        hasApprovalKey: false,
        name: "Terminal",
        model: undefined,
        platform: "web",
        isNew: false,
      },
    });
  });

  test.each([
    [["status"], { verb: "status" }],
    [["login-otp"], { verb: "login-otp" }],
    [["deactivate"], { verb: "deactivate" }],
    [["pending"], { verb: "pending", most: 20, waitMs: 0 }],
    [["pending", "--max", "3", "--wait", "60"], { verb: "pending", most: 3, waitMs: 60_000 }],
    [["approve"], { verb: "approve", beginning: undefined, bindingCode: undefined, reason: undefined }],
    [
      ["approve", "AAEC", "--code", "042317"],
      { verb: "approve", beginning: "AAEC", bindingCode: "042317", reason: undefined },
    ],
    [
      ["fraud", "AAEC", "--reason", "UNKNOWN"],
      { verb: "fraud", beginning: "AAEC", bindingCode: undefined, reason: "UNKNOWN" },
    ],
    [["push-token", "fcm", "t"], { verb: "push-token", push: { platform: "fcm", token: "t" } }],
    [["push-token", "none"], { verb: "push-token", push: undefined }],
  ])("is read: %j", (argv, deed) => {
    expect(readCommand(argv)).toEqual({ ...usual, deed });
  });
});
