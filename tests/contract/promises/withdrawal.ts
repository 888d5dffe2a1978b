/** What the withdrawal slice's events promise: sonect.md 4.2. */
import type { Promises } from "./promise.ts";

const I = (Message: string, ResultCode: number) => `{"Message":"${Message}","ResultCode":${ResultCode},"Skip":false}`;

const started = "withdrawal/startOrder.I1.json";

/** The withdrawal slice's promises: events that end an order name the one that `startOrder.I1` has started. */
export const withdrawalPromises: Promises = {
  answers: {
    I1: [200, '{"Message":"OK","ResultCode":0,"Skip":false,"TransactionId":4503599627370001}'],
    I2: [200, I("OK", 0)],
    I3: [200, I("Generic error", 1)],
    I4: [200, I("Order not found", 1)],
    I5: [200, I("Cash limit exceeded", 4)],
    I7: [200, I("Insufficient balance", 1222)],
    I8: [400, I("Invalid request", 1)],
    I9: [401, I("Unauthorized", 1)],
  },
  ids: () => ({ number: () => 4_503_599_627_370_001n }),
  before: { settleOrder: [started], cancelOrder: [started] },
};
