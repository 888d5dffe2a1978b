/** What the simulated phone says when something is not as it should be, and how it ends. */
import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import { cancel, issueCode, start, wrongCode } from "../../support/enrolment.ts";
import { type Booth, openBooth } from "./given.ts";

const reason = { Reason: "REPORTED_LOST" };

const ownerKeyOf = async ({ done }: Booth): Promise<string> => JSON.parse(await done("status --json")).OwnerKey;

/** What was done before, the command line, and what is said of it. */
const refusals: readonly (readonly [string, (booth: Booth) => Promise<unknown>, string, string])[] = [
  ["nothing waits", async () => {}, "approve", "Nothing waits."],
  ["another token", async () => {}, "reject AAEC", "Nothing that begins with AAEC waits here."],
  [
    "it was cancelled meanwhile",
    async ({ approvals, done }) => {
      const token = await start(approvals);
      await done("pending");
      await cancel(approvals, token);
    },
    "approve",
    "The desk says no: Not possible in the current state. (9409, HTTP 409) It is cancelled.",
  ],
  [
    "it has expired by the desk's clock alone",
    async (booth) => {
      await start(booth.approvals, { TimeoutDuration: 30 });
      await booth.done("pending");
      booth.approvals.world.clock.advance(30_000);
      booth.skewMs = -30_000;
    },
    "approve",
    "The desk says no: Transaction expired. (9410, HTTP 410) It can be decided no more.",
  ],
  [
    "another code than the one that is shown",
    async ({ approvals, done }) => {
      await approvals.core("StartTransaction", {
        ...{ TransactionOwner: { CustomerId: "999" }, TransactionContent: "x", TransactionName: "n" },
        ...{ TransactionType: 2, TimeoutDuration: 60, BindingMode: "code6" },
      });
      await done("pending");
    },
    "approve --code 000000",
    "The desk says no: Decision not accepted. (9421, HTTP 401) A wrong code, or a signature that the desk cannot verify. The fifth of them ends the transaction.",
  ],
  [
    "it is blocked",
    async (booth) => booth.approvals.core("BlockDevice", { OwnerKey: await ownerKeyOf(booth), ...reason }),
    "pending",
    "The desk says no: Device not active. (9403, HTTP 403) The bank has blocked it or removed it. A blocked one it can unblock; a removed one is activated anew, with --new.",
  ],
  [
    "it asks too often",
    async ({ done }) => [await done("status"), await done("status")],
    "pending",
    "The desk says no: Too many requests. (9429, HTTP 429) Try again in 2 s.",
  ],
  [
    "it is a device already",
    async () => {},
    "activate --customer 999 --otp 000000",
    "This is a device already: --keys makes another one, --new puts one in its place.",
  ],
];

describe("a phone that is refused", () => {
  test.each(refusals)("since %s says so", async (_, before, line, says) => {
    const booth = await openBooth();
    await booth.activate();
    await before(booth);
    expect(await booth.run(line)).toEqual({ code: 1, out: "", err: `${says}\n` });
  });

  test("tells machines the desk's code, and how the transaction is", async () => {
    const booth = await openBooth();
    await booth.activate();
    const token = await start(booth.approvals);
    await booth.done("pending");
    await cancel(booth.approvals, token);
    const message = "The desk says no: Not possible in the current state. (9409, HTTP 409) It is cancelled.";
    expect(await booth.run(`approve ${token} --json`)).toEqual({
      code: 1,
      out: `${JSON.stringify({ error: { code: "9409", message, status: 6 } })}\n`,
      err: "",
    });
    expect(await booth.run("approve")).toMatchObject({ code: 1, err: "Nothing waits.\n" });
  });
});

