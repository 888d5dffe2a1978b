/** The demo's story of approvals (approvals.md): a bank lets its customers confirm on a phone whose keys are real. */
import { randomUUID } from "node:crypto";
import type { Activated } from "../device/phone.ts";
import { signActivation, signDecision, signRequest } from "../device/requests.ts";
import { headersOf } from "../sandbox/credential.ts";
import { credentialFor } from "../sandbox/credentials.ts";
import { sandboxChannels } from "../sandbox/values/channels.ts";
import { activateBy, askAs, decidedAs, decideOn, listFor, makePhone, refusedWith, send } from "./phone.ts";
import type { Stage, Story } from "./story.ts";
import type { Expected, Heard } from "./teller.ts";

const [web, atm] = sandboxChannels.map(({ id }) => id);

const DONE = '"Results":[],"Success":true}';

/** A bank's back end asks, as the channel that it is. */
const asChannel =
  ({ teller }: Stage, channel = "") =>
  (method: string, said: object, expected: Expected, more: Readonly<Record<string, string>> = {}): Promise<Heard> => {
    const headers = { ...headersOf(credentialFor("channelBasic", channel)), ...more };
    return teller.call(channel, `POST /core/${method}`, { headers, body: JSON.stringify(said) }, expected);
  };

const failsWith = (code: number, begin: string): Expected => ({
  body: new RegExp(`^\\{${begin},"Results":\\[\\{"ErrorCode":"${code}",.*\\}\\],"Success":false\\}$`),
});

const found = ({ body }: Heard, name: string): string => new RegExp(`"${name}":"([^"]*)"`).exec(body)?.[1] ?? "none";

/** The web channel gets a code for a customer, to be delivered. */
const codeFor = async (stage: Stage, customerId: string): Promise<string> =>
  found(
    await asChannel(stage, web)(
      "GetActivationOtp",
      { CustomerId: customerId },
      {
        body: /^\{"Otp":"\d{6}","Results":\[\],"Success":true\}$/,
      },
    ),
    "Otp",
  );

/** A customer's phone, activated. */
const enrol = async (stage: Stage, wish: Parameters<typeof makePhone>[1] = {}): Promise<Activated> => {
  const phone = makePhone(stage, wish);
  return activateBy(stage, phone, await codeFor(stage, phone.customerId));
};

const started: Expected = {
  body: /^\{"TranscationToken":"[^"]{24}",("BindingCode":"\d{6}",)?"Results":\[\],"Success":true\}$/,
};

interface Wish {
  readonly name: string;
  readonly content: string;
  /** The device that alone may decide, instead of any of the customer's. */
  readonly ownerKey?: string;
  readonly seconds?: number;
  readonly more?: object;
}

const start = (
  stage: Stage,
  { customerId }: Pick<Activated, "customerId">,
  { name, content, ownerKey, seconds = 180, more = {} }: Wish,
  expected: Expected = started,
  headers: Readonly<Record<string, string>> = {},
): Promise<Heard> => {
  const said = {
    TransactionOwner: ownerKey === undefined ? { CustomerId: customerId } : { OwnerKey: ownerKey },
    TransactionContent: content,
    TransactionName: name,
    TransactionType: ownerKey === undefined ? 2 : 1,
    TimeoutDuration: seconds,
    ...more,
  };
  return asChannel(stage, web)("StartTransaction", said, expected, headers);
};

const tokenOf = (heard: Heard) => ({ TransactionToken: found(heard, "TranscationToken") });

/** The web channel looks how it is. */
const check = (stage: Stage, begun: Heard, status: number): Promise<Heard> =>
  asChannel(stage, web)("CheckTransactionApproval", tokenOf(begun), { body: `{"Status":${status},${DONE}` });

const enrolled = async (stage: Stage): Promise<Activated> => {
  const { teller, ports } = stage;
  teller.chapter("A customer's phone becomes a device");
  const made = makePhone(stage);
  const otp = await codeFor(stage, made.customerId);
  const wrong = otp === "000000" ? "111111" : "000000";
  teller.say("  A wrong code, and why it is wrong nobody is told:");
  await send(stage, signActivation(made, wrong, ports.clock()), refusedWith(9420));
  const phone = await activateBy(stage, made, otp);
  teller.say("  The answer was lost on the way. The same key asks again, and is the same device:");
  const again = await activateBy(stage, made, otp);
  teller.check("the key is another device now", again.ownerKey === phone.ownerKey);
  await asChannel(stage, web)(
    "ListDevices",
    { CustomerId: made.customerId },
    {
      body: new RegExp(`^\\{"Devices":\\[\\{"OwnerKey":"${phone.ownerKey}",[^[]*"State":"ACTIVE",[^[]*\\}\\],`),
    },
  );
  return phone;
};

