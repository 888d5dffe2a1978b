/** Random histories of approvals, for simulations: two channels, two phones of one customer, few transactions, so that they meet. */
import * as fc from "fast-check";
import { SECOND_MS } from "#kernel/time";
import { type Approvals, ATM, type Channel, openApprovals, WEB } from "./approval.ts";
import type { Answered } from "./desk.ts";
import { cancel, check, decide, enrol, memberOf, ownedBy, startOf } from "./enrolment.ts";
import { runJob } from "./handlers.ts";
import type { Decision, Listed, Phone } from "./phone.ts";

/** Something that is done. Transactions and phones are counted from 0; `owner` 0 is the customer, 1 and 2 are the phones. */
export type Act =
  | {
      readonly act: "start";
      readonly by: number;
      readonly owner: number;
      readonly flag: boolean;
      readonly seconds: number;
    }
  | { readonly act: "cancel" | "check"; readonly which: number }
  | { readonly act: "list"; readonly phone: number }
  | {
      readonly act: "decide";
      readonly phone: number;
      readonly which: number;
      readonly as: Decision;
      readonly isForged: boolean;
    }
  | { readonly act: "BlockDevice" | "UnblockDevice" | "RemoveDevice"; readonly phone: number }
  | { readonly act: "wait"; readonly seconds: number }
  | { readonly act: "sweep" };

type Acts = fc.Arbitrary<Act>;

const which = fc.nat(4);
const phone = fc.nat(1);
const is = <Word extends string>(...words: readonly Word[]) => fc.constantFrom(...words);
const starts: Acts = fc.record({
  act: is("start"),
  by: fc.nat(1),
  owner: fc.nat(2),
  flag: fc.boolean(),
  seconds: fc.constantFrom(3, 30, 300),
});
const decides: Acts = fc.record({
  act: is("decide"),
  phone,
  which,
  as: is<Decision>("approve", "reject", "fraud"),
  isForged: fc.nat(3).map((nth) => nth === 0),
});

/** Any of them. */
export const anAct: Acts = fc.oneof(
  { weight: 8, arbitrary: starts },
  { weight: 2, arbitrary: fc.record({ act: is("cancel"), which }) as Acts },
  { weight: 3, arbitrary: fc.record({ act: is("check"), which }) as Acts },
  { weight: 5, arbitrary: fc.record({ act: is("list"), phone }) as Acts },
  { weight: 20, arbitrary: decides },
  { weight: 1, arbitrary: fc.record({ act: is("BlockDevice", "UnblockDevice", "UnblockDevice"), phone }) as Acts },
  { weight: 1, arbitrary: fc.record({ act: is("RemoveDevice"), phone: fc.constant(1) }) as Acts },
  { weight: 3, arbitrary: fc.record({ act: is("wait"), seconds: fc.constantFrom(1, 3, 10) }) as Acts },
  { weight: 1, arbitrary: fc.record({ act: is("sweep") }) as Acts },
);

/** Where it is done: the phones, what each has listed, by token, and the transactions in the order of their starts. */
export interface Place {
  readonly approvals: Approvals;
  readonly phones: readonly Phone[];
  readonly seen: readonly Map<string, Listed>[];
  readonly started: { readonly token: string; readonly by: Channel }[];
}

/** A desk where the customer has both phones. */
export const openPlace = async (replace?: Parameters<typeof openApprovals>[0]): Promise<Place> => {
  const approvals = await openApprovals(replace);
  const phones = [await enrol(approvals), await enrol(approvals)];
  return { approvals, phones, seen: [new Map(), new Map()], started: [] };
};

const channels: readonly Channel[] = [WEB, ATM];

const startBy = async (place: Place, act: Extract<Act, { act: "start" }>): Promise<Answered> => {
  const by = channels[act.by] ?? WEB;
  const owner = place.phones[act.owner - 1];
  const body = startOf({
    ...(owner && ownedBy(owner)),
    TimeoutDuration: act.seconds,
    CancelPendingTransactions: act.flag,
  });
  const answered = await place.approvals.core("StartTransaction", body, { by });
  if (isSuccess(answered)) place.started.push({ token: memberOf(answered, "TranscationToken"), by });
  return answered;
};

const listBy = async ({ approvals, phones, seen }: Place, nth: number): Promise<Answered> => {
  const answered = await approvals.device(phones[nth] as Phone, "transactions/pending");
  if (isSuccess(answered))
    for (const listed of memberOf<Listed[]>(answered, "Transactions")) seen[nth]?.set(listed.TransactionToken, listed);
  return answered;
};

const FORGED = { changes: { Signature: Buffer.alloc(64, 1).toString("base64") } };

/** Does it; undefined where there is nobody to ask, or nothing to ask about. */
export const perform = async (place: Place, act: Act): Promise<Answered | undefined> => {
  const { approvals, phones, seen, started } = place;
  switch (act.act) {
    case "wait":
      approvals.world.clock.advance(act.seconds * SECOND_MS);
      return undefined;
    case "sweep":
      await runJob("sweep/expireDue", approvals.world.ports);
      return undefined;
    case "start":
      return startBy(place, act);
    case "list":
      return listBy(place, act.phone);
    case "cancel":
    case "check": {
      const asked = started[act.which];
      return asked && (act.act === "cancel" ? cancel : check)(approvals, asked.token, asked.by);
    }
    case "decide": {
      const token = started[act.which]?.token ?? "";
      if (!seen[act.phone]?.has(token)) await listBy(place, act.phone);
      const listed = seen[act.phone]?.get(token);
      return listed && decide(approvals, phones[act.phone] as Phone, listed, act.as, act.isForged ? FORGED : {});
    }
    default:
      return approvals.core(act.act, { OwnerKey: phones[act.phone]?.ownerKey, Reason: "LOST" });
  }
};

/** Whether what was asked has been done. */
export const isSuccess = ({ status, body }: Answered): boolean => status === 200 && JSON.parse(body).Success === true;

/** How a transaction stands, where an answer tells it: with a success, or with the reason that it is over. */
export const toldIn = ({ body }: Answered): number | undefined => {
  const { Success, Status, Results } = JSON.parse(body);
  return Success || ["9409", "9410"].includes(Results[0]?.ErrorCode) ? Status : undefined;
};
