/** Who tells the demo: calls the desk over HTTP, shows what was sent and what came back, and notes every surprise. */
import type { Currency } from "#kernel/currency";
import type { Ports } from "#ports";
import { showAccount } from "../admin/account.ts";
import { majorIn } from "../admin/amount.ts";

/** What came back. */
export interface Heard {
  readonly status: number;
  readonly replayed: boolean;
  readonly body: string;
}

/** What should come back: the status, and what the body is or says. */
export interface Expected {
  readonly status?: number;
  readonly body: string | RegExp;
  readonly replayed?: boolean;
}

/** Tells a story and counts what was not as it should be. */
export interface Teller {
  readonly chapter: (title: string) => void;
  readonly say: (line: string) => void;
  readonly call: (who: string, path: string, token: string, body: string, expected: Expected) => Promise<Heard>;
  readonly balance: (tenant: string, userId: bigint) => Promise<void>;
  readonly check: (what: string, holds: boolean) => void;
  readonly surprises: () => number;
}

const isAsExpected = ({ status, replayed, body }: Heard, expected: Expected): boolean =>
  status === (expected.status ?? 200) &&
  replayed === (expected.replayed ?? false) &&
  (typeof expected.body === "string" ? body === expected.body : expected.body.test(body));

/** Opens a teller on a desk's address. */
export const openTeller = (url: string, ports: Ports, print: (line: string) => void): Teller => {
  let surprises = 0;
  const check = (what: string, holds: boolean): void => {
    if (holds) return;
    surprises += 1;
    print(`  ✗ SURPRISE: ${what}`);
  };
  return {
    chapter: (title) => print(`\n${title}\n${"─".repeat(title.length)}`),
    say: print,
    check,
    surprises: () => surprises,
    call: async (who, path, token, body, expected) => {
      const headers = { "X-Auth-Token": token, "Content-Type": "application/json" };
      const answered = await fetch(`${url}${path}`, { method: "POST", headers, body });
      const replayed = answered.headers.get("idempotency-replayed") === "true";
      const heard = { status: answered.status, replayed, body: await answered.text() };
      print(`  ${who} → POST ${path}`);
      print(`      ${body}`);
      print(`    ← ${heard.status}${replayed ? " (replayed)" : ""} ${heard.body}`);
      check(
        `expected ${expected.status ?? 200}${expected.replayed ? " (replayed)" : ""} ${expected.body}`,
        isAsExpected(heard, expected),
      );
      return heard;
    },
    balance: async (tenant, userId) => {
      const { account } = await showAccount(ports, { tenant, userId });
      const text = (amount: bigint) => majorIn(account.currency as Currency, amount);
      print(
        `    ${tenant} ${userId}: available ${text(account.available)}, held ${text(account.held)} ${account.currency}`,
      );
    },
  };
};