const approved = async (stage: Stage, phone: Activated): Promise<void> => {
  const { teller, ports } = stage;
  teller.chapter("A login is approved");
  const key = { "Idempotency-Key": randomUUID() };
  const login = { name: "WEBLOGIN", content: "Log in at bank.example from Zurich" };
  const begun = await start(stage, phone, login, started, key);
  teller.say("  The answer was lost on the way, so the bank asks again; the phone will ring once:");
  await start(stage, phone, login, { body: begun.body, replayed: true }, key);
  await check(stage, begun, 2);
  const listed = await listFor(stage, phone, 1);
  teller.say(`    The phone shows: ${listed.TransactionContent}`);
  await decideOn(stage, phone, listed, "approve", decidedAs(1));
  teller.say("  Said again it is the same; otherwise it is too late:");
  await decideOn(stage, phone, listed, "approve", decidedAs(1));
  await decideOn(stage, phone, listed, "reject", refusedWith(9409, 1));
  await check(stage, begun, 1);
  await asChannel(stage, web)("CancelTransaction", tokenOf(begun), failsWith(9409, '"Status":1'));
  teller.say("  Another channel of the bank knows nothing of it:");
  await asChannel(stage, atm)("CheckTransactionApproval", tokenOf(begun), failsWith(510, '"Status":0'));
  teller.say("  A request that somebody has copied, sent once more:");
  const copied = signRequest(phone, "push-token", {}, ports.clock());
  await send(stage, copied, { body: /^\{"ServerTime":\d+,"Results":\[\],"Success":true\}$/ });
  await send(stage, copied, refusedWith(9401));
};

const bound = async (stage: Stage): Promise<void> => {
  const { teller } = stage;
  teller.chapter("A payment is approved with the code that its screen shows");
  const phone = await enrol(stage);
  const wish = { name: "PAYMENT", content: "Pay 50.00 CHF to Anna", more: { BindingMode: "code6" } };
  const begun = await start(stage, phone, wish);
  const bindingCode = found(begun, "BindingCode");
  const listed = await listFor(stage, phone, 1);
  teller.say("  Without the code, with another one, and with the right one:");
  await decideOn(stage, phone, listed, "approve", refusedWith(9400));
  const other = bindingCode === "000000" ? "111111" : "000000";
  await decideOn(stage, phone, listed, "approve", refusedWith(9421), { bindingCode: other });
  await decideOn(stage, phone, listed, "approve", decidedAs(1), { bindingCode });
  await check(stage, begun, 1);
};

const guarded = async (stage: Stage): Promise<void> => {
  const { teller, ports } = stage;
  teller.chapter("A phone that approves by a second key, behind a PIN");
  const phone = await enrol(stage, { format: "der", hasApprovalKey: true });
  const wish = { name: "PAYMENT", content: "Pay 900.00 CHF to Ben", ownerKey: phone.ownerKey };
  const begun = await start(stage, phone, wish);
  const listed = await listFor(stage, phone, 1);
  teller.say("  Whoever has found it unlocked, but knows no PIN, has only the other key:");
  const { approvalKey: _, ...unlocked } = phone;
  await decideOn(stage, unlocked, listed, "approve", refusedWith(9421));
  teller.say("  And whoever makes a payment of it that is not this one signs something else:");
  const altered = { ...listed, TransactionContent: "Pay 9.00 CHF to Ben" };
  await decideOn(stage, phone, altered, "approve", refusedWith(9421));
  teller.say("  Its holder did not begin it, and reports that:");
  const reported = signDecision(phone, listed, "fraud", { reason: "UNEXPECTED_OPERATION" }, ports.clock());
  await send(stage, reported, decidedAs(5));
  await check(stage, begun, 5);
};

