/** How a stage's keys are rotated: known before they are used, unused before they go, and nothing sealed is lost. */
import { describe, expect, test } from "vitest";
import { MINUTE_MS } from "#kernel/time";
import { findPartner, openField } from "#partner/partner.item";
import { findMerchant, openKey } from "#sale/merchant.item";
import { readSecret, type SecretText } from "#secrets";
import { rotateRing } from "../../../local/admin/ring.ts";
import { openVault } from "../../../local/admin/vault.ts";
import type { RequestHandler } from "../../../local/dynamodb/requestHandler.ts";
import { openTestPorts } from "../../support/ports.ts";
import { openSecretsManager } from "../../support/secretsManager.ts";
import { type Admin, adminOf, openAdmin } from "./given.ts";

const NAME = "tillgate/prod";
const STAGE = "--stage prod";
const HOUR_MS = 60 * MINUTE_MS;

/** An admin of a stage whose ports read the secret that Secrets Manager has. */
const openStage = async (): Promise<Admin> => {
  const world = openTestPorts();
  const holder: { admin?: Admin } = {};
  const secrets = async () => readSecret(holder.admin?.kept.get(NAME) ?? "", "prod");
  const admin = adminOf({ ...world, ports: { ...world.ports, secrets } });
  holder.admin = admin;
  await admin.done(`init ${STAGE}`);
  return admin;
};

const keysOf = ({ kept }: Admin, ring: "seal" | "sign"): readonly string[] => {
  const secret: SecretText = JSON.parse(kept.get(NAME) ?? "");
  return ring === "seal" ? secret.seal.map(({ id }) => id) : secret.sign.map(({ kid }) => kid);
};

const refusedFor = async ({ run }: Admin, ring: string): Promise<readonly unknown[]> => {
  const { code, err } = await run(..."secret rotate --stage prod --ring".split(" "), ring);
  return [code, err];
};

const BEGUN = "2026-11-25T080000Z";

