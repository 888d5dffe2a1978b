/** Where the pages come from that may call the web SDK's API from a browser: the origins of partners' web SDKs, and no other (sonect.md 2.5). */
import { digest } from "#kernel/crypto";
import type { CheckinMode } from "#partner/partner";
import type { Ports } from "#ports";
import { atLeast } from "#store/condition";
import { amountIn } from "#store/field";
import { originKey } from "#store/keys/partner";
import { update, type Write } from "#store/write";

/** Whether a text looks like an origin: a longer one, or what browsers call `null`, is worth no look at the table. */
export const isOrigin = (text: string): boolean => /^https?:\/\/[\w.:[\]-]{1,261}$/.test(text);

const originOf = (mode: CheckinMode | undefined): string | undefined =>
  mode?.mode === "local" ? new URL(mode.webSdk).origin : undefined;

const keyOf = (origin: string) => originKey(digest(origin));

/** Several partners may have their web SDKs at one origin: it is forgotten with the last of them. */
const enter = (origin: string): Write =>
  update(keyOf(origin), { set: { origin }, add: { partners: 1n }, orCreate: true });

const leave = (origin: string): Write =>
  update(keyOf(origin), { add: { partners: -1n } }, [[atLeast("partners", 1n), "fault"]]);

/**
 * The writes by which a partner's web SDK moves from one origin to another: to be committed together with the partner, none
 * where it stays. `before` is undefined for a new partner.
 */
export const moveOrigin = (before: CheckinMode | undefined, after: CheckinMode): readonly Write[] => {
  const [from, to] = [originOf(before), originOf(after)];
  if (from === to) return [];
  return [...(from === undefined ? [] : [leave(from)]), ...(to === undefined ? [] : [enter(to)])];
};

/** Whether some partner's web SDK is served from this origin, as browsers write it; remembered for some seconds. */
export const isWebSdkOrigin = async (origin: string, { recall }: Pick<Ports, "recall">): Promise<boolean> => {
  if (!isOrigin(origin)) return false;
  const item = await recall(keyOf(origin));
  return item !== undefined && amountIn(item, "partners") > 0n;
};
