/** The replies of sonect.md 4.2, byte for byte, and how a test tells an answer. */
import type { Answered } from "../../support/desk.ts";

/** Started. */
export const I1 = (id: bigint, skip = false) => `{"Message":"OK","ResultCode":0,"Skip":${skip},"TransactionId":${id}}`;

/** Settled, cancelled or reversed. */
export const I2 = '{"Message":"OK","ResultCode":0,"Skip":false}';

/** Whatever has no words of its own. */
export const I3 = '{"Message":"Generic error","ResultCode":1,"Skip":false}';

/** No such order, or not of this user or reference. */
export const I4 = '{"Message":"Order not found","ResultCode":1,"Skip":false}';

/** Above a limit. */
export const I5 = '{"Message":"Cash limit exceeded","ResultCode":4,"Skip":false}';

/** The order has ended otherwise. */
export const I6 = '{"Message":"Transaction is already in final state","ResultCode":21,"Skip":false}';

/** Above the balance. */
export const I7 = '{"Message":"Insufficient balance","ResultCode":1222,"Skip":false}';

/** Not a request. */
export const I8 = '{"Message":"Invalid request","ResultCode":1,"Skip":false}';

/** No token, or none of ours. */
export const I9 = '{"Message":"Unauthorized","ResultCode":1,"Skip":false}';

/** An answer as `<status> [replayed ]<body>`. */
export const said = ({ status, body, headers }: Answered): string =>
  `${status}${headers["idempotency-replayed"] === "true" ? " replayed" : ""} ${body}`;
