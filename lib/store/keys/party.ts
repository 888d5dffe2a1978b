/** The keys of tenants, clients, integrators and their tokens. */
import type { Key } from "#store/item";
import { DESK, partition } from "#store/table";

/** The partition of all tenants. */
export const tenants = (): string => partition(DESK, "tenant", "all");

/** A tenant's settings. */
export const tenantKey = (tenant: string): Key => ({ pk: tenants(), sk: tenant });

/** A token's record. */
export const credentialKey = (digest: string): Key => ({ pk: partition(DESK, "credential", digest), sk: "credential" });

/** An integrator's record. */
export const integratorKey = (tenant: string, integrator: string): Key => ({
  pk: integratorsOf(tenant),
  sk: integrator,
});

/** The partition of a tenant's integrators. */
export const integratorsOf = (tenant: string): string => partition(tenant, "integrator", "all");

/** A client's record: found by a digest of its protocol and id, before its tenant is known. */
export const clientKey = (digest: string): Key => ({
  pk: partition(DESK, "client", digest),
  sk: "client",
});

/** How much somebody has asked, for the limiter. */
export const rateKey = (subjectDigest: string): Key => ({ pk: partition(DESK, "rate", subjectDigest), sk: "rate" });