describe("a phone that is not activated", () => {
  test("by a wrong code may try another, with the same keys", async () => {
    const booth = await openBooth();
    const otp = await issueCode(booth.approvals);
    const line = (code: string) => `activate --base ${booth.server.base} --customer 999 --otp ${code}`;
    expect(await booth.run(line(wrongCode(otp)))).toEqual({
      code: 1,
      out: "",
      err: "The desk says no: Activation failed. (9420, HTTP 401) The code is wrong, used or expired, or the customer's codes are paused or locked. The bank gets another by GetActivationOtp.\n",
    });
    await booth.done(line(otp));
    const keys = booth.server.asked.map(({ body }) => JSON.parse(body).PublicKey);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  });

  test("as the customer has five devices hears what to do", async () => {
    const booth = await openBooth();
    for (const phone of ["1", "2", "3", "4", "5"]) {
      await booth.activate("", phone);
      booth.approvals.world.clock.advance(15 * 60_000);
    }
    const otp = await issueCode(booth.approvals);
    const { code, err } = await booth.run(`activate --base ${booth.server.base} --customer 999 --otp ${otp}`);
    expect([code, err]).toEqual([
      1,
      "The desk says no: Not possible in the current state. (9409, HTTP 409) The customer has five devices, of which the bank can remove one; or these keys were a device before: --new makes others.\n",
    ]);
  });

  test("is made anew with --new, by other keys", async () => {
    const booth = await openBooth();
    await booth.activate();
    await booth.activate("--new");
    const keys = booth.server.asked.map(({ body }) => JSON.parse(body).PublicKey);
    expect(new Set(keys).size).toBe(2);
  });

  test("in the place of one that works leaves it working until the desk has answered", async () => {
    const booth = await openBooth();
    await booth.activate();
    const before = readFileSync(booth.fileOf("usual"), "utf8");
    const otp = await issueCode(booth.approvals);
    const line = (code: string) => `activate --new --base ${booth.server.base} --customer 999 --otp ${code}`;
    expect(await booth.run(line(wrongCode(otp)))).toMatchObject({ code: 1, err: expect.stringContaining("(9420,") });
    expect(readFileSync(booth.fileOf("usual"), "utf8")).toBe(before);
    expect(await booth.done("status")).toContain("state       ACTIVE\n");
    await booth.done(line(otp));
    expect(await booth.done("status")).toContain("state       ACTIVE\n");
    const [one, ...others] = booth.server.asked.flatMap(({ body }) => JSON.parse(body).PublicKey ?? []);
    expect([others.length, new Set(others).size, others.includes(one)]).toEqual([2, 1, false]);
    expect(readdirSync(dirname(booth.fileOf("usual")))).toEqual(["usual.json"]);
  });

  test.each([
    ["where there is none", "status", /^There is no phone in .*usual\.json: "activate" makes one\.\n$/],
    [
      "where nobody answers",
      "activate --customer 999 --otp 000000 --base http://127.0.0.1:1",
      /^No answer from http:\/\/127\.0\.0\.1:1: .+\.\n$/,
    ],
  ])("%s ends with 3", async (_, line, says) => {
    const booth = await openBooth();
    const { code, out, err } = await booth.run(line);
    expect([code, out]).toEqual([3, ""]);
    expect(err).toMatch(says);
  });

  test("as its new keys were a device before makes others", async () => {
    const booth = await openBooth();
    await booth.activate("", "other");
    await booth.activate();
    copyFileSync(booth.fileOf("other"), `${booth.fileOf("usual")}.new`);
    const otp = await issueCode(booth.approvals);
    const line = `activate --new --base ${booth.server.base} --customer 999 --otp ${otp}`;
    expect(await booth.run(line)).toMatchObject({ code: 1, err: expect.stringContaining("--new makes others") });
    await booth.done(line);
  });

  test("by a desk that knows nothing of it hears what may have happened", async () => {
    const [booth, other] = [await openBooth(), await openBooth()];
    await booth.activate();
    expect(await booth.run(`status --base ${other.server.base}`)).toMatchObject({
      code: 1,
      err: "The desk says no: Not authenticated. (9401, HTTP 401) The desk knows no such device with these keys: it may have been emptied since. --new activates anew.\n",
    });
  });
});
