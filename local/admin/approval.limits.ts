/** How far an operator lowers what approvals allow (approvals.md 7). */
import { CHANNELS_OWNER } from "#approval/channel";
import { type LimitName, type Limits, limitNames, limitsOf, setLimits as putLimits } from "#approval/limits";
import type { Ports } from "#ports";
import { decide, say, type Verdict } from "#store/decide";
import { record } from "#store/event";
import { approvalLimitsKey } from "#store/keys/approval";
import { differencesBetween } from "./differences.ts";

/** The limits after a change; `changed` is false where they were so already and nothing was written. */
export interface ChangedLimits {
  readonly limits: Limits;
  readonly changed: boolean;
}

/** What is to be set; what is undefined stays. */
export type LimitsWish = { readonly [Name in LimitName]: number | undefined };

const saidIn = (wish: LimitsWish): Partial<Limits> =>
  Object.fromEntries(limitNames.flatMap((name) => (wish[name] === undefined ? [] : [[name, wish[name]]])));

const textsOf = (limits: Limits): Readonly<Record<string, string>> =>
  Object.fromEntries(limitNames.map((name) => [name, String(limits[name])]));

/** Sets limits, none above what the specification has; functions know them within 30 seconds. */
export const setLimits = (
  ports: Ports,
  { actor, ...wish }: LimitsWish & { readonly actor: string },
): Promise<ChangedLimits> =>
  decide(ports, [approvalLimitsKey()], ([found], atMs): Verdict<ChangedLimits> => {
    const before = limitsOf(found);
    const limits = { ...before, ...saidIn(wish) };
    const detail = differencesBetween(textsOf(before), textsOf(limits));
    if (Object.keys(detail).length === 0) return say({ limits, changed: false });
    const event = { owner: CHANNELS_OWNER, atMs, type: "approval.limits-set", actor, subject: "limits", detail };
    return {
      say: { limits, changed: true },
      writes: [putLimits(found, saidIn(wish)), record({ id: ports.ids.uuid(), ...event })],
    };
  });

/** The limits as they are. */
export const showLimits = async ({ store }: Pick<Ports, "store">): Promise<Limits> =>
  limitsOf((await store.read([approvalLimitsKey()]))[0]);
