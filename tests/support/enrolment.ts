/** What is said before and while a transaction is approved: how phones are activated, transactions started, listed and decided. */
import { type Item, keyIn } from "#store/item";
import type { KindName } from "#store/kinds";
import { kindOf } from "#store/table";
import { type Approvals, type Asking, type Channel, type Json, nonce, openApprovals, WEB } from "./approval.ts";
import type { Answered } from "./desk.ts";
import {
  activateFrame,
  type Decision,
  type Format,
  type Listed,
  makeKey,
  type Phone,
  type PhoneKey,
  signBy,
  signDecision,
} from "./phone.ts";

/** A customer as a bank names them. */
export interface Customer {
  readonly customerId: string;
  readonly userCode?: string;
}

/** The customer of most tests. */
export const ANN: Customer = { customerId: "999" };

/** As the core is told of a customer. */
const namesOf = ({ customerId, userCode }: Customer): Json => ({
  CustomerId: customerId,
  ...(userCode !== undefined && { UserCode: userCode }),
});

/** A member of a successful answer; throws where it failed. */
export const memberOf = <Value>({ status, body }: Answered, name: string): Value => {
  const said = JSON.parse(body);
  if (status !== 200 || said.Success !== true) throw new Error(`${status} ${body}`);
  return said[name];
};

/** A new activation code of a customer's. */
export const issueCode = async ({ core }: Approvals, customer: Customer = ANN): Promise<string> =>
  memberOf(await core("GetActivationOtp", namesOf(customer)), "Otp");

/** Another code than that one. */
export const wrongCode = (otp: string): string => String((Number(otp) + 1) % 1_000_000).padStart(6, "0");

/** What a phone is activated with, where it is not as usual. */
export interface Enrolment {
  readonly customer?: Customer;
  readonly otp?: string;
  readonly key?: PhoneKey;
  readonly approvalKey?: PhoneKey;
  readonly format?: Format;
  readonly timestamp?: number;
  readonly nonce?: string;
  /** Members that are sent otherwise than they were signed. */
  readonly changes?: Json;
}

/** An activation's body, signed. */
export const activationOf = ({ world }: Approvals, otp: string, enrolment: Enrolment = {}): Json => {
  const { customer = ANN, key = makeKey(), approvalKey, format = "p1363", changes = {} } = enrolment;
  const { timestamp = world.clock.nowMs, nonce: drawn = nonce() } = enrolment;
  const framed = activateFrame({ ...customer, otp, key, approvalKey, timestamp, nonce: drawn });
  return {
    ...namesOf(customer),
    Otp: otp,
    PublicKey: key.spki,
    ...(approvalKey && { ApprovalPublicKey: approvalKey.spki }),
    SignatureFormat: format,
    DeviceName: "My phone",
    Platform: "ios",
    Timestamp: timestamp,
    Nonce: drawn,
    Proof: signBy(key, format, framed),
    ...(approvalKey && { ApprovalProof: signBy(approvalKey, format, framed) }),
    ...changes,
  };
};

/** Activates a phone with a new code. */
export const enrol = async (approvals: Approvals, enrolment: Enrolment = {}): Promise<Phone> => {
  const { key = makeKey(), approvalKey, format = "p1363" } = enrolment;
  const otp = enrolment.otp ?? (await issueCode(approvals, enrolment.customer));
  const answered = await approvals.activate(activationOf(approvals, otp, { ...enrolment, key }));
  return { ownerKey: memberOf(answered, "OwnerKey"), key, format, ...(approvalKey && { approvalKey }) };
};

/** A start's body: of any of Ann's phones, for three minutes, unless it is changed. */
export const startOf = (changes: Json = {}): Json => ({
  TransactionOwner: { CustomerId: "999" },
  TransactionContent: "ENCRYPTEDCONFIRMATIONDATA",
  TransactionName: "WEBLOGIN",
  TransactionType: 2,
  TimeoutDuration: 180,
  ...changes,
});

