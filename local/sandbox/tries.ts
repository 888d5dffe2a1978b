/** Three requests to begin with, on the first screen: one leads to the next. */
import { HOUR_MS } from "#kernel/time";

/** A request to try; its body in lines, as one would write it. */
export interface Try {
  /** The scheme whose credential it shows. */
  readonly scheme: string;
  /** `VERB /path`. */
  readonly route: string;
  readonly body: readonly string[];
}

/** What they do together. */
export const about = [
  "hold 50.00 of customer 1001, then settle it, then take it back",
  "(put the TransactionId that the first one tells into the others)",
];

/** The requests, with times that fit. */
export const triesAt = (nowMs: number): readonly Try[] => {
  const [now, expiry] = [nowMs, nowMs + HOUR_MS].map((ms) => new Date(ms).toISOString());
  const start = [
    `{"userId":1001,"amount":{"value":50.00,"currency":"CHF"},`,
    `"dateOfTransaction":"${now}",`,
    `"expiryTimeOfTheOrder":"${expiry}",`,
    `"sonectTransactionReferenceId":"my-first"}`,
  ];
  const end = [`{"TransactionId":4711,"UserId":1001,`, `"DateOperation":"${now}"}`];
  return [
    { scheme: "integratorToken", route: "POST /api/sonect/startwithdrawal", body: start },
    { scheme: "integratorToken", route: "POST /api/sonect/settlewithdrawal", body: end },
    { scheme: "integratorToken", route: "POST /api/sonect/cancelwithdrawal", body: end },
  ];
};
