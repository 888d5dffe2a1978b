/** Who calls: a till, by its merchant's token and the headers that name it; an app, by its customer's token (swip.md 1). */
import { isJsonType } from "#kernel/json";
import { type Issue, malformedBy } from "#kernel/malformed";
import { Fault, Refused, refuse } from "#kernel/refusal";
import { type Purpose, verifyToken } from "#kernel/token";
import type { Ports } from "#ports";
import { isCustomer } from "#pos/customer.item";
import type { AppCaller, TillCaller } from "#pos/merchant";
import { findMerchant, findTenantOfTill } from "#pos/merchant.item";
import { findTill } from "#pos/place.item";
import { MERCHANT_ID, PLACE_NAME } from "#pos/query.wire";

type Headers = Readonly<Record<string, string | undefined>>;

/** What of a request tells who calls. */
interface Shown {
  readonly headers: Headers;
  readonly body: { readonly bytes: Uint8Array };
}

/** The headers that name a till, and what they have to be. */
const names = [
  ["X-Merchant-ID", MERCHANT_ID, "must be 1-32 of A-Z, a-z, 0-9, _ and -"],
  ["X-Store-ID", PLACE_NAME, "must be 1-64 printable characters"],
  ["X-Cash-ID", PLACE_NAME, "must be 1-64 printable characters"],
] as const;

const issuesInNames = (headers: Headers): readonly Issue[] =>
  names
    .filter(([name, form]) => !form.test(headers[name.toLowerCase()]?.trim() ?? ""))
    .map(([name, , message]) => ({ way: [name], message }));

const issuesInVersion = (headers: Headers): readonly Issue[] =>
  ["2", "3"].includes(headers["api-version"]?.trim() ?? "2")
    ? []
    : [{ way: ["Api-Version"], message: "must be 2 or 3" }];

const issuesInType = ({ headers, body }: Shown): readonly Issue[] =>
  body.bytes.length === 0 || isJsonType(headers["content-type"])
    ? []
    : [{ way: ["Content-Type"], message: "must be application/json" }];

const checkHeaders = (issues: readonly Issue[]): void => {
  if (issues.length > 0) throw malformedBy("headers", `header: ${issues[0]?.way[0]}`, issues);
};

/**
 * The till that a token and headers name; refuses UNAUTHENTICATED, MALFORMED, FORBIDDEN. One that nobody has registered has
 * nothing to ask; where its merchant lets tills come with their first order, it may send that (`mayBeNew`).
 */
export const tillFor = async (
  token: string | undefined,
  shown: Shown,
  ports: Ports,
  { mayBeNew }: { readonly mayBeNew: boolean },
): Promise<TillCaller> => {
  const tenant = token === undefined ? undefined : await findTenantOfTill(ports, token);
  if (tenant === undefined) throw new Refused(refuse("UNAUTHENTICATED"));
  const { headers } = shown;
  checkHeaders([...issuesInNames(headers), ...issuesInVersion(headers), ...issuesInType(shown)]);
  const told = (name: string): string => headers[name]?.trim() ?? "";
  if (told("x-merchant-id") !== tenant) throw new Refused(refuse("FORBIDDEN", { tenant }));
  const merchant = await findMerchant(ports, tenant);
  if (merchant === undefined) throw new Fault("a token is of a merchant that does not exist");
  const till = { tenant, storeId: told("x-store-id"), cashId: told("x-cash-id") };
  const { mode, isKnown } = await findTill(ports, till);
  const isAdmitted = (isKnown.store && isKnown.till) || (mayBeNew && merchant.autoRegister);
  if (!isAdmitted) throw new Refused(refuse("FORBIDDEN", { tenant }));
  return { ...till, merchant, mode, isKnown };
};

/** What an app's token is for (sandbox.md); it lives a day at the most. */
export const APP_TOKEN: Purpose = {
  issuer: "tillgate",
  audience: "tillgate-app",
  lifeSeconds: 86_400,
  mayLackNotBefore: true,
};

/** The customer that an app's token names; refuses UNAUTHENTICATED, MALFORMED. */
export const customerFor = async (token: string | undefined, shown: Shown, ports: Ports): Promise<AppCaller> => {
  const { sign } = await ports.secrets();
  const claims = token === undefined ? undefined : await verifyToken(sign, APP_TOKEN, token, ports.clock());
  const { sub } = claims ?? {};
  if (typeof sub !== "string" || !(await isCustomer(ports, sub))) throw new Refused(refuse("UNAUTHENTICATED"));
  checkHeaders([...issuesInVersion(shown.headers), ...issuesInType(shown)]);
  return { customer: sub };
};
