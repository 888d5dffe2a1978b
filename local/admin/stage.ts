/** How a stage begins: with a secret, whose pepper is in the keys of all that is digested, and which therefore is made once (DESIGN 4). */
import { Fault, Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { readSecret, type SecretText } from "#secrets";
import { partnerKey } from "#store/keys/partner";
import { integratorsOf, tenants } from "#store/keys/party";
import { posMerchantKey } from "#store/keys/pos";
import { merchantKey } from "#store/keys/sale";
import { everyItem } from "#store/pages";
import { freshKey } from "./ring.ts";
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
    const clients = await store.read([partnerKey(String(sk)), merchantKey(String(sk)), posMerchantKey(String(sk))]);
    if (items.length > 0 || clients.some((found) => found !== undefined)) return true;
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

const freshSecret = (ids: Ports["ids"], atMs: number): SecretText => ({
  pepper: Buffer.from(ids.secret(), "base64url").toString("base64"),
  seal: [freshKey.seal(ids, atMs)],
  sign: [freshKey.sign(ids, atMs)],
});

/**
 * Makes the stage's secret: a fresh pepper of 256 bits, a key that seals, a key that signs; one that is there stays as it
 * is. Refuses SECRET_LOST where the table has been used with a secret that is gone, SECRET_UNUSABLE where there is one that
 * no function can use.
 */
export const beginStage = async (reach: Reach): Promise<Begun> => {
  const { vault, ids } = reach;
  let text = (await vault.find())?.text;
  if (text === undefined) {
    if (await isPepperedIfThere(reach)) throw new Refused(refuse("SECRET_LOST"));
    if (await vault.create(JSON.stringify(freshSecret(ids, reach.clock()))))
      return { secret: vault.name, created: true };
    text = (await vault.find())?.text;
  }
  if (!isUsable(text, vault.stage)) throw new Refused(refuse("SECRET_UNUSABLE"));
  return { secret: vault.name, created: false };
};