const ended = async (stage: Stage): Promise<void> => {
  const { teller, ports } = stage;
  teller.chapter("Rejected, cancelled, superseded, expired");
  const phone = await enrol(stage);
  const rejected = await start(stage, phone, { name: "WEBLOGIN", content: "Log in" });
  await decideOn(stage, phone, await listFor(stage, phone, 1), "reject", decidedAs(0));
  await check(stage, rejected, 0);
  const cancelled = await start(stage, phone, { name: "WEBLOGIN", content: "Log in" });
  const cancel = () => asChannel(stage, web)("CancelTransaction", tokenOf(cancelled), { body: `{"Status":6,${DONE}` });
  await cancel();
  await cancel();
  const superseded = await start(stage, phone, { name: "WEBLOGIN", content: "Log in" });
  teller.say("  A start that cancels what waits:");
  const more = { CancelPendingTransactions: true };
  const short = await start(stage, phone, { name: "WEBLOGIN", content: "Log in again", seconds: 3, more });
  const listed = await listFor(stage, phone, 1);
  await check(stage, superseded, 6);
  const untilMs = listed.ExpiresAt;
  teller.say("  … which nobody answers in time:");
  while (ports.clock() < untilMs) await ports.pause(100);
  await decideOn(stage, phone, listed, "approve", refusedWith(9410, 4));
  teller.say("  The sweep, and how it is after that:");
  await stage.run("sweep/expireDue");
  await check(stage, short, 4);
};

const loggedIn = async (stage: Stage, phone: Activated): Promise<void> => {
  const { teller } = stage;
  teller.chapter("A code of the phone's logs in, once");
  const code = /^\{"LoginOtp":"[0-9a-f-]{36}","ExpiresAt":\d+,"ServerTime":\d+,"Results":\[\],"Success":true\}$/;
  const heard = await askAs(stage, phone, "login-otp", { body: code });
  const said = { LoginOtp: found(heard, "LoginOtp") };
  await asChannel(stage, web)("VerifyLoginOtp", said, { body: `{"Value":true,${DONE}` });
  await asChannel(stage, web)("VerifyLoginOtp", said, failsWith(29, '"Value":false'));
};

const lost = async (stage: Stage, phone: Activated): Promise<void> => {
  const { teller } = stage;
  teller.chapter("The phone is lost");
  const { ownerKey } = phone;
  const waiting = await start(stage, phone, { name: "PAYMENT", content: "Pay 20.00 CHF to Cy", ownerKey });
  const change = (method: string, state: string) =>
    asChannel(stage, web)(
      method,
      { OwnerKey: ownerKey, Reason: "REPORTED_LOST" },
      { body: `{"State":"${state}",${DONE}` },
    );
  await change("BlockDevice", "BLOCKED");
  await askAs(stage, phone, "status", refusedWith(9403));
  await change("UnblockDevice", "ACTIVE");
  await change("RemoveDevice", "REMOVED");
  teller.say("  What it alone could approve is cancelled, and nothing more begins for it:");
  await check(stage, waiting, 6);
  const none = failsWith(22, '"TranscationToken":null');
  await start(stage, phone, { name: "PAYMENT", content: "Pay 20.00 CHF to Cy", ownerKey }, none);
  await askAs(stage, phone, "status", refusedWith(9403));
};

const refused = async (stage: Stage): Promise<void> => {
  const { teller } = stage;
  teller.chapter("Whom the desk does not know");
  const path = "POST /core/CheckTransactionApproval";
  const body = '{"TransactionToken":"AAECAwQFBgcICQoLDA0ODw=="}';
  const headers = { Authorization: `Basic ${Buffer.from(`${web}:wrong`).toString("base64")}` };
  await teller.call("A stranger", path, { headers, body }, { status: 401, body: /"ErrorCode":"9401"/ });
  const stranger = { ...makePhone(stage), ownerKey: `20260102-${randomUUID()}` };
  await askAs(stage, stranger, "status", refusedWith(9401));
};

/** How a bank lets its customers confirm. */
export const approvals: Story = {
  slice: "approval",
  title: "Approvals on a phone",
  tell: async (stage) => {
    const phone = await enrolled(stage);
    await approved(stage, phone);
    await bound(stage);
    await guarded(stage);
    await ended(stage);
    await loggedIn(stage, phone);
    await lost(stage, phone);
    await refused(stage);
  },
};
