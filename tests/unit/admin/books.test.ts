/** The books and the audit. */
import { describe, expect, test } from "vitest";
import { DAY_MS } from "#kernel/time";
import { accountKey } from "#store/keys/ledger";
import { erase, update } from "#store/write";
import { type Admin, openAdmin, openBankAdmin } from "./given.ts";

const plant = ({ twin }: Admin, userId: string, add: Readonly<Record<string, bigint>>) =>
  twin.commit([update(accountKey("bank", userId), { add })], `plant ${userId}`);

describe("the books", () => {
  test("are even where every movement was a posting", async () => {
    const { done } = await openBankAdmin();
    await done("account create bank 1002 --currency JPY");
    await done("account fund bank 1002 5000");
    expect(await done("books bank")).toBe(
      [
        "Books of bank at 2026-11-25 08:00:00Z",
        "",
        "CHF  accounts              1",
        "     available        100.00",
        "     held               0.00",
        "     funding-CHF     -100.00",
        "     settlement-CHF     0.00",
        "     sum                0.00",
        "JPY  accounts              1",
        "     available          5000",
        "     held                  0",
        "     funding-JPY       -5000",
        "     settlement-JPY        0",
        "     sum                   0",
        "",
        "Even: every currency sums to zero.",
        "",
      ].join("\n"),
    );
    expect(await done("books bank --json")).toBe(
      '{"tenant":"bank","at":"2026-11-25T08:00:00.000Z","even":true,"currencies":[' +
        '{"currency":"CHF","accounts":1,"available":"100.00","held":"0.00","unbounded":{"funding-CHF":"-100.00","settlement-CHF":"0.00"},"sum":"0.00"},' +
        '{"currency":"JPY","accounts":1,"available":"5000","held":"0","unbounded":{"funding-JPY":"-5000","settlement-JPY":"0"},"sum":"0"}]}\n',
    );
  });

  test("find what was posted on other days, and by a clock that is a day ahead", async () => {
    const { done, clock } = await openBankAdmin();
    clock.advance(3 * DAY_MS);
    await done("account fund bank 1001 1");
    clock.advance(-DAY_MS);
    expect(JSON.parse(await done("books bank --json")).even).toBe(true);
  });

  test("are empty and even where there is no account", async () => {
    const { done } = openAdmin();
    await done("tenant create bank --name Bank --time-zone UTC");
    expect(await done("books bank")).toBe("Books of bank at 2026-11-25 08:00:00Z\n\nThere is no account yet.\n");
  });

  test("end with 1 where money has come from nowhere, and say what to do", async () => {
    const admin = await openBankAdmin();
    await plant(admin, "1001", { held: 5n });
    expect(await admin.run("reconcile", "bank")).toEqual({
      code: 1,
      out: [
        "Books of bank at 2026-11-25 08:00:00Z",
        "",
        "CHF  accounts              1",
        "     available        100.00",
        "     held               0.05",
        "     funding-CHF     -100.00",
        "     settlement-CHF     0.00",
        "     sum                0.05",
        "",
      ].join("\n"),
      err:
        "The books of bank are not even: CHF sums to 0.05 instead of zero; in CHF the postings differ from the balance " +
        "of account 1001. If money was moving meanwhile, look again; else compare the account's statement with its orders.\n",
    });
  });

  test("end with 1 where balances were exchanged without a posting, although they sum to zero", async () => {
    const admin = await openBankAdmin();
    await admin.done("account create bank 1002 --currency CHF");
    await plant(admin, "1001", { available: -5n });
    await plant(admin, "1002", { available: 5n });
    const { code, out, err } = await admin.run("reconcile", "bank", "--json");
    const { even, currencies } = JSON.parse(out);
    expect([code, err, even, currencies[0].sum, currencies[0].disagreeing]).toEqual([
      1,
      "",
      false,
      "0.00",
      ["1001", "1002"],
    ]);
  });

  test("end with 3 where an account has vanished with its money", async () => {
    const { twin, run } = await openBankAdmin();
    await twin.commit([erase(accountKey("bank", "1001"), [])], "vanish");
    const { code, out } = await run("books", "bank", "--json");
    expect([code, JSON.parse(out).error.code]).toEqual([3, "FAULT"]);
    expect(out).toContain("Account 1001 is listed and has no item");
  });
});

describe("the audit", () => {
  test("tells who did what on a day, oldest first", async () => {
    const { done, clock } = await openBankAdmin();
    clock.advance(1_000);
    await done("integrator create bank core --actor erin");
    clock.advance(DAY_MS);
    await done("account block bank 1001");
    expect(await done("audit bank --day 2026-11-25")).toBe(
      [
        "2026-11-25 08:00:00Z  tenant.created bank, by dana",
        "  name: Bank",
        "  timeZone: Europe/Zurich",
        "  retentionDays: 400",
        "2026-11-25 08:00:00Z  account.created 1001, by dana",
        "  currency: CHF",
        "  mode: book",
        "  state: active",
        "  transaction limit: 500.00",
        "  day limit: 1000.00",
        "2026-11-25 08:00:00Z  account.funded 1001, by dana",
        "  amount: 100.00 CHF",
        "  reference: opening",
        "2026-11-25 08:00:01Z  integrator.created core, by erin",
        "",
      ].join("\n"),
    );
    const { events, ...asked } = JSON.parse(await done("audit bank --json"));
    expect(asked).toEqual({ tenant: "bank", day: "2026-11-26" });
    expect(events).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        at: "2026-11-26T08:00:01.000Z",
        type: "account.blocked",
        actor: "dana",
        subject: "1001",
        detail: { state: "active -> blocked" },
      },
    ]);
  });

  test("is empty on a day on which nothing was done", async () => {
    const { done } = await openBankAdmin();
    expect(await done("audit bank --day 2026-11-24")).toBe("Nothing was done to bank on 2026-11-24.\n");
  });

  test("goes on behind the first hundred events", async () => {
    const { done } = await openBankAdmin();
    for (let nth = 0; nth < 105; nth++) await done(`account fund bank 1001 1 --reference ${nth}`);
    const { events } = JSON.parse(await done("audit bank --json"));
    expect(events.map(({ detail }: { detail: { reference?: string } }) => detail.reference).slice(-105)).toEqual(
      Array.from({ length: 105 }, (_, nth) => String(nth)),
    );
  });
});
