/** An integrator: a bank's own system that calls the integrator API. Its token is known as a keyed digest only; two may live at once, for rotation (sonect.md 4). */
import { keyedDigest } from "#kernel/crypto";
import type { Ports } from "#ports";
import { absent, equals } from "#store/condition";
import { maybeTextIn, textIn } from "#store/field";
import type { Item } from "#store/item";
import { credentialKey, integratorKey } from "#store/keys/party";
import { erase, put, update, type Write } from "#store/write";

/** An integrator and the digests of its live tokens. */
export interface Integrator {
  readonly tenant: string;
  readonly name: string;
  readonly current: string;
  /** The one before, which lives until the next rotation. */
  readonly previous?: string;
}

/** The digest under which a token is known. */
export const digestOfToken = (pepper: Uint8Array, token: string): string =>
  keyedDigest(pepper, "integrator token", token);

/** Whose token this is: the tenant, or undefined for a token that nobody has. Remembered for some seconds. */
export const findTenantOfToken = async (
  ports: Pick<Ports, "recall" | "secrets">,
  token: string,
): Promise<string | undefined> => {
  const { pepper } = await ports.secrets();
  const item = await ports.recall(credentialKey(digestOfToken(pepper, token)));
  return item && textIn(item, "tenant");
};

/** An integrator out of its item. */
export const integratorOf = (tenant: string, name: string, item: Item): Integrator => {
  const previous = maybeTextIn(item, "previous");
  return { tenant, name, current: textIn(item, "current"), ...(previous !== undefined && { previous }) };
};

const credential = ({ tenant, name }: Pick<Integrator, "tenant" | "name">, digest: string, atMs: number): Write =>
  put(credentialKey(digest), { tenant, integrator: name, createdAtMs: BigInt(atMs) }, [[absent(), "fault"]]);

/** The writes that create an integrator with its first token; refuse INTEGRATOR_EXISTS. */
export const createIntegrator = (tenant: string, name: string, digest: string, atMs: number): readonly Write[] => [
  put(integratorKey(tenant, name), { current: digest, createdAtMs: BigInt(atMs) }, [[absent(), "INTEGRATOR_EXISTS"]]),
  credential({ tenant, name }, digest, atMs),
];

/** The writes that give it a new token: the current one lives on as the previous, the previous one dies. */
export const rotateIntegrator = (integrator: Integrator, digest: string, atMs: number): readonly Write[] => {
  const { tenant, name, current, previous } = integrator;
  return [
    update(integratorKey(tenant, name), { set: { current: digest, previous: current } }, [
      [equals("current", current), "stale"],
      [equals("previous", previous), "stale"],
    ]),
    credential(integrator, digest, atMs),
    ...(previous === undefined ? [] : [erase(credentialKey(previous), [])]),
  ];
};
