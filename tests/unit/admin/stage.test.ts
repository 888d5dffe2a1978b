/** How a stage begins: a secret that functions accept is made once, and never changed by whatever happens after. */
import { describe, expect, test } from "vitest";
import { Fault } from "#kernel/refusal";
import { readSecret } from "#secrets";
import { SECRET_ID } from "../../../local/sandbox/environment.ts";
import { secrets } from "../../../local/sandbox/values/secrets.ts";
import { openAdmin } from "./given.ts";

const NAME = "tillgate/prod";
const init = ["init", "--stage", "prod"];

/** What DynamoDB's absence of a table becomes on its way through the store. */
const noTable = Object.assign(new Error("Requested resource not found"), { name: "ResourceNotFoundException" });

const unreachable = (fault: Error) => ({
  read: () => Promise.reject(fault),
  readEach: () => Promise.reject(fault),
  commit: () => Promise.reject(fault),
  list: () => Promise.reject(fault),
});

describe("init", () => {
  test.each([
    [
      "before the stage is deployed",
      () => openAdmin(() => unreachable(new Fault("the table refuses", { cause: noTable }))),
    ],
    ["when its table is empty", () => openAdmin()],
  ])("%s makes a secret that its functions accept, and tells only its name", async (_, open) => {
    const { run, kept } = open();
    const { code, out, err } = await run(...init);
    const text = kept.get(NAME) ?? "";
    const { pepper } = JSON.parse(text) as { pepper: string };
    expect([code, err, [...kept.keys()], Object.keys(JSON.parse(text))]).toEqual([
      0,
      "",
      [NAME],
      ["pepper", "seal", "sign"],
    ]);
    expect(readSecret(text, "prod").pepper).toHaveLength(32);
    expect(out).toBe(
      "Made the secret tillgate/prod. Nothing can replace it: without it, every\ncredential and every known start of the stage is unknown.\n",
    );
    expect(out.includes(pepper)).toBe(false);
  });

  test("draws another pepper for each stage", async () => {
    const { run, kept } = openAdmin();
    await run(...init);
    const first = kept.get(NAME);
    kept.clear();
    await run(...init);
    expect(kept.get(NAME)).not.toBe(first);
  });

  test("changes nothing of a secret that is there, however often", async () => {
    const { run, done, kept } = openAdmin();
    await done("init --stage prod");
    const text = kept.get(NAME);
    await done("tenant create bank --name Bank --time-zone UTC");
    await done("integrator create bank core");
    expect(await run(...init)).toEqual({
      code: 0,
      out: "The secret tillgate/prod is there and usable: nothing was changed.\n",
      err: "",
    });
    expect(await run(...init, "--json")).toEqual({ code: 0, out: `{"secret":"${NAME}","created":false}\n`, err: "" });
    expect(kept).toEqual(new Map([[NAME, text]]));
  });

  test("makes one for tenants that have nothing which a secret was needed for", async () => {
    const { run, done, kept } = openAdmin();
    await done("tenant create bank --name Bank --time-zone UTC");
    expect([(await run(...init)).code, kept.size]).toEqual([0, 1]);
  });

  test.each([
    "integrator create bank core",
    "partner create bank --currency CHF --country CH --locale de-CH --quick-amounts 20 --min 20 --max 500 --step 10 --mode upstream",
    "merchant create bank",
    "pos merchant create bank --currency EUR",
  ])("makes no other in the place of one that is gone and was used by: %s", async (use) => {
    const { run, done, kept } = openAdmin();
    await done("tenant create bank --name Bank --time-zone UTC");
    await done(use);
    expect(await run(...init)).toEqual({
      code: 1,
      out: "",
      err: "The stage's secret is gone, but its table has credentials that were made with it. Restore that one: a new one would make every credential and every known start unknown.\n",
    });
    expect(kept.size).toBe(0);
  });

  test.each([
    ["is not JSON", "pepper"],
    ["has no pepper", "{}"],
    ["has a short one", '{"pepper":"c2hvcnQ="}'],
    ["is the sandbox's", secrets[SECRET_ID]],
    ["never had a value", undefined],
  ])("leaves a secret alone that %s, and says so", async (_, text) => {
    const { run, kept } = openAdmin();
    kept.set(NAME, text);
    expect(await run(...init)).toEqual({
      code: 1,
      out: "",
      err: "The stage has a secret that no function can use. docs/operations.md says what it has to hold.\n",
    });
    expect(kept).toEqual(new Map([[NAME, text]]));
  });

  test("makes no secret while it cannot tell whether there are credentials", async () => {
    const { run, kept } = openAdmin(() => unreachable(new Fault("the table does not answer")));
    const { code, err } = await run(...init);
    expect([code, err.startsWith("The table does not answer."), kept.size]).toEqual([3, true, 0]);
  });

  test.each([
    ["init", '"init" needs --stage <stage>.'],
    ["init --port 3000", '"init" needs --stage <stage>.'],
    ["init --stage sandbox", "The sandbox is no deployed stage: leave --stage out, or give its --port."],
  ])("%s is refused before anything is opened: the sandbox has its secret", async (line, message) => {
    const { run, targets } = openAdmin();
    const { code, err } = await run(...line.split(" "));
    expect([code, err.split("\n")[0], targets]).toEqual([2, message, []]);
  });
});
