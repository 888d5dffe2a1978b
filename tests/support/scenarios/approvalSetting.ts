/** Where the scenarios of approvals are played: a customer has a phone, something waits for it, and codes live. */
import { type Approvals, openApprovals } from "../approval.ts";
import { enrol, issueCode, listedFor, memberOf, ownedBy, start } from "../enrolment.ts";
import type { Method } from "../envelope.ts";
import type { Listed, Phone } from "../phone.ts";
import type { Act, Cost, Row, Setting } from "./scenario.ts";

/** What there is. */
export interface Given {
  readonly phone: Phone;
  /** Waits for any of the customer's phones, and was listed by this one. */
  readonly listed: Listed;
  /** The token of one that waits for this phone alone, and was listed too. */
  readonly own: string;
  /** A live activation code of another customer's, and a login code of the phone's. */
  readonly otp: string;
  readonly loginCode: string;
}

/** Something asked. */
export type Asked = Act<Approvals, Given>;

/** Another customer, who has no phone yet. */
export const BEA = { customerId: "998" };

/** The world of the slice's scenarios. */
export const setting: Setting<Approvals, Given> = {
  open: openApprovals,
  begin: async (approvals) => {
    const phone = await enrol(approvals);
    const own = await start(approvals, ownedBy(phone));
    const listed = await listedFor(approvals, phone, await start(approvals, { TimeoutDuration: 600 }));
    const otp = await issueCode(approvals, BEA);
    const loginCode = memberOf<string>(await approvals.device(phone, "login-otp"), "LoginOtp");
    return { phone, listed, own, otp, loginCode };
  },
};

/** What a call costs: so many readings, and so many commits. */
export const costing = (reads: number, commits: number, refusal?: string): Cost => ({
  reads,
  commits,
  ...(refusal !== undefined && { refusal }),
});

/** Rows of one endpoint. */
export type Rows = readonly Omit<Row<Approvals, Given>, "endpoint">[];

/** A channel's call. */
export const ask =
  (method: Method, body: (given: Given) => object, headers: Readonly<Record<string, string>> = {}): Asked =>
  ({ core }, given) =>
    core(method, { ...body(given) }, { headers });

/** What names the transaction, the phone, and none of either. */
export const named = ({ listed: { TransactionToken } }: Given) => ({ TransactionToken });
export const lost = ({ phone: { ownerKey } }: Given) => ({ OwnerKey: ownerKey, Reason: "LOST" });
export const nobodys = { OwnerKey: "20260102-6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b" };
export const NO_TOKEN = { TransactionToken: "AAECAwQFBgcICQoLDA0ODw==" };

/** What every method of the core is refused for. */
export const everywhere = (method: Method): Rows => [
  { act: "nobody's", asked: ({ call }) => call(`POST /core/${method}`), cost: costing(0, 0, "UNAUTHENTICATED") },
  {
    act: "a stranger's",
    asked: ({ core }) => core(method, {}, { by: { id: "nobody", secret: "x" } }),
    cost: costing(1, 0, "UNAUTHENTICATED"),
  },
  { act: "an unreadable one", asked: ({ core }) => core(method, "{"), cost: costing(0, 0, "MALFORMED") },
];

/** Has whatever of the desk's settings calls ask for be read again: they are warm. */
export const warm = ({ core }: Approvals) => core("GetActivationOtp", { CustomerId: "997" });

/** The transaction's time is over; settings are warm again. */
export const expire: Asked = async (approvals, { listed }) => {
  approvals.world.clock.nowMs = listed.ExpiresAt;
  await warm(approvals);
};
