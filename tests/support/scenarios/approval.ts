/** Everything that channels may be asked about transactions, done or refused, once each. */
import { putWebhook } from "#approval/push";
import { cancel, check, decide, ownedBy, start, startOf } from "../enrolment.ts";
import {
  type Asked,
  ask,
  BEA,
  costing,
  everywhere,
  expire,
  NO_TOKEN,
  named,
  type Rows,
  setting,
} from "./approvalSetting.ts";
import { scenariosIn } from "./scenario.ts";

const once = { "idempotency-key": "once" };
/** Phones are woken by a gateway, which does not answer; settings are warm. */
const wake: Asked = async (approvals, { phone }) => {
  const { ports, clock } = approvals.world;
  const { seal } = await ports.secrets();
  const write = putWebhook(seal, { url: "https://push.example.com", key: "a key" });
  await ports.store.commit([write], ports.ids.uuid());
  await approvals.device(phone, "push-token", { PushPlatform: "apns", PushToken: "a-push-token" });
  clock.advance(1_001);
  await start(approvals);
};

const starts: Rows = [
  ...everywhere("StartTransaction"),
  { act: "any phone's", asked: ask("StartTransaction", () => startOf()), cost: costing(1, 1) },
  { act: "one phone's", asked: ask("StartTransaction", ({ phone }) => startOf(ownedBy(phone))), cost: costing(2, 1) },
  {
    act: "any phone's, which is woken",
    before: wake,
    asked: ask("StartTransaction", () => startOf()),
    cost: costing(2, 1),
  },
  {
    act: "one phone's, which is woken",
    before: wake,
    asked: ask("StartTransaction", ({ phone }) => startOf(ownedBy(phone))),
    cost: costing(2, 1),
  },
  {
    act: "one that cancels",
    asked: ask("StartTransaction", () => startOf({ CancelPendingTransactions: true })),
    cost: costing(1, 1),
  },
  { act: "one with a key", asked: ask("StartTransaction", () => startOf(), once), cost: costing(1, 1) },
  {
    act: "a repeated one",
    before: ask("StartTransaction", () => startOf(), once),
    asked: ask("StartTransaction", () => startOf(), once),
    cost: costing(1, 0),
  },
  {
    act: "a key used",
    before: ask("StartTransaction", () => startOf(), once),
    asked: ask("StartTransaction", () => startOf({ TimeoutDuration: 9 }), once),
    cost: costing(1, 0, "KEY_REUSED"),
  },
  {
    act: "nobody's phone",
    asked: ask("StartTransaction", () => startOf({ TransactionOwner: { CustomerId: BEA.customerId } })),
    cost: costing(1, 0, "OWNER_UNKNOWN"),
  },
  {
    act: "one too many",
    before: async (approvals) => {
      for (let nth = 2; nth < 20; nth++) await start(approvals);
    },
    asked: ask("StartTransaction", () => startOf()),
    cost: costing(1, 0, "WAITING_FULL"),
  },
];

const checks: Rows = [
  ...everywhere("CheckTransactionApproval"),
  { act: "one that waits", asked: ask("CheckTransactionApproval", named), cost: costing(2, 0) },
  { act: "a phone's own", asked: (approvals, { own }) => check(approvals, own), cost: costing(2, 0) },
  {
    act: "one that was decided",
    before: (approvals, { phone, listed }) => decide(approvals, phone, listed),
    asked: ask("CheckTransactionApproval", named),
    cost: costing(1, 0),
  },
  {
    act: "one that was cancelled by a start",
    before: (approvals) => start(approvals, { CancelPendingTransactions: true }),
    asked: ask("CheckTransactionApproval", named),
    cost: costing(2, 1),
  },
  {
    act: "one that has expired",
    before: expire,
    asked: ask("CheckTransactionApproval", named),
    cost: costing(2, 1),
  },
  {
    act: "a phone's own that has expired",
    before: expire,
    asked: (approvals, { own }) => check(approvals, own),
    cost: costing(2, 1),
  },
  {
    act: "no one's",
    asked: ask("CheckTransactionApproval", () => NO_TOKEN),
    cost: costing(1, 0, "APPROVAL_UNKNOWN"),
  },
  {
    act: "one too many",
    before: async (approvals, { listed }) => {
      for (const _ of ["first", "second"]) await check(approvals, listed.TransactionToken);
    },
    asked: ask("CheckTransactionApproval", named),
    cost: costing(0, 0, "RATE_LIMITED"),
  },
];

const cancellations: Rows = [
  ...everywhere("CancelTransaction"),
  { act: "one that waits", asked: ask("CancelTransaction", named), cost: costing(2, 1) },
  { act: "a phone's own", asked: (approvals, { own }) => cancel(approvals, own), cost: costing(2, 1) },
  {
    act: "one that was cancelled",
    before: (approvals, { listed }) => cancel(approvals, listed.TransactionToken),
    asked: ask("CancelTransaction", named),
    cost: costing(1, 0),
  },
  {
    act: "one that was decided",
    before: (approvals, { phone, listed }) => decide(approvals, phone, listed),
    asked: ask("CancelTransaction", named),
    cost: costing(1, 0, "APPROVAL_OVER"),
  },
  {
    act: "a phone's own that has expired",
    before: expire,
    asked: (approvals, { own }) => cancel(approvals, own),
    cost: costing(2, 1, "APPROVAL_OVER"),
  },
  {
    act: "no one's",
    asked: ask("CancelTransaction", () => NO_TOKEN),
    cost: costing(1, 0, "APPROVAL_UNKNOWN"),
  },
];

/** What channels may ask of transactions. */
export const approvalScenarios = scenariosIn(setting, [
  ...starts.map((row) => ({ endpoint: "approval/startTransaction", ...row })),
  ...checks.map((row) => ({ endpoint: "approval/checkTransactionApproval", ...row })),
  ...cancellations.map((row) => ({ endpoint: "approval/cancelTransaction", ...row })),
]);
