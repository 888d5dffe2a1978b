/** How a stage's keys are rotated: a key that seals or signs has to be known everywhere before it is used, and unused before it goes. */
import { generateKeyPairSync } from "node:crypto";
import { Refused, refuse } from "#kernel/refusal";
import { HOUR_MS, isoInstant, MINUTE_MS, SECOND_MS } from "#kernel/time";
import { SESSION_LIFE_SECONDS } from "#partner/checkin.item";
import type { Ports } from "#ports";
import { APP_TOKEN } from "#pos/caller";
import { readSecret, SecretText } from "#secrets";
import { decide, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { DESK } from "#store/table";
import { resealMerchants } from "./merchant.keys.ts";
import { resealPartners } from "./partner.secrets.ts";
import { resealPush } from "./push.ts";
import type { Kept, Reach } from "./vault.ts";

/** The rings of a stage's secret. */
export const ringNames = ["seal", "sign"] as const;

/** A ring of a stage's secret. */
export type RingName = (typeof ringNames)[number];

/** Until functions know a new secret: they read it once in five minutes, and again each minute while that fails (lib/live.ts); five such failures are an outage of its own. */
const KNOWN_AFTER_MS = 10 * MINUTE_MS;

/** How long something that a key has made last may still need it: sessions, and tokens of apps; check-ins and what was sealed with them, which are kept a day longer. */
const USED_MS: Readonly<Record<RingName, number>> = {
  sign: Math.max(SESSION_LIFE_SECONDS, APP_TOKEN.lifeSeconds) * SECOND_MS,
  seal: SESSION_LIFE_SECONDS * SECOND_MS + 25 * HOUR_MS,
};

/** What a rotation has done: a new key is `known`, and the next rotation lets it be `used`. */
export interface Turned {
  readonly secret: string;
  readonly ring: RingName;
  readonly key: string;
  readonly now: "known" | "used";
  /** Of a key that is known: when it can be used. */
  readonly usableAtMs?: number;
  /** Of how many partners, merchants and push gateways the secrets were sealed anew. */
  readonly resealed: number;
}

/** A key is named by the instant that it was made at, so that of two the later one is known by its name. */
const nameAt = (atMs: number): string => isoInstant(atMs).replace(/\.\d+|:/g, "");

/** Makes a key of each ring. */
export const freshKey = {
  seal: ({ secret }: Ports["ids"], atMs: number) => ({ id: nameAt(atMs), key: secret() }),
  sign: (_: Ports["ids"], atMs: number) => {
    const { d = "", x = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
    return { kid: nameAt(atMs), d, x };
  },
} as const;

/** What a rotation makes of a ring. */
interface Turn<Key> {
  readonly keys: [Key, Key];
  readonly key: string;
  readonly now: Turned["now"];
}

interface Moment {
  readonly nowMs: number;
  /** When the secret became what it is. */
  readonly madeAtMs: number;
}

const refuseBefore = (ms: number, { nowMs }: Moment, why: string): void => {
  const minutes = Math.ceil((ms - nowMs) / MINUTE_MS);
  if (minutes > 0) throw new Refused(refuse("ROTATION_EARLY", { why, minutes }));
};

/**
 * Puts the key behind the first one into use if it is the later one. Else makes one, known from now on, in the place of
 * the key before the first, if there is one. Throws the refusal ROTATION_EARLY.
 */
const turn = <Key>(
  ring: RingName,
  [first, second]: readonly [Key, ...Key[]],
  nameOf: (key: Key) => string,
  fresh: Key,
  moment: Moment,
): Turn<Key> => {
  const knownAtMs = moment.madeAtMs + KNOWN_AFTER_MS;
  if (second !== undefined && nameOf(second) > nameOf(first)) {
    refuseBefore(knownAtMs, moment, `The key ${nameOf(second)} is not known to every function yet.`);
    return { keys: [second, first], key: nameOf(second), now: "used" };
  }
  if (second !== undefined)
    refuseBefore(knownAtMs + USED_MS[ring], moment, `What the key ${nameOf(second)} has made may still be in use.`);
  // Also where this machine's clock is behind that of whoever made the key in use: names tell which one is the later.
  if (nameOf(fresh) <= nameOf(first))
    refuseBefore(moment.nowMs + MINUTE_MS, moment, "The key in use is as new as this machine's clock, or newer.");
  return { keys: [first, fresh], key: nameOf(fresh), now: "known" };
};

const turnSecret = (secret: SecretText, ring: RingName, ids: Ports["ids"], moment: Moment) => {
  if (ring === "seal") {
    const { keys, ...turned } = turn(ring, secret.seal, ({ id }) => id, freshKey.seal(ids, moment.nowMs), moment);
    return { ...turned, text: JSON.stringify({ ...secret, seal: keys } satisfies SecretText) };
  }
  const { keys, ...turned } = turn(ring, secret.sign, ({ kid }) => kid, freshKey.sign(ids, moment.nowMs), moment);
  return { ...turned, text: JSON.stringify({ ...secret, sign: keys } satisfies SecretText) };
};

const readKept = (kept: Kept | undefined, stage: string): SecretText => {
  try {
    readSecret(kept?.text ?? "", stage);
    return SecretText.parse(JSON.parse(kept?.text ?? ""));
  } catch {
    throw new Refused(refuse("SECRET_UNUSABLE"));
  }
};

/** Before the secret changes: what is in no table of ours cannot be changed in one commit with its event. */
const announce = (ports: Ports, type: string, subject: string, actor: string, key: string): Promise<void> =>
  decide(ports, [], (_, atMs): Verdict<undefined> => {
    const event = { id: ports.ids.uuid(), owner: DESK, atMs, type, actor, subject, detail: { key } };
    return { say: undefined, writes: [record(event)] };
  });

/**
 * Takes the next step of a ring's rotation: makes a key known, or puts the one that is known into use. Secrets of partners
 * and merchants are sealed by the key in use before another goes. Refuses SECRET_UNUSABLE, ROTATION_EARLY, SECRET_CHANGED.
 */
export const rotateRing = async (
  reach: Reach,
  { ring, actor }: { readonly ring: RingName; readonly actor: string },
): Promise<Turned> => {
  const { vault, ids } = reach;
  const kept = await vault.find();
  const secret = readKept(kept, vault.stage);
  const { version = "", madeAtMs = 0 } = kept ?? {};
  const nowMs = reach.clock();
  const { text, key, now } = turnSecret(secret, ring, ids, { nowMs, madeAtMs });
  const reseal = async (by: string): Promise<number> => {
    if (ring !== "seal") return 0;
    const { seal } = readSecret(by, vault.stage);
    const partners = await resealPartners(reach, seal, actor);
    const merchants = await resealMerchants(reach, seal, actor);
    return partners + merchants + (await resealPush(reach, seal, actor));
  };
  const before = now === "known" ? await reseal(JSON.stringify(secret)) : 0;
  await announce(reach, now === "known" ? "secret.key-made" : "secret.key-used", ring, actor, key);
  if (!(await vault.replace(version, text))) throw new Refused(refuse("SECRET_CHANGED"));
  const after = now === "used" ? await reseal(text) : 0;
  const usable = now === "known" && { usableAtMs: reach.clock() + KNOWN_AFTER_MS };
  return { secret: vault.name, ring, key, now, ...usable, resealed: before + after };
};
