/** The integrator API's endpoints, as rows (sonect.md 4). */
import { integratorToken } from "#edge/auth/integratorToken";
import { contract } from "#edge/contract";
import {
  CancelOrderRequest,
  EndedReply,
  encodeEnded,
  encodeStarted,
  SettleOrderRequest,
  StartedReply,
  StartOrderRequest,
} from "#withdrawal/wire";
import { sayRefusal, type WithdrawalCode } from "#withdrawal/words";

const everyRow = { auth: integratorToken, dialect: sayRefusal, replays: true, io: { reads: 1, commits: 1 } } as const;

/** POST /api/sonect/startwithdrawal. */
export const startOrderContract = /* @__PURE__ */ contract({
  ...everyRow,
  name: "withdrawal/startOrder",
  route: "POST /api/sonect/startwithdrawal",
  summary:
    "Starts a cash withdrawal: the amount is held on the customer's account until it is settled, cancelled or expires.",
  request: StartOrderRequest,
  reply: StartedReply,
  encode: encodeStarted,
  subject: (_, said) => said && String(said.transactionId),
  mayRefuse: [
    "ACCOUNT_UNKNOWN",
    "AMOUNT_INVALID",
    "CURRENCY_MISMATCH",
    "KEY_REUSED",
    "ACCOUNT_BLOCKED",
    "EXPIRY_INVALID",
    "LIMIT_EXCEEDED",
    "FUNDS_SHORT",
  ] satisfies WithdrawalCode[],
});

/** POST /api/sonect/settlewithdrawal. */
export const settleOrderContract = /* @__PURE__ */ contract({
  ...everyRow,
  name: "withdrawal/settleOrder",
  route: "POST /api/sonect/settlewithdrawal",
  summary: "Settles a withdrawal whose cash was handed out: what was held is posted to the settlement account.",
  request: SettleOrderRequest,
  reply: EndedReply,
  encode: encodeEnded,
  subject: ({ transactionId }) => String(transactionId),
  mayRefuse: ["WITHDRAWAL_UNKNOWN", "REFERENCE_MISMATCH", "WITHDRAWAL_FINAL"] satisfies WithdrawalCode[],
});

/** POST /api/sonect/cancelwithdrawal. */
export const cancelOrderContract = /* @__PURE__ */ contract({
  ...everyRow,
  name: "withdrawal/cancelOrder",
  route: "POST /api/sonect/cancelwithdrawal",
  summary:
    "Cancels a withdrawal: an open one gives its hold back, a settled one is reversed by a posting the other way.",
  request: CancelOrderRequest,
  reply: EndedReply,
  encode: encodeEnded,
  subject: ({ transactionId }) => String(transactionId),
  mayRefuse: ["WITHDRAWAL_UNKNOWN", "REFERENCE_MISMATCH", "WITHDRAWAL_FINAL"] satisfies WithdrawalCode[],
});
