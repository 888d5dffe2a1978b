/** Accounts: created, shown, listed, changed. */
import { describe, expect, test } from "vitest";
import { currencyOf } from "#kernel/currency";
import { accountKey } from "#store/keys/ledger";
import { update } from "#store/write";
import { showAccount } from "../../../local/admin/account.ts";
import { changeLimits } from "../../../local/admin/change.ts";
import { openBankAdmin } from "./given.ts";

describe("an account", () => {
  test("is created as it is told", async () => {
    const { run, done } = await openBankAdmin();
    expect(await done("account create bank 7 --currency JPY --mode skip --state blocked")).toBe(
      "Created account 7 of bank in JPY: blocked, mode skip.\n",
    );
    const limits = "--limit-transaction 1 --limit-day 2.0 --limit-week 3.00 --limit-month 0 --limit-year none";
    expect((await run(..."account create bank 8 --currency CHF --json".split(" "), ...limits.split(" "))).out).toBe(
      '{"tenant":"bank","userId":8,"currency":"CHF","state":"active","mode":"book",' +
        '"limits":{"transaction":"1.00","day":"2.00","week":"3.00","month":"0.00","year":null},' +
        '"available":"0.00","held":"0.00"}\n',
    );
  });

  test("is shown with its money, its limits and what of them is used today", async () => {
    const { done, twin } = await openBankAdmin();
    const used = { "used:day:2026-11-25": 1250n, "used:week:2026-11-23": 2000n, "used:day:2026-11-24": 99n };
    await twin.commit(
      [update(accountKey("bank", "1001"), { set: used, add: { held: 500n, available: -500n } })],
      "use",
    );
    expect(await done("account show bank 1001")).toBe(
      [
        "Account 1001 of bank",
        "",
        "state      active",
        "mode       book",
        "currency   CHF",
        "available  95.00",
        "held       5.00",
        "",
        "LIMIT        AT MOST  USED NOW",
        "transaction   500.00",
        "day          1000.00     12.50",
        "week            none     20.00",
        "month           none      0.00",
        "year            none      0.00",
        "",
      ].join("\n"),
    );
    expect(await done("account show bank 1001 --json")).toBe(
      '{"tenant":"bank","userId":1001,"currency":"CHF","state":"active","mode":"book",' +
        '"limits":{"transaction":"500.00","day":"1000.00","week":null,"month":null,"year":null},' +
        '"available":"95.00","held":"5.00","used":{"day":"12.50","week":"20.00","month":"0.00","year":"0.00"}}\n',
    );
  });

  test("is listed page by page", async () => {
    const { done } = await openBankAdmin();
    await done("account create bank 1002 --currency JPY --mode skip");
    await done("account create bank 1003 --currency KWD --state blocked");
    expect(await done("account list bank --limit 2")).toBe(
      [
        "ACCOUNT  STATE   MODE  CURRENCY  AVAILABLE  HELD",
        "   1001  active  book  CHF          100.00  0.00",
        "   1002  active  skip  JPY               0     0",
        "",
        "More: --cursor 1002",
        "",
      ].join("\n"),
    );
    expect(await done("account list bank --cursor 1002")).toBe(
      "ACCOUNT  STATE    MODE  CURRENCY  AVAILABLE   HELD\n   1003  blocked  book  KWD           0.000  0.000\n",
    );
    const { accounts, next } = JSON.parse(await done("account list bank --limit 1 --json"));
    expect([accounts.length, accounts[0].userId, next]).toEqual([1, 1001, "1001"]);
  });

  test.each([
    ["account create bank 1001 --currency CHF", 1, "ACCOUNT_EXISTS"],
    ["account create other 1 --currency CHF", 1, "TENANT_UNKNOWN"],
    ["account create bank 1 --currency JPY --limit-day 0.5", 1, "AMOUNT_INVALID"],
    ["account create bank 1 --currency JPY --limit-day 9007199254740992", 1, "AMOUNT_INVALID"],
    ["account show bank 1", 1, "ACCOUNT_UNKNOWN"],
    ["account statement bank 1", 1, "ACCOUNT_UNKNOWN"],
    ["account block bank 1", 1, "ACCOUNT_UNKNOWN"],
    ["account mode bank 1 skip", 1, "ACCOUNT_UNKNOWN"],
    ["account limits bank 1 --day 5", 1, "ACCOUNT_UNKNOWN"],
    ["account limits bank 1001 --day 5.001", 1, "AMOUNT_INVALID"],
  ])("%s ends with %i: %s, and nothing is written", async (line, exitCode, refusal) => {
    const { run, twin } = await openBankAdmin();
    const before = twin.items();
    const { code, out } = await run(...line.split(" "), "--json");
    expect([code, JSON.parse(out).error.code]).toEqual([exitCode, refusal]);
    expect(twin.items()).toEqual(before);
  });

  test("is told in one line what is wrong with an amount", async () => {
    const { run } = await openBankAdmin();
    expect(await run("account", "limits", "bank", "1001", "--day", "5.001")).toEqual({
      code: 1,
      out: "",
      err: "5.001 is no amount in CHF: it takes at most 2 decimals, and 2^53-1 of its smallest unit.\n",
    });
  });
});