/** What makes a start one of a phone's own. */
export const ownedBy = ({ ownerKey }: Pick<Phone, "ownerKey">): Json => ({
  TransactionOwner: { OwnerKey: ownerKey },
  TransactionType: 1,
});

/** Starts a transaction and tells its token. */
export const start = async ({ core }: Approvals, changes: Json = {}, asking: Asking = {}): Promise<string> =>
  memberOf(await core("StartTransaction", startOf(changes), asking), "TranscationToken");

/** What a channel hears of its transaction. */
export const check = ({ core }: Approvals, TransactionToken: string, by: Channel = WEB): Promise<Answered> =>
  core("CheckTransactionApproval", { TransactionToken }, { by });

/** How a transaction stands; asked of a token more than twice in four seconds, nothing is told. */
export const statusOf = async (approvals: Approvals, token: string, by?: Channel): Promise<number> =>
  memberOf(await check(approvals, token, by), "Status");

/** Cancels a transaction. */
export const cancel = ({ core }: Approvals, TransactionToken: string, by: Channel = WEB): Promise<Answered> =>
  core("CancelTransaction", { TransactionToken }, { by });

/** What waits for a phone. */
export const pendingOf = async ({ device }: Approvals, phone: Phone): Promise<readonly Listed[]> =>
  memberOf(await device(phone, "transactions/pending"), "Transactions");

/** One that waits for a phone, as it is listed for it. */
export const listedFor = async (approvals: Approvals, phone: Phone, token: string): Promise<Listed> => {
  const listed = (await pendingOf(approvals, phone)).find(({ TransactionToken }) => TransactionToken === token);
  if (listed === undefined) throw new Error(`${token} is not listed`);
  return listed;
};

/** A decision's body, signed. */
export const decisionOf = (phone: Phone, listed: Listed, decision: Decision, bindingCode?: string): Json => ({
  TransactionToken: listed.TransactionToken,
  Decision: decision,
  Signature: signDecision(phone, listed, decision, bindingCode),
  ...(bindingCode !== undefined && { BindingCode: bindingCode }),
});

/** Decides what was listed; `changes` is put over what was signed. */
export const decide = (
  { device }: Approvals,
  phone: Phone,
  listed: Listed,
  decision: Decision = "approve",
  { bindingCode, changes = {} }: { readonly bindingCode?: string; readonly changes?: Json } = {},
): Promise<Answered> =>
  device(phone, "transactions/respond", { ...decisionOf(phone, listed, decision, bindingCode), ...changes });

/** The items of a kind. */
export const itemsOf = ({ world }: Approvals, kind: KindName): readonly Item[] =>
  world.twin.items().filter((item) => kindOf(keyIn(item)) === kind);

/** A transaction that Ann's phone has listed. */
export const openListed = async (changes: Json = {}, approvalKey = false) => {
  const approvals = await openApprovals();
  const phone = await enrol(approvals, approvalKey ? { approvalKey: makeKey() } : {});
  const owner = changes.TransactionType === 1 ? ownedBy(phone) : {};
  const answered = await approvals.core("StartTransaction", startOf({ ...changes, ...owner }));
  const token = memberOf<string>(answered, "TranscationToken");
  const listed = await listedFor(approvals, phone, token);
  const bindingCode: string = JSON.parse(answered.body).BindingCode;
  return { approvals, phone, token, listed, bindingCode, now: approvals.world.clock.nowMs };
};

/** Events of these types, oldest first. */
export const eventsOf = (approvals: Approvals, ...types: readonly string[]) =>
  itemsOf(approvals, "event").filter(({ type }) => types.includes(String(type)));

/** Events that tell how a transaction has ended. */
export const endings = (approvals: Approvals) =>
  eventsOf(approvals, ...["transaction.decided", "transaction.expired", "transaction.cancelled", "transaction.failed"]);
