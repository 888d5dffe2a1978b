/** Money that enters, and what the statement says of it. */
import { describe, expect, test } from "vitest";
import { Fault } from "#kernel/refusal";
import { showAccount } from "../../../local/admin/account.ts";
import { fundAccount } from "../../../local/admin/funding.ts";
import { openAdmin, openBankAdmin } from "./given.ts";

describe("a funding", () => {
  test("puts money on an account, once a reference", async () => {
    const { run, twin } = await openBankAdmin();
    const line = ["account", "fund", "bank", "1001", "250.5", "--reference", "payroll 11"];
    expect(await run(...line)).toEqual({
      code: 0,
      out: "Funded account 1001 of bank with 250.50 CHF, reference\n  payroll 11\n",
      err: "",
    });
    const before = twin.items();
    expect(await run(...line)).toEqual({
      code: 0,
      out: "Account 1001 of bank was funded with 250.50 CHF by this reference already:\nnothing was changed.\n",
      err: "",
    });
    expect((await run(...line, "--json")).out).toBe(
      '{"tenant":"bank","userId":1001,"amount":"250.50","currency":"CHF","reference":"payroll 11","replayed":true}\n',
    );
    expect(twin.items()).toEqual(before);
  });

  test("asked for several times at once with one reference happens once", async () => {
    const { ports } = await openBankAdmin();
    const wish = { tenant: "bank", userId: 1001n, amount: "1.00", reference: "once", actor: "dana" };
    const told = await Promise.all([1, 2, 3, 4].map(() => fundAccount(ports, wish)));
    expect(told.map(({ replayed }) => replayed).sort()).toEqual([false, true, true, true]);
    expect((await showAccount(ports, wish)).account.available).toBe(10_100n);
  });

  test("gets a fresh reference where none is given, and tells it", async () => {
    const { done } = await openBankAdmin();
    const told = [1, 2].map(async () => JSON.parse(await done("account fund bank 1001 1 --json")));
    const [one, other] = await Promise.all(told);
    expect([one.reference === other.reference, one.replayed, other.replayed]).toEqual([false, false, false]);
    expect(one.reference).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each([
    ["account fund bank 1001 100.01 --reference opening", "REFERENCE_REUSED"],
    ["account fund bank 1002 100.00 --reference opening", "REFERENCE_REUSED"],
    ["account fund bank 1 1.00", "ACCOUNT_UNKNOWN"],
    ["account fund other 1001 1.00", "ACCOUNT_UNKNOWN"],
    ["account fund bank 1001 1.005", "AMOUNT_INVALID"],
    ["account fund bank 1001 90071992547409.92", "AMOUNT_INVALID"],
  ])("%s is refused as %s, and nothing is written", async (line, refusal) => {
    const { run, done, twin } = await openBankAdmin();
    await done("account create bank 1002 --currency CHF");
    const before = twin.items();
    const { code, out } = await run(...line.split(" "), "--json");
    expect([code, JSON.parse(out).error.code]).toEqual([1, refusal]);
    expect(twin.items()).toEqual(before);
  });

  test("whose outcome is unknown names the reference to repeat it with", async () => {
    let isLost = false;
    const { run, done, ports } = await openBankAdmin((twin) => ({
      ...twin,
      commit: async (writes, token) => {
        const outcome = await twin.commit(writes, token);
        if (isLost) throw new Fault("the table does not answer: the end is unknown");
        return outcome;
      },
    }));
    isLost = true;
    const { code, out, err } = await run("account", "fund", "bank", "1001", "7");
    const reference = /reference "([^"]+)"/.exec(err)?.[1];
    expect([code, out, err]).toEqual([
      3,
      "",
      `The table does not answer: the end is unknown. If it is to be repeated, then with the reference "${reference}", ` +
        "which funds once. Check that the sandbox runs, or the stage's region and credentials; then see what is there " +
        "before you repeat a change.\n",
    ]);
    isLost = false;
    expect(JSON.parse(await done(`account fund bank 1001 7 --reference ${reference} --json`)).replayed).toBe(true);
    expect((await showAccount(ports, { tenant: "bank", userId: 1001n })).account.available).toBe(10_700n);
  });
});

describe("a statement", () => {
  test("lists what was posted, newest first, page by page", async () => {
    const { run, done, clock } = await openBankAdmin();
    clock.advance(60_000);
    const long = "a reference that is too long for a line of eighty columns";
    await run("account", "fund", "bank", "1001", "1000", "--reference", long);
    const first = await done("account statement bank 1001 --limit 1");
    const position = /^More: --cursor (\S+)$/m.exec(first)?.[1] ?? "";
    expect(first).toBe(
      [
        "Account 1001 of bank, CHF, newest first",
        "",
        "TIME                  REASON    AMOUNT  AGAINST      FOR",
        "2026-11-25 08:01:00Z  funding  1000.00  funding-CHF  a reference that is too lo…",
        "",
        `More: --cursor ${position}`,
        "",
      ].join("\n"),
    );
    expect(await done(`account statement bank 1001 --cursor ${position}`)).toBe(
      [
        "Account 1001 of bank, CHF, newest first",
        "",
        "TIME                  REASON   AMOUNT  AGAINST      FOR",
        "2026-11-25 08:00:00Z  funding  100.00  funding-CHF  opening",
        "",
      ].join("\n"),
    );
    const { entries, ...page } = JSON.parse(await done("account statement bank 1001 --limit 1 --json"));
    expect(page).toEqual({ tenant: "bank", userId: 1001, currency: "CHF", next: position });
    expect(entries).toEqual([
      {
        at: "2026-11-25T08:01:00.000Z",
        reason: "funding",
        amount: "1000.00",
        contra: "funding-CHF",
        subject: long,
        posting: position.split("#")[1],
      },
    ]);
  });

  test("of an account on which nothing was posted says so", async () => {
    const { done } = openAdmin();
    await done("tenant create bank --name Bank --time-zone UTC");
    await done("account create bank 1 --currency CHF");
    expect(await done("account statement bank 1")).toBe("Nothing was posted on account 1 of bank.\n");
  });
});
