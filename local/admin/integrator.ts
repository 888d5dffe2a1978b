/** What an operator does with integrators. A token is told to whoever makes it, once, and to nobody else: no event, no log, no list. */
import {
  digestOfToken,
  type Integrator,
  integratorOf,
  createIntegrator as putIntegrator,
  rotateIntegrator as putToken,
} from "#party/integrator";
import { checkTenant } from "#party/tenant";
import type { Ports } from "#ports";
import { decide, deny, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { timeIn } from "#store/field";
import { integratorKey, integratorsOf } from "#store/keys/party";
import { everyItem } from "#store/pages";
import { tellingOnFault } from "./rotation.ts";
import { onlyInSandbox } from "./sandboxOnly.ts";
import { showTenant } from "./tenant.ts";

/** An integrator, by tenant and name, and who acts. */
export interface IntegratorWish {
  readonly tenant: string;
  readonly integrator: string;
  readonly actor: string;
}

/** What is told once. */
export interface Token {
  readonly tenant: string;
  readonly integrator: string;
  readonly token: string;
}

/** An integrator as it is listed. */
export interface ListedIntegrator {
  readonly name: string;
  readonly liveTokens: number;
  readonly createdAtMs: number;
}

const eventOf = (ports: Ports, { tenant, integrator, actor }: IntegratorWish, type: string, atMs: number) =>
  record({ id: ports.ids.uuid(), owner: tenant, atMs, type, actor, subject: integrator, detail: {} });

/**
 * Creates an integrator with its first token, a random one unless the sandbox gives a public one. Refuses TENANT_UNKNOWN,
 * INTEGRATOR_EXISTS; SANDBOX_VALUE for a given token anywhere but in the sandbox.
 */
export const createIntegrator = async (
  ports: Ports,
  wish: IntegratorWish & { readonly token?: string },
): Promise<Token> => {
  if (wish.token !== undefined) await onlyInSandbox(ports);
  const { tenant, integrator, token = ports.ids.secret() } = wish;
  const { pepper } = await ports.secrets();
  const tokenDigest = digestOfToken(pepper, token);
  return decide(ports, [], (_, nowMs): Verdict<Token> => {
    const created = putIntegrator(tenant, integrator, tokenDigest, nowMs);
    const event = eventOf(ports, wish, "integrator.created", nowMs);
    return { say: { tenant, integrator, token }, writes: [checkTenant(tenant), ...created, event] };
  });
};

/**
 * Gives an integrator a new token; the one before lives until the next rotation. Refuses INTEGRATOR_UNKNOWN. A fault tells
 * the new token: it may be live, and a second rotation would end the one that is in use.
 */
export const rotateIntegrator = async (ports: Ports, wish: IntegratorWish): Promise<Token> => {
  const { tenant, integrator } = wish;
  const token = ports.ids.secret();
  const { pepper } = await ports.secrets();
  const tokenDigest = digestOfToken(pepper, token);
  const rotated = decide(ports, [integratorKey(tenant, integrator)], ([found], nowMs): Verdict<Token> => {
    if (found === undefined) return deny("INTEGRATOR_UNKNOWN");
    const known: Integrator = integratorOf(tenant, integrator, found);
    const event = eventOf(ports, wish, "integrator.rotated", nowMs);
    return { say: { tenant, integrator, token }, writes: [...putToken(known, tokenDigest, nowMs), event] };
  });
  return tellingOnFault(rotated, token);
};

/** A tenant's integrators, by name; refuses TENANT_UNKNOWN. */
export const listIntegrators = async (
  ports: Ports,
  { tenant }: { readonly tenant: string },
): Promise<readonly ListedIntegrator[]> => {
  await showTenant(ports, { tenant });
  const listed: ListedIntegrator[] = [];
  for await (const item of everyItem(ports.store, { of: "table", in: integratorsOf(tenant) })) {
    const { name, previous } = integratorOf(tenant, String(item.sk), item);
    listed.push({ name, liveTokens: previous === undefined ? 1 : 2, createdAtMs: timeIn(item, "createdAtMs") });
  }
  return listed;
};
