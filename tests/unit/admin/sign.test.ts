/** Signatures, as an operator makes them to compare: the vectors of sonect.md 3. */
import { describe, expect, test } from "vitest";
import { seedSandbox } from "../../../local/sandbox.ts";
import { openTestPorts } from "../../support/ports.ts";
import { adminOf, inSandbox, openAdmin } from "./given.ts";

const CLIENT = "11111111-2222-4333-8444-555555555555";
const KEY = "fedcba9876543210".repeat(4);
const OFFLINE = `--client-id ${CLIENT} --hmac-key ${KEY}`;

const USER = "--app com.example.bank.app --user-id user-0001";
const PAYMENT = `${USER} --payment-reference PAY-0001 --amount 50 --currency CHF --date 1700000000000`;
const SHOP = "--app com.example.till --merchant-id shop:1";

const vectors = [
  ["user", USER, "com.example.bank.app:user-0001", "zfskWjpxAjl4jbRKXTt7qG9/nzk2EPMmOoqwyFrdoec="],
  [
    "payment",
    PAYMENT,
    "com.example.bank.app:user-0001:PAY-0001:50:CHF:1700000000000",
    "KB0a5ZAvJDIwOyFWvecQ9eEBrjHHM1b4E8J3wtBhTUI=",
  ],
] as const;

const openSandboxAdmin = async () => {
  const world = openTestPorts();
  const ports = inSandbox(world.ports);
  await seedSandbox(ports);
  return adminOf({ ...world, ports });
};

describe("a signature", () => {
  test.each(vectors)("for a %s is the vector's, without asking anybody", async (what, said, message, signature) => {
    const { done, targets } = openAdmin();
    expect(await done(`sign ${what} ${said} ${OFFLINE}`)).toBe(`${CLIENT}:${message}\n\n  ${signature}\n`);
    expect(await done(`sign ${what} ${said} ${OFFLINE} --json`)).toBe(
      `${JSON.stringify({ message: `${CLIENT}:${message}`, signature })}\n`,
    );
    expect(targets).toEqual([]);
  });

  test.each(vectors)(
    "for a %s by a partner's own key is the vector's, and audited",
    async (what, said, message, signature) => {
      const { done } = await openSandboxAdmin();
      expect(await done(`sign ${what} bank-a ${said}`)).toBe(`${CLIENT}:${message}\n\n  ${signature}\n`);
      const { events } = JSON.parse(await done("audit bank-a --json"));
      expect(events.at(-1)).toMatchObject({ type: "partner.signed", actor: "dana", subject: CLIENT, detail: { what } });
    },
  );

  test("for a shop has the merchant last, which may hold a colon", async () => {
    const [offline, own] = [await openAdmin().done(`sign shop ${SHOP} ${OFFLINE} --json`), await openSandboxAdmin()];
    expect(JSON.parse(offline).message).toBe(`${CLIENT}:com.example.till:shop:1`);
    expect(await own.done(`sign shop bank-a ${SHOP} --json`)).toBe(offline);
  });
});

test.each([
  ["nobody", ""],
  ["a key without its client", `--hmac-key ${KEY}`],
  ["a client without its key", `--client-id ${CLIENT}`],
  ["both a tenant and a key", `bank-a ${OFFLINE}`],
])("%s to sign as is wrong usage, before anything is opened", async (_, signer) => {
  const { run, targets } = openAdmin();
  const { code, err } = await run(...`sign user ${signer} ${USER}`.split(" ").filter((word) => word !== ""));
  expect([code, err.split("\n")[0], targets]).toEqual([
    2,
    "A signature needs either <tenant>, or --client-id and --hmac-key.",
    [],
  ]);
});

test("nobody signs as a partner that is none", async () => {
  const { run, done } = openAdmin();
  await done("tenant create bank --name Bank --time-zone UTC");
  const { code, out } = await run(..."sign user bank --json".split(" "), ...USER.split(" "));
  expect([code, JSON.parse(out).error.code]).toEqual([1, "PARTNER_UNKNOWN"]);
});
