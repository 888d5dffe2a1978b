/** approvals.md 2.1, 6, 8: what stands nowhere, is in no key and in no log. */
import { describe, expect, test } from "vitest";
import { keyIn } from "#store/item";
import { ATM, basicOf, openApprovals, WEB } from "../../support/approval.ts";
import {
  activationOf,
  check,
  decide,
  enrol,
  issueCode,
  itemsOf,
  listedFor,
  memberOf,
  ownedBy,
  start,
  startOf,
  statusOf,
  wrongCode,
} from "../../support/enrolment.ts";
import { makeKey } from "../../support/phone.ts";

const CONTENT = "pay 4711.00 EUR to Bea Frei";
const PUSH_TOKEN = "push-token-of-a-phone";
const ANN = { customerId: "customer-of-ours", userCode: "user-code-of-ours" };

/** Everything once, well and badly. */
const doEverything = async () => {
  const approvals = await openApprovals();
  const { core, device, world } = approvals;
  // Codes that would not be found by chance in a digest or a time.
  const codes = ["739182", "604957", "318264"].values();
  Object.assign(world.ports.ids, { digits: () => codes.next().value ?? "550172" });
  const otp = await issueCode(approvals, ANN);
  await approvals.activate(activationOf(approvals, wrongCode(otp), { customer: ANN }));
  const approvalKey = makeKey();
  const phone = await enrol(approvals, {
    customer: ANN,
    otp,
    approvalKey,
    changes: { DeviceName: "Name of her phone", DeviceModel: "Model of her phone" },
  });
  await device(phone, "push-token", { PushPlatform: "apns", PushToken: PUSH_TOKEN });
  const unused = await issueCode(approvals, ANN);
  const [login, unusedLogin] = [
    memberOf<string>(await device(phone, "login-otp"), "LoginOtp"),
    memberOf<string>(await device(phone, "login-otp"), "LoginOtp"),
  ];
  await core("VerifyLoginOtp", { LoginOtp: login });
  await core("VerifyLoginOtp", { LoginOtp: "login-code-of-nobody" });
  const owner = { TransactionOwner: { CustomerId: ANN.customerId, UserCode: ANN.userCode } };
  const bound = await core(
    "StartTransaction",
    startOf({ ...owner, TransactionContent: CONTENT, TransactionName: "NAME_OF_IT", BindingMode: "code6" }),
    { headers: { "idempotency-key": "key-of-a-start" } },
  );
  const { TranscationToken: token, BindingCode: bindingCode } = JSON.parse(bound.body);
  const listed = await listedFor(approvals, phone, token);
  await decide(approvals, phone, listed, "approve", { bindingCode: wrongCode(bindingCode) });
  await decide(approvals, phone, listed, "approve", { bindingCode });
  const own = await start(approvals, { ...ownedBy(phone), TransactionContent: CONTENT });
  await core("StartTransaction", startOf({ ...ownedBy(phone), TransactionContent: CONTENT, TimeoutDuration: CONTENT }));
  await check(approvals, own);
  await check(approvals, CONTENT);
  await core("ListDevices", { CustomerId: ANN.customerId, UserCode: ANN.userCode });
  await core("CheckTransactionApproval", { TransactionToken: token }, { by: { ...WEB, secret: "a-wrong-secret" } });
  await core("RemoveDevice", { OwnerKey: phone.ownerKey, Reason: "SOLD" });
  return {
    approvals,
    statuses: [await statusOf(approvals, token), await statusOf(approvals, own)],
    // What opens something, or is nobody's business but the phone's.
    secrets: [otp, unused, login, unusedLogin, bindingCode, WEB.secret, ATM.secret, "a-wrong-secret", "key-of-a-start"],
    unlogged: [token, own, listed.Challenge, phone.key.spki, approvalKey.spki, basicOf(WEB).authorization.slice(6)],
    personal: [
      CONTENT,
      PUSH_TOKEN,
      ANN.customerId,
      ANN.userCode,
      "Name of her phone",
      "Model of her phone",
      "NAME_OF_IT",
    ],
  };
};

const printed = (value: unknown): string =>
  JSON.stringify(value, (_, each) => (typeof each === "bigint" ? String(each) : each));

const saidIn = (text: string, words: readonly string[]) => words.filter((word) => text.includes(word));

describe("what stays unsaid", () => {
  test("no code, secret or Idempotency-Key is in the table", async () => {
    const { approvals, statuses, secrets } = await doEverything();
    expect(statuses).toEqual([1, 6]);
    expect(saidIn(printed(approvals.world.twin.items()), secrets)).toEqual([]);
  });

  test("no code, token, key, content, name or customer is in the log", async () => {
    const { approvals, secrets, unlogged, personal } = await doEverything();
    const { logs, counts } = approvals.world.telemetry;
    expect(saidIn(printed([logs, counts]), [...secrets, ...unlogged, ...personal])).toEqual([]);
    expect(logs.filter(({ fields }) => fields.fault !== undefined)).toEqual([]);
  });

  test("nothing personal, and nothing that opens anything, is in a key", async () => {
    const { approvals, secrets, unlogged, personal } = await doEverything();
    const keys = approvals.world.twin.items().map((item) => printed(keyIn(item)));
    expect(saidIn(keys.join("\n"), [...secrets, ...unlogged, ...personal])).toEqual([]);
  });

  test("no code, token of a push service, content or customer is in an event", async () => {
    const { approvals, secrets, personal } = await doEverything();
    const events = itemsOf(approvals, "event");
    expect(events.length).toBeGreaterThan(3);
    expect(saidIn(printed(events), [...secrets, ...personal])).toEqual([]);
  });
});
