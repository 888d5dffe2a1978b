/** How a stage begins: with a secret, whose pepper is in the keys of all that is digested, and which therefore is made once (DESIGN 4). */
import { generateKeyPairSync } from "node:crypto";
import { Fault, Refused, refuse } from "#kernel/refusal";
import { utcDay } from "#kernel/time";
import type { Ports } from "#ports";
import { readSecret, type SecretText } from "#secrets";
import { integratorsOf, tenants } from "#store/keys/party";
import { everyItem } from "#store/pages";
import type { Reach } from "./vault.ts";

/** A stage's secret, by name, and whether it was made just now. */
export interface Begun {
  readonly secret: string;
  readonly created: boolean;
}

/** Whether the table holds anything that was made with a pepper: whatever else does so needs a credential first. */
const isPeppered = async ({ store }: Ports): Promise<boolean> => {
  for await (const { sk } of everyItem(store, { of: "table", in: tenants() })) {
    const { items } = await store.list({ of: "table", in: integratorsOf(String(sk)), limit: 1 });
    if (items.length > 0) return true;
  }
  return false;
};

/** The same of a table that may not be there yet. */
const isPepperedIfThere = async (ports: Ports): Promise<boolean> => {
  try {
    return await isPeppered(ports);
  } catch (error) {
    const cause = error instanceof Fault ? error.cause : undefined;
    if (cause instanceof Error && cause.name === "ResourceNotFoundException") return false;
    throw error;
  }
};

const isUsable = (text: string | undefined, stage: string): boolean => {
  try {
    readSecret(text ?? "", stage);
    return true;
  } catch {
    return false;
  }
};

const freshSecret = (ids: Ports["ids"], atMs: number): SecretText => {
  const { d = "", x = "" } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  // A key is named by the day it was made: the first of two is in use.
  const name = utcDay(atMs);
  return {
    pepper: Buffer.from(ids.secret(), "base64url").toString("base64"),
    seal: [{ id: name, key: ids.secret() }],
    sign: [{ kid: name, d, x }],
  };
};

/**
 * Makes the stage's secret: a fresh pepper of 256 bits, a key that seals, a key that signs; one that is there stays as it is. Refuses SECRET_LOST where the
 * table has been used with a secret that is gone, SECRET_UNUSABLE where there is one that no function can use.
 */
export const beginStage = async (reach: Reach): Promise<Begun> => {
  const { vault, ids } = reach;
  let text = await vault.find();
  if (text === undefined) {
    if (await isPepperedIfThere(reach)) throw new Refused(refuse("SECRET_LOST"));
    if (await vault.create(JSON.stringify(freshSecret(ids, reach.clock()))))
      return { secret: vault.name, created: true };
    text = await vault.find();
  }
  if (!isUsable(text, vault.stage)) throw new Refused(refuse("SECRET_UNUSABLE"));
  return { secret: vault.name, created: false };
};
