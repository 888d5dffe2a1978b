/** Phones of the demo: the simulator's, whose calls the teller makes, so that every one of them is told (approvals.md 4). */
import { randomUUID } from "node:crypto";
import type { Activated, Decision, Phone } from "../device/phone.ts";
import { type Aside, type Signed, signActivation, signDecision, signRequest } from "../device/requests.ts";
import { type Format, makeKey } from "../device/signature.ts";
import { type Listed, replies } from "../device/wire.ts";
import type { Stage } from "./story.ts";
import type { Expected, Heard } from "./teller.ts";

/** Error codes of the device API, with the statuses that go with them. */
const statuses = { 9400: 400, 9401: 401, 9403: 403, 9404: 404, 9409: 409, 9410: 410, 9420: 401, 9421: 401 } as const;

/** What a phone hears that is refused; a decision that comes too late also how the transaction is. */
export const refusedWith = (code: keyof typeof statuses, status?: number): Expected => ({
  status: statuses[code],
  body: new RegExp(
    `^\\{${status === undefined ? "" : `"Status":${status},`}"ServerTime":\\d+,"Results":\\[\\{"ErrorCode":"${code}",`,
  ),
});

/** What a phone hears when its decision has counted. */
export const decidedAs = (status: number): Expected => ({
  body: new RegExp(`^\\{"Status":${status},"DecidedAt":\\d+,"ServerTime":\\d+,"Results":\\[\\],"Success":true\\}$`),
});

const activated: Expected = {
  body: /^\{"OwnerKey":"\d{8}-[0-9a-f-]{36}","State":"ACTIVE","ServerTime":\d+,"Results":\[\],"Success":true\}$/,
};

/** A phone that is out of its box; of a customer whom nobody has met before unless it is told. */
export const makePhone = (
  { teller }: Stage,
  { customerId = `demo-${randomUUID()}`, format = "p1363" as Format, hasApprovalKey = false } = {},
): Phone => ({
  base: teller.url,
  customerId,
  name: "Demo",
  platform: "web",
  format,
  key: makeKey(),
  ...(hasApprovalKey && { approvalKey: makeKey() }),
  clockOffsetMs: 0,
  shown: [],
});

/** Makes a signed call. */
export const send = ({ teller }: Stage, { route, headers, body }: Signed, expected: Expected): Promise<Heard> =>
  teller.call("Phone", route, { headers, body }, expected);

/** Activates a phone by a code; resolves to what it is then. */
export const activateBy = async (stage: Stage, phone: Phone, otp: string): Promise<Activated> => {
  const heard = await send(stage, signActivation(phone, otp, stage.ports.clock()), activated);
  return { ...phone, ownerKey: /"OwnerKey":"([^"]+)"/.exec(heard.body)?.[1] ?? "none" };
};

/** Asks as a device. */
export const askAs = (
  stage: Stage,
  phone: Activated,
  call: "status" | "login-otp" | "deactivate",
  expected: Expected,
): Promise<Heard> => send(stage, signRequest(phone, call, {}, stage.ports.clock()), expected);

/** Lists what waits, which is to be so many; resolves to the last one that was begun. */
export const listFor = async (stage: Stage, phone: Activated, count: number): Promise<Listed> => {
  const heard = await send(stage, signRequest(phone, "transactions/pending", {}, stage.ports.clock()), {
    body: /^\{"Transactions":\[/,
  });
  const { data } = replies["transactions/pending"].safeParse(heard.status === 200 ? JSON.parse(heard.body) : undefined);
  const listed = data?.Transactions ?? [];
  stage.teller.check(`${listed.length} wait, not ${count}`, listed.length === count);
  const none = { TransactionToken: "none", TransactionType: 2, TransactionName: "none", TransactionContent: "none" };
  return listed.at(-1) ?? { ...none, CreatedAt: 0, ExpiresAt: 0, Challenge: "none", BindingRequired: false };
};

/** Decides what was listed. */
export const decideOn = (
  stage: Stage,
  phone: Activated,
  listed: Listed,
  decision: Decision,
  expected: Expected,
  aside: Aside = {},
): Promise<Heard> => send(stage, signDecision(phone, listed, decision, aside, stage.ports.clock()), expected);