describe("a change", () => {
  test.each([
    ["account block bank 1001", "Account 1001 of bank is blocked.", { state: "active -> blocked" }, "account.blocked"],
    [
      "account mode bank 1001 skip",
      "Account 1001 of bank has the mode skip.",
      { mode: "book -> skip" },
      "account.mode-changed",
    ],
    [
      "account limits bank 1001 --day none --week 20",
      "Account 1001 of bank has the limits\n  transaction 500.00, day none, week 20.00, month none, year none",
      { "day limit": "1000.00 -> none", "week limit": "none -> 20.00" },
      "account.limits-changed",
    ],
  ])("%s is done and audited once, and a second time changes nothing", async (line, text, detail, type) => {
    const { done, twin } = await openBankAdmin();
    expect(await done(`${line} --actor erin`)).toBe(`${text}\n`);
    const events = JSON.parse(await done("audit bank --json")).events;
    expect(events.at(-1)).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      at: "2026-11-25T08:00:00.000Z",
      type,
      actor: "erin",
      subject: "1001",
      detail,
    });
    const before = twin.items();
    expect(await done(line)).toBe(`${text}\nIt was so already: nothing was changed.\n`);
    expect(twin.items()).toEqual(before);
  });

  test("can be taken back", async () => {
    const { done, ports } = await openBankAdmin();
    const name = { tenant: "bank", userId: 1001n };
    const { account: before } = await showAccount(ports, name);
    await done("account block bank 1001");
    expect(await done("account unblock bank 1001")).toBe("Account 1001 of bank is active.\n");
    await done("account mode bank 1001 skip");
    await done("account mode bank 1001 book");
    await done("account limits bank 1001 --year 5 --day none");
    await done("account limits bank 1001 --year none --day 1000");
    const { account: after } = await showAccount(ports, name);
    expect(after).toEqual({ ...before, revision: 6n });
  });

  test("says what it has changed to a script", async () => {
    const { done } = await openBankAdmin();
    const head = '{"tenant":"bank","userId":1001,"currency":"CHF","state":"blocked","mode":"book",';
    const limits = '"limits":{"transaction":"500.00","day":"1000.00","week":null,"month":null,"year":null},';
    expect(await done("account block bank 1001 --json")).toBe(`${head}${limits}"changed":true}\n`);
    expect(await done("account block bank 1001 --json")).toBe(`${head}${limits}"changed":false}\n`);
  });

  test("keeps what another has changed since it was read", async () => {
    const { ports } = await openBankAdmin();
    const wish = { tenant: "bank", userId: 1001n, actor: "dana" };
    await Promise.all([
      changeLimits(ports, { ...wish, limits: { day: "1" } }),
      changeLimits(ports, { ...wish, limits: { week: "2" } }),
      changeLimits(ports, { ...wish, limits: { month: "3", transaction: null } }),
    ]);
    const { account } = await showAccount(ports, wish);
    expect([account.currency, account.limits, account.revision]).toEqual([
      currencyOf("CHF"),
      { day: 100n, week: 200n, month: 300n },
      3n,
    ]);
  });
});
