/** What the partner slice's events promise: sonect.md 2.5, 2.6. */
import { NOW_MS, ORIGIN } from "../../support/ports.ts";
import type { Promises } from "./promise.ts";

const configuration =
  '{"currency":"CHF","country":"CH","locale":"de-CH","theme":"white","quickAmounts":[20,50,100,200],"minAmount":20,"maxAmount":500,"stepAmount":10,"limits":{"transaction":500,"day":1000,"week":2000,"month":5000,"year":null}}';
const P1 = (exists: boolean): string =>
  `{"result":0,"payload":{"result":0,"exists":${exists},"configuration":${configuration}}}`;

const ulid = "01J8ZK3V5Q8X4M2N7T6R9W0B1C";
const code = "Zm9yLXRlc3RzLW9ubHktMzItYnl0ZXMtb2YtY29kZSE";
const expiresAt = new Date(NOW_MS + 300_000).toISOString();
const P6 = (status: string): string =>
  `{"result":0,"payload":{"result":0,"checkinUrl":"${ORIGIN}/sdk/#c=${code}","status":"${status}","expiresAt":"${expiresAt}"}}`;

const P10 = '{"result":-6,"payload":{"result":-6}}';

/** The partner slice's promises. A live session's token cannot stand in a file. */
export const partnerPromises: Promises = {
  answers: {
    P1: [200, P1(true)],
    P1shop: [200, P1(true)],
    P1unknown: [200, P1(false)],
    P2: [200, `{"result":0,"payload":{"result":0,"id":"usr_${ulid}","referenceId":"bank-user-42"}}`],
    P3: [
      403,
      '{"result":-177,"Message":"Email already exists","payload":{"result":-177,"Message":"Email already exists"}}',
    ],
    P4: [403, '{"result":-1,"Message":"Error","payload":{"result":-1,"Message":"Error"}}'],
    P5: [403, '{"result":-6,"Message":"Error","payload":{"result":-6,"Message":"Error"}}'],
    P6: [200, P6("active")],
    P6blocked: [200, P6("blocked")],
    P7: [400, '{"result":-21,"payload":{"result":-21}}'],
    P8: [500, '{"result":-1,"payload":{"result":-1,"checkInUrl":null}}'],
    P9: [400, '{"result":-1,"payload":{"result":-1}}'],
    P10: [401, P10],
    P10suspended: [403, P10],
    P10linked: [403, P10],
    session: [200, /^\{"accessToken":"[\w-]+\.[\w-]+\.[\w-]+","tokenType":"Bearer","expiresIn":1800\}$/],
    invalidCode: [401, '{"error":"invalid_code"}'],
    invalidRequest: [400, '{"error":"invalid_request"}'],
    invalidToken: [401, '{"error":"invalid_token"}'],
    none: [204, ""],
    page: [200, /^<!doctype html>/i],
  },
  ids: () => ({ ulid: () => ulid, secret: () => code }),
  before: { openSession: ["partner/checkIn.P6.json"] },
};
