/** The keys of SONECT's partner API. */
import type { Key } from "#store/item";
import { DESK, partition } from "#store/table";

/** A tenant's one record as a partner. */
export const partnerKey = (tenant: string): Key => ({ pk: partition(tenant, "partner", "partner"), sk: "partner" });

/** A user, by the digest of its type and reference. */
export const userKey = (tenant: string, digest: string): Key => ({ pk: partition(tenant, "user", digest), sk: "user" });

/** Whose something is that only one may have. */
export const claimKey = (tenant: string, digest: string): Key => ({
  pk: partition(tenant, "claim", digest),
  sk: "claim",
});

/** A check-in, by the keyed digest of its code. */
export const checkinKey = (codeDigest: string): Key => ({ pk: partition(DESK, "checkin", codeDigest), sk: "checkin" });

/** An origin that partners serve their web SDK from. */
export const originKey = (originDigest: string): Key => ({ pk: partition(DESK, "origin", originDigest), sk: "origin" });
