/** A card merchant's settings as texts by name: for its operator, and for the audit. No key's text is among them. */
import { DAY_MS, isoInstant, MINUTE_MS } from "#kernel/time";
import { isOpenToAnybody } from "#sale/caller";
import { type ControlKey, keyStateAt, type Merchant } from "#sale/merchant";

const keyText = ({ id, activeFromMs, retireAtMs }: ControlKey): string =>
  `${id} from ${isoInstant(activeFromMs)}${retireAtMs === undefined ? "" : ` until ${isoInstant(retireAtMs)}`}`;

const listed = (texts: readonly string[], none: string): string => (texts.length === 0 ? none : texts.join(", "));

/** Every setting, in the order in which they are shown. */
export const settingsOf = (merchant: Merchant): Readonly<Record<string, string>> => ({
  endpoints: listed(
    Object.entries(merchant.endpoints).map(([currency, endpointId]) => `${currency} ${endpointId}`),
    "none",
  ),
  "control keys": listed(merchant.keys.map(keyText), "none"),
  "gateway sources": listed(merchant.gatewaySources, "any"),
  "callback types": listed(merchant.callbackTypes, "none"),
  "token life": `${merchant.tokenLifeMs / MINUTE_MS} min`,
  "session life": `${merchant.sessionLifeMs / MINUTE_MS} min`,
  "outcome wait": `${merchant.outcomeWaitMs / DAY_MS} days`,
  retention: `${merchant.retentionDays} days`,
});

/** What an operator has to know of a merchant's settings (sbc.md 9). */
export const warningsAt = (merchant: Merchant, nowMs: number): readonly string[] => [
  ...(isOpenToAnybody(merchant)
    ? [
        "Its gateway may call from anywhere. The gateway's calls prove nothing of who makes them: from any address an app can check its own sale, or plant a card.",
      ]
    : []),
  ...(Object.keys(merchant.endpoints).length === 0 ? ["It has no endpoint: no currency is accepted."] : []),
  ...(merchant.keys.some((key) => keyStateAt(key, nowMs) === "live")
    ? []
    : ["It has no control key in use: no sale can begin."]),
];
