/** Tenants and integrators. */
import { describe, expect, test } from "vitest";
import { findTenantOfToken } from "#party/integrator";
import { createIntegrator } from "../../../local/admin/integrator.ts";
import { onlyInSandbox } from "../../../local/admin/sandboxOnly.ts";
import { inSandbox, openAdmin, openBankAdmin } from "./given.ts";

const SANDBOX_TOKEN = "sandbox-integrator-token-000000000000000000000001";

const tokenIn = (out: string): string => (JSON.parse(out) as { readonly token: string }).token;

describe("a tenant", () => {
  test("is created, listed and shown", async () => {
    const { run, done } = openAdmin();
    expect(await run("tenant", "create", "bank-b", "--name", "Bank B", "--time-zone", "Europe/Zurich")).toEqual({
      code: 0,
      out: "Created the tenant bank-b.\n",
      err: "",
    });
    expect(await done("tenant create a --name A --time-zone UTC --retention-days 7 --json")).toBe(
      '{"tenant":"a","name":"A","timeZone":"UTC","retentionDays":7,"createdAt":"2026-11-25T08:00:00.000Z"}\n',
    );
    expect(await done("tenant list")).toBe(
      ["TENANT  TIME ZONE      NAME", "a       UTC            A", "bank-b  Europe/Zurich  Bank B", ""].join("\n"),
    );
    expect(await done("tenant show bank-b")).toBe(
      [
        "tenant     bank-b",
        "name       Bank B",
        "time zone  Europe/Zurich",
        "retention  400 days",
        "created    2026-11-25 08:00:00Z",
        "",
      ].join("\n"),
    );
  });

  test("is created once", async () => {
    const { run, twin } = await openBankAdmin();
    const before = twin.items();
    expect(await run("tenant", "create", "bank", "--name", "Other", "--time-zone", "UTC")).toEqual({
      code: 1,
      out: "",
      err: 'There is a tenant of this name already. "tenant show" tells its settings.\n',
    });
    expect(twin.items()).toEqual(before);
  });

  test("that there is none of is refused in every verb that looks at one", async () => {
    const { run } = openAdmin();
    for (const line of [
      "tenant show x",
      "integrator list x",
      "account list x",
      "account show x 1",
      "books x",
      "audit x",
    ])
      expect([line, await run(...line.split(" "))]).toEqual([
        line,
        { code: 1, out: "", err: 'There is no such tenant. "tenant list" shows those that there are.\n' },
      ]);
  });

  test("is not there yet on an empty table", async () => {
    const { done } = openAdmin();
    expect(await done("tenant list")).toBe("There is no tenant yet.\n");
    expect(await done("tenant list --json")).toBe('{"tenants":[]}\n');
  });
});

describe("an integrator", () => {
  test("is told its token once, when it is created", async () => {
    const { run, ports } = await openBankAdmin();
    const { code, out, err } = await run("integrator", "create", "bank", "core");
    const [, , line = ""] = out.split("\n");
    expect({ code, out, err }).toEqual({
      code: 0,
      out: [
        "Created the integrator core of bank. Its token:",
        "",
        line,
        "",
        "It is shown this once and stored nowhere: put it where it belongs now.",
        "",
      ].join("\n"),
      err: "",
    });
    expect(line).toMatch(/^ {2}[\w-]{43}$/);
    expect(await findTenantOfToken(ports, line.trim())).toBe("bank");
  });

  test("has the token before beside the new one until the next rotation", async () => {
    const { done, ports, clock } = await openBankAdmin();
    const live = async (...tokens: readonly string[]) => {
      clock.advance(2_000); // so that nothing is remembered
      return Promise.all(tokens.map(async (token) => (await findTenantOfToken(ports, token)) === "bank"));
    };
    const first = tokenIn(await done("integrator create bank core --json"));
    expect(await done("integrator list bank")).toBe(
      "INTEGRATOR  LIVE TOKENS  CREATED\ncore        1            2026-11-25 08:00:00Z\n",
    );
    const second = tokenIn(await done("integrator rotate bank core --json"));
    expect(await live(first, second)).toEqual([true, true]);
    const third = tokenIn(await done("integrator rotate bank core --json"));
    expect(await live(first, second, third)).toEqual([false, true, true]);
    expect(await done("integrator list bank --json")).toBe(
      '{"tenant":"bank","integrators":[{"integrator":"core","liveTokens":2,"createdAt":"2026-11-25T08:00:00.000Z"}]}\n',
    );
  });

  test("rotated twice at once ends with two live tokens, both told", async () => {
    const { done, ports, clock } = await openBankAdmin();
    await done("integrator create bank core");
    const told = await Promise.all([
      done("integrator rotate bank core --json"),
      done("integrator rotate bank core --json"),
    ]);
    clock.advance(2_000);
    expect(await Promise.all(told.map((out) => findTenantOfToken(ports, tokenIn(out))))).toEqual(["bank", "bank"]);
  });

  test.each([
    ["integrator create bank core", "INTEGRATOR_EXISTS"],
    ["integrator create other core", "TENANT_UNKNOWN"],
    ["integrator rotate bank other", "INTEGRATOR_UNKNOWN"],
  ])("%s is refused as %s, and nothing is written", async (line, code) => {
    const { run, done, twin } = await openBankAdmin();
    await done("integrator create bank core");
    const before = twin.items();
    const { code: exitCode, out } = await run(...line.split(" "), "--json");
    expect([exitCode, JSON.parse(out).error.code]).toEqual([1, code]);
    expect(twin.items()).toEqual(before);
  });

  test("leaves its tokens nowhere in the table", async () => {
    const { done, twin } = await openBankAdmin();
    const tokens = [
      tokenIn(await done("integrator create bank core --json")),
      tokenIn(await done("integrator rotate bank core --json")),
    ];
    const stored = JSON.stringify(twin.items(), (_, value) => (typeof value === "bigint" ? String(value) : value));
    expect(tokens.filter((token) => token.length === 43 && stored.includes(token))).toEqual([]);
  });
});

describe("a token that is given", () => {
  const wish = { tenant: "bank", integrator: "core", token: SANDBOX_TOKEN, actor: "dana" };

  test("is refused outside the sandbox, before anything is written", async () => {
    const { ports, twin } = await openBankAdmin();
    const before = twin.items();
    await expect(createIntegrator(ports, wish)).rejects.toMatchObject({ refusal: { code: "SANDBOX_VALUE" } });
    await expect(onlyInSandbox(ports)).rejects.toMatchObject({ refusal: { code: "SANDBOX_VALUE" } });
    expect(twin.items()).toEqual(before);
  });

  test("is taken in the sandbox", async () => {
    const { ports } = await openBankAdmin();
    const sandbox = inSandbox(ports);
    expect(await createIntegrator(sandbox, wish)).toEqual({ tenant: "bank", integrator: "core", token: SANDBOX_TOKEN });
    expect(await findTenantOfToken(sandbox, SANDBOX_TOKEN)).toBe("bank");
  });
});
