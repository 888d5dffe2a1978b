/** What the simulated phone shows: whole, in 80 columns, and nothing that a terminal obeys. */
import { describe, expect, test } from "vitest";
import { pendingText } from "../../../local/device/screen.ts";
import type { Listed } from "../../../local/device/wire.ts";

const listed: Listed = {
  TransactionToken: "AAECAwQFBgcICQoLDA0ODw==",
  TransactionType: 2,
  TransactionName: "PAYMENT",
  TransactionContent: "Pay 50.00 CHF\nto Anna",
  CreatedAt: Date.UTC(2026, 0, 2, 0, 0, 0),
  ExpiresAt: Date.UTC(2026, 0, 2, 0, 3, 0),
  Challenge: "EBESExQVFhcYGRobHB0eHw==",
  BindingRequired: true,
};
const nowMs = Date.UTC(2026, 0, 2, 0, 0, 5);

const screen = (...transactions: readonly Listed[]) => pendingText({ Transactions: [...transactions] }, nowMs, 20);

describe("what waits", () => {
  test("is shown with whose it is, for how long, and what it says", () => {
    const other = {
      ...listed,
      TransactionType: 1,
      TransactionContent: "Log in",
      ExpiresAt: nowMs + 59_999,
      BindingRequired: false,
    };
    expect(screen(listed, other)).toBe(
      [
        "2 transactions wait, the oldest first.",
        "",
        "name        PAYMENT",
        "token       AAECAwQFBgcICQoLDA0ODw==",
        "begun       00:00:00Z, for any device of the customer",
        "expires     00:03:00Z, in 2 min 55 s",
        "code        needed: --code, as whoever began it shows",
        "  | Pay 50.00 CHF",
        "  | to Anna",
        "",
        "name        PAYMENT",
        "token       AAECAwQFBgcICQoLDA0ODw==",
        "begun       00:00:00Z, for this phone alone",
        "expires     00:01:04Z, in 59 s",
        "  | Log in",
        "",
        "approve, reject or fraud, with the token or how it begins, decides.",
      ].join("\n"),
    );
  });

  test("is nothing, too", () => expect(screen()).toBe("Nothing waits."));

  test.each([
    ["moves the cursor", "Pay 5\u001b[1A\u001b[2KPay 1", "  | Pay 5\\u{1b}[1A\\u{1b}[2KPay 1"],
    ["goes back", "Pay 500\b\b", "  | Pay 500\\u{8}\\u{8}"],
    ["returns to the line's beginning", "Pay 500\rPay 1", "  | Pay 500\\u{d}Pay 1"],
    ["turns the direction", "Pay \u202e005", "  | Pay \\u{202e}005"],
    ["hides", "Pay\u200b 5\u2028", "  | Pay\\u{200b} 5\\u{2028}"],
    ["is a C1 control", "\u009b2J", "  | \\u{9b}2J"],
  ])("cannot do what it says where it %s", (_, TransactionContent, shown) => {
    expect(screen({ ...listed, TransactionContent }).split("\n")).toContain(shown);
    expect(screen({ ...listed, TransactionName: TransactionContent })).toContain(`name        ${shown.slice(4)}`);
  });

  test("fits, however long it is, and says what is left out", () => {
    const long = { ...listed, TransactionName: "é".repeat(128), TransactionContent: "x".repeat(65_536) };
    const lines = screen(long).split("\n");
    expect(lines.filter((line) => [...line].length > 80)).toEqual([]);
    expect(lines).toContain("  … and 823 lines more; --json has them all");
    expect(lines.filter((line) => line.includes("é")).map((line) => line.trim().length)).toEqual([80, 60]);
  });
});
