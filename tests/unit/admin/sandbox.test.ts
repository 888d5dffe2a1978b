/** How the sandbox is filled (sandbox.md): filling it twice, or halfway, does no harm. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { claimKeyOf, userKeyOf } from "#partner/user.item";
import { showBooks, troublesOf } from "../../../local/admin/books.ts";
import { blockAccount, unblockAccount } from "../../../local/admin/change.ts";
import { suspendPartner } from "../../../local/admin/partner.ts";
import { setStatus, unlinkFromCustomer } from "../../../local/admin/user.ts";
import { findSandbox } from "../../../local/sandbox/environment.ts";
import { seedSandbox } from "../../../local/sandbox.ts";
import { openTestPorts } from "../../support/ports.ts";
import { inSandbox } from "./given.ts";
import { customers, everyAccount, everyCustomer, everyUser, promised, users } from "./sandboxContent.ts";

describe("the sandbox", () => {
  test("knows the shop by its VAT number", async () => {
    const ports = inSandbox(openTestPorts().ports);
    await seedSandbox(ports);
    const { pepper } = await ports.secrets();
    const claim = { of: "vat", type: "atm", value: "CHE123456789" } as const;
    const [found] = await ports.store.read([claimKeyOf("bank-a", pepper, claim)]);
    expect(found?.user).toBe(userKeyOf("bank-a", pepper, "atm", "shop-1").pk);
  });

  test("is not written to by a second filling, whatever was changed in between", async () => {
    const { ports: bare, twin } = openTestPorts();
    const ports = inSandbox(bare);
    await seedSandbox(ports);
    const wish = { tenant: "bank-a", actor: "dana" };
    await unblockAccount(ports, { ...wish, userId: 1003n });
    await blockAccount(ports, { ...wish, userId: 1001n });
    await suspendPartner(ports, wish);
    await setStatus(ports, { ...wish, reference: "bank-user-1003", type: "user", status: "active" });
    await unlinkFromCustomer(ports, { ...wish, reference: "bank-user-1001" });
    const before = twin.items();
    await seedSandbox(ports);
    expect(twin.items()).toEqual(before);
  });

  test("becomes whole by a second filling wherever the first was cut off", async () => {
    const COMMITS = 61;
    for (let least = 0; least <= COMMITS; least++) {
      let left = least;
      const { ports: bare } = openTestPorts((twin) => ({
        ...twin,
        commit: (writes, token) => (left-- > 0 ? twin.commit(writes, token) : Promise.reject(new Error("cut off"))),
      }));
      const ports = inSandbox(bare);
      const cut = await seedSandbox(ports).then(
        () => "whole",
        (error: Error) => error.message,
      );
      expect([least, cut]).toEqual([least, least < COMMITS ? "cut off" : "whole"]);
      left = Number.POSITIVE_INFINITY;
      await seedSandbox(ports);
      expect(await everyAccount(ports)).toEqual(promised);
      expect(await everyUser(ports)).toEqual(users);
      expect(await everyCustomer(ports)).toEqual(customers);
      for (const tenant of ["bank-a", "bank-b", "desk"])
        expect(troublesOf(await showBooks(ports, { tenant, reconciled: true }))).toEqual([]);
    }
  });

  test("is refused by any other stage before anything is written", async () => {
    const { ports, twin } = openTestPorts();
    await expect(seedSandbox(ports)).rejects.toMatchObject({ refusal: { code: "SANDBOX_VALUE" } });
    expect(twin.items()).toEqual([]);
  });
});

describe("a sandbox is found by its endpoint.json", () => {
  const endpoint = { engine: "http://127.0.0.1:4001", api: "http://127.0.0.1:3000", lambda: "http://127.0.0.1:4002" };
  const found = (text: string | undefined) => {
    const folder = mkdtempSync(join(tmpdir(), "tillgate-"));
    mkdirSync(join(folder, "3000"));
    if (text !== undefined) writeFileSync(join(folder, "3000", "endpoint.json"), text);
    return findSandbox(3000, folder);
  };

  test("where its process runs", () => {
    const running = { ...endpoint, pid: process.pid, clockOffsetMs: -5 };
    expect(found(JSON.stringify(running))).toEqual(running);
  });

  test.each([
    ["there is none", undefined],
    ["it is cut off", '{"engine":'],
    ["it lacks an address", JSON.stringify({ api: endpoint.api, pid: process.pid })],
    // Above the largest process number of any system.
    ["its process has ended", JSON.stringify({ ...endpoint, pid: 2 ** 30 })],
  ])("and not where %s", (_, text) => {
    expect(found(text)).toBeUndefined();
  });
});
