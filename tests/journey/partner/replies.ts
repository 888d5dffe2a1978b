/** The replies of sonect.md 2.5 and 2.6, byte for byte, and how a test tells an answer. */
import type { Answered } from "../../support/desk.ts";

const franks =
  '{"currency":"CHF","country":"CH","locale":"de-CH","theme":"white","quickAmounts":[20,50,100,200],"minAmount":20,"maxAmount":500,"stepAmount":10,"limits":{"transaction":500,"day":1000,"week":2000,"month":5000,"year":null}}';
const euros =
  '{"currency":"EUR","country":"DE","locale":"de-DE","theme":"white","quickAmounts":[20,50,100],"minAmount":10,"maxAmount":300,"stepAmount":10,"limits":{"transaction":null,"day":null,"week":null,"month":null,"year":null}}';

const told = (exists: boolean, configuration: string): string =>
  `{"result":0,"payload":{"result":0,"exists":${exists},"configuration":${configuration}}}`;

/** Whether the party exists, said to A. */
export const P1 = (exists: boolean): string => told(exists, franks);

/** The same, said to B. */
export const P1ofB = (exists: boolean): string => told(exists, euros);

/** Created. */
export const P2 = (id: string, referenceId = "bank-user-42"): string =>
  `{"result":0,"payload":{"result":0,"id":"${id}","referenceId":"${referenceId}"}}`;

/** The e-mail address is taken. */
export const P3 =
  '{"result":-177,"Message":"Email already exists","payload":{"result":-177,"Message":"Email already exists"}}';

/** The reference or the phone number is taken. */
export const P4 = '{"result":-1,"Message":"Error","payload":{"result":-1,"Message":"Error"}}';

/** May not create users. */
export const P5 = '{"result":-6,"Message":"Error","payload":{"result":-6,"Message":"Error"}}';

/** Checked in. */
export const P6 = (url: string, status = "active", expiresAt: string | null = "2026-11-25T08:05:00.000Z"): string =>
  `{"result":0,"payload":{"result":0,"checkinUrl":"${url}","status":"${status}","expiresAt":${JSON.stringify(expiresAt)}}}`;

/** No such user to check in. */
export const P7 = '{"result":-21,"payload":{"result":-21}}';

/** The check-in failed. */
export const P8 = '{"result":-1,"payload":{"result":-1,"checkInUrl":null}}';

/** Not a request; or the failure of any other call. */
export const P9 = '{"result":-1,"payload":{"result":-1}}';

/** Not allowed. */
export const P10 = '{"result":-6,"payload":{"result":-6}}';

/** A refusal of the web SDK's API. */
export const sdkError = (error: string): string => `{"error":"${error}"}`;

/** An answer as `<status> [replayed ]<body>`. */
export const said = ({ status, body, headers }: Answered): string =>
  `${status}${headers["idempotency-replayed"] === "true" ? " replayed" : ""} ${body}`;

/** The id that a P2 tells. */
export const idIn = ({ body }: Answered): string => /"id":"(usr_\w+)"/.exec(body)?.[1] ?? "none";
