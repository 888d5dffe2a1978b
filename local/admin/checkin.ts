/** How a partner's users are to check in, as an operator says it (sonect.md 2.5). */
import { Refused, refuse } from "#kernel/refusal";
import type { CheckinMode, Upstream } from "#partner/partner";
import { isLocalAddress } from "./partner.readings.ts";

/** What an operator says; what is undefined is not said. The secret is given openly. */
export interface CheckinWish {
  readonly mode?: CheckinMode["mode"] | undefined;
  readonly webSdk?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly upstreamClientId?: string | undefined;
  readonly upstreamClientSecret?: string | undefined;
}

const malformed = (why: string): Refused => new Refused(refuse("PARTNER_MALFORMED", { why }));

/** The mode that is meant: what is said of one mode is not said of the other. Throws the refusal PARTNER_MALFORMED. */
const modeMeant = (before: CheckinMode | undefined, wish: CheckinWish): CheckinMode["mode"] => {
  const { mode, webSdk, baseUrl, upstreamClientId, upstreamClientSecret } = wish;
  const isLocal = mode === "local" || webSdk !== undefined;
  const isUpstream =
    mode === "upstream" || [baseUrl, upstreamClientId, upstreamClientSecret].some((said) => said !== undefined);
  if (isLocal && isUpstream)
    throw malformed("a web SDK's address is of mode local, all else of mode upstream: give one");
  const meant = isLocal ? "local" : isUpstream ? "upstream" : before?.mode;
  if (meant === undefined) throw malformed("say how users check in: --web-sdk, --base-url, or --mode upstream");
  return meant;
};

const upstreamBy = (
  before: CheckinMode | undefined,
  { baseUrl, upstreamClientId: clientId, upstreamClientSecret: secret }: CheckinWish,
  sealed: (secret: string) => string,
): Upstream => ({
  ...(before?.mode === "upstream" && before),
  mode: "upstream",
  ...(baseUrl !== undefined && { baseUrl }),
  ...(clientId !== undefined && { clientId }),
  ...(secret !== undefined && { clientSecret: sealed(secret) }),
});

/**
 * How users check in after this. Changing the mode drops what the other one had. Throws the refusal PARTNER_MALFORMED: for
 * what contradicts itself, and for an address on this machine anywhere but in the sandbox.
 */
export const checkinBy = (
  before: CheckinMode | undefined,
  wish: CheckinWish,
  { isSandbox, sealed }: { readonly isSandbox: boolean; readonly sealed: (secret: string) => string },
): CheckinMode => {
  const said = [wish.webSdk, wish.baseUrl].filter((one) => one !== undefined);
  if (!isSandbox && said.some(isLocalAddress)) throw malformed("only the sandbox may have an address on this machine");
  if (modeMeant(before, wish) === "upstream") return upstreamBy(before, wish, sealed);
  const webSdk = wish.webSdk ?? (before?.mode === "local" ? before.webSdk : undefined);
  if (webSdk === undefined) throw malformed("mode local needs the web SDK's address: --web-sdk");
  return { mode: "local", webSdk };
};
