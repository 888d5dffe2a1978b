/** Control keys: known before they sign, serving until they are retired, and sealed wherever they lie. */
import { describe, expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "#kernel/time";
import { keyNamed, liveKeys } from "#sale/merchant";
import { findMerchant, openKey } from "#sale/merchant.item";
import { NOW_MS } from "../../support/ports.ts";
import { type Admin, failing, lastEvent, openAdmin } from "./given.ts";

const FIRST = "00112233-4455-6677-8899-AABBCCDDEEFF";
const SECOND = "ffeeddccbbaa99887766554433221100";

const openKeyAdmin = async (): Promise<Admin> => {
  const admin = openAdmin();
  await admin.done("tenant create shop --name Shop --time-zone UTC");
  await admin.done("merchant create shop");
  await admin.done(`merchant key add shop k1 --control-key ${FIRST}`);
  return admin;
};

/** The merchant as every function knows it by now. */
const merchantNow = async ({ ports, clock }: Admin) => {
  clock.advance(2_000); // so that nothing is remembered
  const merchant = await findMerchant(ports, "shop");
  if (merchant === undefined) throw new Error("there is no merchant");
  return merchant;
};

const liveNow = async (admin: Admin): Promise<readonly string[]> => {
  const merchant = await merchantNow(admin);
  return liveKeys(merchant, admin.clock.nowMs).map(({ id }) => id);
};

const listed = async ({ done }: Admin): Promise<readonly unknown[]> =>
  JSON.parse(await done("merchant key list shop --json")).controlKeys;

describe("a control key", () => {
  test("signs from a minute after it was added, and is kept as it was issued", async () => {
    const admin = await openKeyAdmin();
    expect(await listed(admin)).toEqual([
      { keyId: "k1", state: "waiting", activeFrom: "2026-11-25T08:01:00.000Z", retireAt: null },
    ]);
    expect(await liveNow(admin)).toEqual([]);
    admin.clock.nowMs = NOW_MS + MINUTE_MS;
    expect(await liveNow(admin)).toEqual(["k1"]);
    const merchant = await merchantNow(admin);
    const { seal } = await admin.ports.secrets();
    expect(merchant.keys.map((key) => openKey(seal, "shop", key))).toEqual([FIRST]);
  });

  test("is told and audited by its name and times, never by what it is", async () => {
    const admin = await openKeyAdmin();
    admin.clock.advance(DAY_MS);
    const out = await admin.done(
      `merchant key add shop k2 --control-key ${SECOND} --active-from 2026-12-01T00:00:00Z --json`,
    );
    expect(JSON.parse(out)).toMatchObject({
      controlKeys: [
        { keyId: "k1", state: "live" },
        { keyId: "k2", state: "waiting", activeFrom: "2026-12-01T00:00:00.000Z", retireAt: null },
      ],
      changed: true,
    });
    expect(await lastEvent(admin, "shop")).toMatchObject({
      type: "merchant.key-added",
      actor: "dana",
      detail: {
        "control keys":
          "k1 from 2026-11-25T08:01:00.000Z -> k1 from 2026-11-25T08:01:00.000Z, k2 from 2026-12-01T00:00:00.000Z",
      },
    });
    expect(await admin.done("merchant key list shop")).toBe(
      [
        "KEY  STATE    SIGNS FROM            RETIRED AT",
        "k1   live     2026-11-25 08:01:00Z",
        "k2   waiting  2026-12-01 00:00:00Z",
        "",
      ].join("\n"),
    );
    expect((await admin.done("merchant key retire shop k1")).split("\n")[0]).toBe(
      "The merchant shop has the control keys k1 from 2026-11-25T08:01:00.000Z until 2026-11-26T08:00:00.000Z, k2 from 2026-12-01T00:00:00.000Z.",
    );
    const told = [out, await admin.done("audit shop --json"), await admin.done("merchant show shop --json")].join();
    expect([FIRST, SECOND].filter((key) => told.includes(key))).toEqual([]);
  });

  test("gives way to the latest one, and serves what it has signed until it is retired", async () => {
    const admin = await openKeyAdmin();
    const { done, clock } = admin;
    clock.advance(DAY_MS);
    await done(`merchant key add shop k2 --control-key ${SECOND}`);
    clock.advance(MINUTE_MS);
    expect(await liveNow(admin)).toEqual(["k2", "k1"]);
    await done("merchant key retire shop k1 --retire-at 2026-12-20T00:00:00Z");
    expect(await lastEvent(admin, "shop")).toMatchObject({ type: "merchant.key-retired" });
    expect(keyNamed(await merchantNow(admin), "k1", Date.UTC(2026, 11, 20) - 1)?.id).toBe("k1");
    expect(keyNamed(await merchantNow(admin), "k1", Date.UTC(2026, 11, 20))).toBeUndefined();
    await done("merchant key retire shop k1");
    expect(await liveNow(admin)).toEqual(["k2"]);
    expect(JSON.parse(await done("merchant key retire shop k1 --json")).changed).toBe(false);
  });

  test("whose name nobody can need any more is forgotten when another one is added", async () => {
    const admin = await openKeyAdmin();
    const { done, clock } = admin;
    clock.advance(DAY_MS);
    await done("merchant key retire shop k1");
    // Session, outcome and retention of the last sale that it may have signed.
    clock.advance(15 * MINUTE_MS + 15 * DAY_MS + 90 * DAY_MS - 1);
    await done(`merchant key add shop k2 --control-key ${SECOND}`);
    expect((await listed(admin)).map((key) => (key as { keyId: string }).keyId)).toEqual(["k1", "k2"]);
    clock.advance(1);
    await done(`merchant key add shop k3 --control-key ${SECOND}`);
    expect((await listed(admin)).map((key) => (key as { keyId: string }).keyId)).toEqual(["k2", "k3"]);
  });

  test.each([
    [
      "merchant key add shop k2 --active-from 2026-11-25T08:00:59Z --control-key",
      "No key can sign before 2026-11-25T08:01:00.000Z: every function has to know it by then.",
    ],
    ["merchant key add shop k1 --control-key", "The merchant has a key k1 already."],
    ["merchant key retire shop k9", "The merchant has no key k9."],
    ["merchant key retire shop k1 --retire-at 2026-11-25T07:59:59Z", "2026-11-25T07:59:59.000Z is past."],
  ])("is refused: %s", async (line, message) => {
    const admin = await openKeyAdmin();
    const before = admin.twin.items();
    const whole = line.endsWith("--control-key") ? `${line} ${SECOND}` : line;
    expect(await failing(admin, whole)).toEqual([1, { code: "MERCHANT_MALFORMED", message }]);
    expect(admin.twin.items()).toEqual(before);
  });
});

test("two keys added at once are both there", async () => {
  const admin = await openKeyAdmin();
  await Promise.all(["k2", "k3"].map((id) => admin.done(`merchant key add shop ${id} --control-key ${SECOND}`)));
  expect((await merchantNow(admin)).keys.map(({ id }) => id).toSorted()).toEqual(["k1", "k2", "k3"]);
});