describe("a ring", () => {
  test("makes a key known, then uses it, then lets the old one go", async () => {
    const admin = await openStage();
    const { done, clock } = admin;
    expect(keysOf(admin, "sign")).toEqual([BEGUN]);
    clock.advance(MINUTE_MS);
    const second = "2026-11-25T080100Z";
    expect(await done(`secret rotate --ring sign ${STAGE}`)).toBe(
      `Made the key ${second} of the ring "sign". It is not in use yet:\nonce every function knows it, at 2026-11-25 08:11:00Z, do this again.\n`,
    );
    expect(keysOf(admin, "sign")).toEqual([BEGUN, second]);
    clock.advance(10 * MINUTE_MS - 1);
    expect(await refusedFor(admin, "sign")).toEqual([
      1,
      `The key ${second} is not known to every function yet. Wait 1 min.\n`,
    ]);
    clock.advance(1);
    expect(await done(`secret rotate --ring sign ${STAGE}`)).toBe(
      `The key ${second} of the ring "sign" is in use.\nThe one before it still opens and verifies what it has made.\n`,
    );
    expect(keysOf(admin, "sign")).toEqual([second, BEGUN]);
    clock.advance(10 * MINUTE_MS);
    expect(await refusedFor(admin, "sign")).toEqual([
      1,
      `What the key ${BEGUN} has made may still be in use. Wait 1440 min.\n`,
    ]);
    clock.advance(24 * HOUR_MS);
    expect(JSON.parse(await done(`secret rotate --ring sign ${STAGE} --json`))).toEqual({
      secret: NAME,
      ring: "sign",
      key: "2026-11-26T082100Z",
      now: "known",
      usableAt: "2026-11-26T08:31:00.000Z",
      resealed: 0,
    });
    expect(keysOf(admin, "sign")).toEqual([second, "2026-11-26T082100Z"]);
    expect(keysOf(admin, "seal")).toEqual([BEGUN]);
  });

  test("that is turned leaves the pepper and the other ring, and is one that functions accept", async () => {
    const { done, clock, kept } = await openStage();
    clock.advance(MINUTE_MS);
    const before: SecretText = JSON.parse(kept.get(NAME) ?? "");
    await done(`secret rotate --ring sign ${STAGE}`);
    const { sign, ...others }: SecretText = JSON.parse(kept.get(NAME) ?? "");
    expect(others).toEqual({ pepper: before.pepper, seal: before.seal });
    expect(sign[0]).toEqual(before.sign[0]);
    expect(readSecret(kept.get(NAME) ?? "", "prod").sign).toHaveLength(2);
  });

  test("is audited before it turns, with the keys' names and not the keys", async () => {
    const { done, clock, kept } = await openStage();
    clock.advance(MINUTE_MS);
    await done(`secret rotate --ring seal ${STAGE}`);
    clock.advance(10 * MINUTE_MS);
    await done(`secret rotate --ring seal ${STAGE}`);
    const out = await done(`audit desk ${STAGE} --json`);
    const events = JSON.parse(out).events.map(({ type, actor, subject, detail }: Record<string, unknown>) => [
      type,
      actor,
      subject,
      detail,
    ]);
    expect(events).toEqual([
      ["secret.key-made", "dana", "seal", { key: "2026-11-25T080100Z" }],
      ["secret.key-used", "dana", "seal", { key: "2026-11-25T080100Z" }],
    ]);
    const { seal }: SecretText = JSON.parse(kept.get(NAME) ?? "");
    expect(seal.filter(({ key }) => out.includes(key))).toEqual([]);
  });

  test("gets no key that would not be the later one by its name", async () => {
    const admin = await openStage();
    admin.clock.advance(-MINUTE_MS);
    const text = admin.kept.get(NAME);
    expect(await refusedFor(admin, "seal")).toEqual([
      1,
      "The key in use is as new as this machine's clock, or newer. Wait 1 min.\n",
    ]);
    expect(admin.kept.get(NAME)).toBe(text);
  });

  test("that somebody else has turned meanwhile is not turned", async () => {
    const admin = await openStage();
    const { client, kept } = openSecretsManager(() => admin.clock.nowMs);
    const vault = openVault("prod", client);
    const text = admin.kept.get(NAME) ?? "";
    kept.set(NAME, text);
    const found = await vault.find();
    kept.set(NAME, text.replace(BEGUN, "2026-11-24"));
    const behind = { ...vault, find: async () => found };
    admin.clock.advance(MINUTE_MS);
    const turned = rotateRing({ ...admin.ports, vault: behind }, { ring: "sign", actor: "dana" });
    await expect(turned).rejects.toMatchObject({ refusal: { code: "SECRET_CHANGED" } });
    expect(kept.get(NAME)).toBe(text.replace(BEGUN, "2026-11-24"));
  });

  test("is turned though the answer to that was lost on its way", async () => {
    const { client, kept } = openSecretsManager(() => 0);
    let isLost = false;
    const handle: RequestHandler["handle"] = async (request, options) => {
      const answered = await client.requestHandler.handle(request, options);
      const isMove = request.headers["x-amz-target"] === "secretsmanager.UpdateSecretVersionStage";
      if (!isMove || isLost) return answered;
      isLost = true;
      throw Object.assign(new Error("no answer"), { name: "TimeoutError" });
    };
    const vault = openVault("prod", { ...client, requestHandler: { ...client.requestHandler, handle } });
    await vault.create("before");
    const version = (await vault.find())?.version ?? "";
    expect([await vault.replace(version, "after"), kept.get(NAME), isLost]).toEqual([true, "after", true]);
    expect(await vault.replace(version, "never")).toBe(false);
  });

  test.each([
    ["is not there", undefined],
    ["no function can use", "{}"],
  ])("of a secret that %s is refused", async (_, text) => {
    const admin = openAdmin();
    if (text !== undefined) admin.kept.set(NAME, text);
    expect(await refusedFor(admin, "sign")).toEqual([
      1,
      "The stage has a secret that no function can use. docs/operations.md says what it has to hold.\n",
    ]);
  });
});

