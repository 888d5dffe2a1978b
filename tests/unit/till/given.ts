/** A desk that says what it is told, and what it was asked. */
import type { Currency } from "#kernel/currency";
import type { World } from "../../../local/gateway/settings.ts";
import type { Answer, Line, Sent } from "../../../local/till/line.ts";
import type { TillSettings } from "../../../local/till/till.ts";

/** An answer, with status 200 unless it is told. */
export const answer = (body: object, status = 200, headers: Answer["headers"] = {}): Answer => ({
  status,
  headers,
  body: JSON.stringify(body),
});

/** An order as a desk tells it, of 100, unless it is changed. */
export const order = (change: object = {}): object => ({
  id: "o-1",
  status: "OPEN",
  merchantId: "SWTS",
  merchantName: "Test",
  storeId: "SwipTestStore",
  cashId: "1",
  merchantOrderId: "m-1",
  sessionCode: "https://swip.one/?qr=AAAAAAAAAAAAAAAAAAAAAA",
  total: 100,
  loyalty: 0,
  payable: 100,
  paid: 0,
  amount: null,
  pointsEarned: 0,
  payment: { status: "NONE", method: null, refunded: 0 },
  purchases: [{ id: "l-1", name: "Lunch", amount: 100, discount: 0 }],
  ...change,
});

/** What a line was asked. */
export interface Asked extends Sent {
  readonly route: string;
}

/** A line that gives these answers one after the other, of which the last goes on for ever; a text is why nothing came back. */
export const scripted = (
  ...answers: readonly (Answer | string)[]
): { readonly line: Line; readonly asked: Asked[] } => {
  const asked: Asked[] = [];
  const line: Line = async (route, sent) => {
    const next = answers[Math.min(asked.length, answers.length - 1)] ?? "nothing to say";
    asked.push({ route, ...sent });
    if (typeof next === "string") throw new Error(next);
    return next;
  };
  return { line, asked };
};

/** A world whose time passes by waiting alone. */
export const openWorld = (): World & { readonly waited: number[] } => {
  const waited: number[] = [];
  return {
    waited,
    now: () => 1_540_485_815_026 + waited.reduce((sum, ms) => sum + ms, 0),
    pause: async (ms) => void waited.push(ms),
  };
};

/** A till of SWTS. */
export const settings: TillSettings = {
  merchantId: "SWTS",
  token: "t0ken",
  storeId: "SwipTestStore",
  cashId: "1",
  currency: "EUR" as Currency,
  now: () => 1_540_485_815_026,
};
