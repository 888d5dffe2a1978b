/** What must hold of partners' users at any time, whatever was asked, raced, repeated or cut off. */
import { expect } from "vitest";
import type { Known } from "#partner/user";
import { type Claim, claimKeyOf, userKeyOf, userOf } from "#partner/user.item";
import { keyIn } from "#store/item";
import { ownerOf } from "#store/table";
import { A, itemsOf, type Partnership, VAT } from "./partnership.ts";
import { PEPPER } from "./ports.ts";

/** The claims of A's shop, which was not created with particulars. */
const ofShops: Readonly<Record<string, Known>> = { "shop-1": { vat: VAT } };

/** What a user claims, as `<claim's partition> <user's partition>`. */
const claimsOf = (partnership: Partnership): readonly string[] =>
  itemsOf(partnership, "user").flatMap((item) => {
    const { pk } = keyIn(item);
    const { tenant, type, reference, person, bankUserId } = userOf(ownerOf(keyIn(item)), item);
    expect(userKeyOf(tenant, PEPPER, type, reference).pk).toBe(pk);
    const { email, phone, vat }: Known = person ?? (tenant === A.tenant ? (ofShops[reference] ?? {}) : {});
    const claims: readonly Claim[] = [
      ...(email === undefined ? [] : [{ of: "email", type, value: email } as const]),
      ...(phone === undefined ? [] : [{ of: "phone", type, value: phone } as const]),
      ...(vat === undefined ? [] : [{ of: "vat", type, value: vat } as const]),
      ...(bankUserId === undefined ? [] : [{ of: "bankUser", value: String(bankUserId) } as const]),
    ];
    return claims.map((claim) => `${claimKeyOf(tenant, PEPPER, claim).pk} ${pk}`);
  });

/** Every user holds the claims of what it is known by, no two the same one, and nobody holds any other. */
export const takeCensus = (partnership: Partnership): void => {
  const claims = claimsOf(partnership).toSorted();
  const kept = itemsOf(partnership, "claim").map((item) => `${item.pk} ${item.user}`);
  expect(kept.toSorted()).toEqual(claims);
  const ids = itemsOf(partnership, "user").map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
};