test("what partners have sealed opens after every turn, and is sealed anew before its key goes", async () => {
  const admin = await openStage();
  const { done, clock, ports } = admin;
  const configuration = "--currency CHF --country CH --locale de-CH --quick-amounts 20 --min 20 --max 500 --step 10";
  const told: Record<string, string> = {};
  for (const tenant of ["bank-x", "bank-y"]) {
    await done(`tenant create ${tenant} --name Bank --time-zone UTC ${STAGE}`);
    const upstream = `--base-url https://a.example.com --upstream-client-id us --upstream-client-secret of-${tenant}`;
    told[tenant] = JSON.parse(
      await done(`partner create ${tenant} ${configuration} ${upstream} ${STAGE} --json`),
    ).hmacKey;
  }
  const opened = async (tenant: string) => {
    clock.advance(2_000); // so that nothing is remembered
    const { seal } = await ports.secrets();
    const { hmacKey = "", checkin } = (await findPartner(ports, tenant)) ?? {};
    const secret = checkin?.mode === "upstream" ? (checkin.clientSecret ?? "") : "";
    return {
      by: [hmacKey, secret].map((sealed) => sealed.split(".")[0]),
      texts: [openField(seal, tenant, "hmacKey", hmacKey), openField(seal, tenant, "clientSecret", secret)],
    };
  };
  let resealed = 0;
  for (let turns = 0; turns < 5; turns++) {
    clock.advance(26 * HOUR_MS);
    resealed += JSON.parse(await done(`secret rotate --ring seal ${STAGE} --json`)).resealed;
    const [first] = keysOf(admin, "seal");
    for (const tenant of ["bank-x", "bank-y"])
      expect([turns, await opened(tenant)]).toEqual([
        turns,
        { by: [first, first], texts: [told[tenant], `of-${tenant}`] },
      ]);
  }
  expect(resealed).toBe(4);
});

test("a resealing that was cut off is made up for before the key goes", async () => {
  const admin = await openStage();
  const { done, clock, ports, twin } = admin;
  await done(`tenant create bank-x --name Bank --time-zone UTC ${STAGE}`);
  const configuration = "--currency CHF --country CH --locale de-CH --quick-amounts 20 --min 20 --max 500 --step 10";
  clock.advance(MINUTE_MS);
  const { hmacKey } = JSON.parse(await done(`partner create bank-x ${configuration} --mode upstream ${STAGE} --json`));
  await done(`secret rotate --ring seal ${STAGE}`);
  clock.advance(10 * MINUTE_MS);
  const sealed = twin.items().find(({ hmacKey: found }) => found !== undefined);
  await done(`secret rotate --ring seal ${STAGE}`);
  // As if the command had died between the two: the partner is still sealed by the key before.
  if (sealed === undefined) throw new Error("there is no partner");
  const { pk, sk, ...item } = sealed;
  await ports.store.commit(
    [{ kind: "put", key: { pk: String(pk), sk: String(sk) }, item, when: [] }],
    "00000000-0000-4000-8000-000000000000",
  );
  clock.advance(26 * HOUR_MS);
  expect(JSON.parse(await done(`secret rotate --ring seal ${STAGE} --json`)).resealed).toBe(1);
  clock.advance(2_000);
  const { seal } = await ports.secrets();
  expect(openField(seal, "bank-x", "hmacKey", (await findPartner(ports, "bank-x"))?.hmacKey ?? "")).toBe(hmacKey);
});

test("what merchants have sealed opens after every turn, and is sealed anew before its key goes", async () => {
  const admin = await openStage();
  const { done, clock, ports } = admin;
  await done(`tenant create shop --name Shop --time-zone UTC ${STAGE}`);
  await done(`merchant create shop ${STAGE}`);
  const texts = ["00112233-4455-6677-8899-AABBCCDDEEFF", "ffeeddccbbaa99887766554433221100"];
  for (const [nth, text] of texts.entries()) await done(`merchant key add shop k${nth} --control-key ${text} ${STAGE}`);
  let resealed = 0;
  for (let turns = 0; turns < 5; turns++) {
    clock.advance(26 * HOUR_MS);
    resealed += JSON.parse(await done(`secret rotate --ring seal ${STAGE} --json`)).resealed;
    clock.advance(2_000); // so that nothing is remembered
    const { seal } = await ports.secrets();
    const { keys = [] } = (await findMerchant(ports, "shop")) ?? {};
    const [first] = keysOf(admin, "seal");
    expect([turns, keys.map(({ sealed }) => sealed.split(".")[0])]).toEqual([turns, [first, first]]);
    expect(keys.map((key) => openKey(seal, "shop", key))).toEqual(texts);
  }
  expect(resealed).toBe(2);
});
