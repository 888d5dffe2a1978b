/** Partners' secrets: two clientSecrets live at once, for rotation; of hmacKeys one. */
import { describe, expect, test } from "vitest";
import { Fault } from "#kernel/refusal";
import { findPartner, openField } from "#partner/partner.item";
import { findTenantOfClient } from "#party/client";
import { retirePrevious, rotatePartner } from "../../../local/admin/partner.secrets.ts";
import { type Admin, openBankAdmin } from "./given.ts";

const CREATE =
  "partner create bank --currency CHF --country CH --locale de-CH --quick-amounts 20 --min 20 --max 500 --step 10 --mode upstream --json";

const open = async (): Promise<Admin & { readonly id: string; readonly first: string; readonly live: Live }> => {
  const admin = await openBankAdmin();
  const { clientId: id, clientSecret: first } = JSON.parse(await admin.done(CREATE));
  const live: Live = (...secrets) => {
    admin.clock.advance(2_000); // so that nothing is remembered
    return Promise.all(
      secrets.map(async (secret) => (await findTenantOfClient(admin.ports, "partner", { id, secret })) === "bank"),
    );
  };
  return { ...admin, id, first, live };
};

type Live = (...secrets: readonly string[]) => Promise<readonly boolean[]>;

const rotate = async ({ done }: Admin): Promise<string> =>
  JSON.parse(await done("partner rotate bank --json")).clientSecret;

const eventsOf = async ({ done }: Admin): Promise<readonly unknown[]> =>
  JSON.parse(await done("audit bank --json")).events.map(({ type, subject, detail }: Record<string, unknown>) => [
    type,
    subject,
    detail,
  ]);

describe("a clientSecret", () => {
  test("lives beside the new one until the next rotation", async () => {
    const admin = await open();
    const { first, live, done, id } = admin;
    const second = await rotate(admin);
    expect(await live(first, second)).toEqual([true, true]);
    expect(JSON.parse(await done("partner show bank --json")).liveSecrets).toBe(2);
    const third = await rotate(admin);
    expect(await live(first, second, third)).toEqual([false, true, true]);
    expect((await eventsOf(admin)).slice(-2)).toEqual([
      ["partner.secret-rotated", id, {}],
      ["partner.secret-rotated", id, {}],
    ]);
  });

  test("is told once, with what becomes of the one before", async () => {
    const { done } = await open();
    const out = await done("partner rotate bank");
    const [secret = ""] = /[0-9a-f]{64}/.exec(out) ?? [];
    expect(out).toBe(
      [
        "Rotated the clientSecret of the partner bank. The new one:",
        "",
        `  ${secret}`,
        "",
        "It is shown this once: put it where it belongs now.",
        "The one before lives until the next rotation, or until it is retired.",
        "",
      ].join("\n"),
    );
  });

  test("that was rotated away is retired, once", async () => {
    const admin = await open();
    const { first, live, done, id } = admin;
    expect(await done("partner retire bank")).toBe("The partner bank has one clientSecret: nothing was changed.\n");
    const second = await rotate(admin);
    expect(await done("partner retire bank")).toBe(
      "Retired the clientSecret before the newest one of the partner bank.\n",
    );
    expect(await live(first, second)).toEqual([false, true]);
    expect((await eventsOf(admin)).at(-1)).toEqual(["partner.secret-retired", id, {}]);
    expect(JSON.parse(await done("partner retire bank --json"))).toEqual({
      tenant: "bank",
      clientId: id,
      changed: false,
    });
  });

  test("rotated twice at once ends with two live ones, both told", async () => {
    const admin = await open();
    const told = await Promise.all([rotate(admin), rotate(admin)]);
    expect(await admin.live(...told)).toEqual([true, true]);
  });

  test("that may be live is told by the fault", async () => {
    const { ports } = await open();
    const store = { ...ports.store, commit: () => Promise.reject(new Fault("the end is unknown")) };
    const wish = { tenant: "bank", actor: "dana" };
    const told = /^the end is unknown\. Before you rotate again, .*: [0-9a-f]{64}$/;
    await expect(rotatePartner({ ...ports, store }, { ...wish, secret: "clientSecret" })).rejects.toThrow(told);
    await expect(rotatePartner({ ...ports, store }, { ...wish, secret: "hmacKey" })).rejects.toThrow(told);
    await expect(retirePrevious({ ...ports, store }, wish)).resolves.toMatchObject({ changed: false });
  });
});

test("an hmacKey takes the place of the one before", async () => {
  const admin = await open();
  const { done, ports, id, clock, first, live } = admin;
  const { hmacKey } = JSON.parse(await done("partner rotate bank --secret hmacKey --json"));
  clock.advance(2_000);
  const { seal } = await ports.secrets();
  expect(openField(seal, "bank", "hmacKey", (await findPartner(ports, "bank"))?.hmacKey ?? "")).toBe(hmacKey);
  expect(hmacKey).toMatch(/^[0-9a-f]{64}$/);
  expect((await eventsOf(admin)).at(-1)).toEqual(["partner.hmac-key-rotated", id, {}]);
  expect(await live(first)).toEqual([true]);
});
