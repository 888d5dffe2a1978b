/** The demo's story of partners (sonect.md 2): a bank's app brings a user, checks it in, and hands it to the web SDK. */
import { randomInt, randomUUID } from "node:crypto";
import { knownPartner } from "../admin/partner.ts";
import { headersOf } from "../sandbox/credential.ts";
import { credentialFor } from "../sandbox/credentials.ts";
import { tellBalance } from "./balance.ts";
import { asSonect, CANCEL, done, endBody, SETTLE, START, startBody, started } from "./order.ts";
import type { Stage, Story } from "./story.ts";
import type { Expected, Heard } from "./teller.ts";

const EXISTS = "POST /v7/exists";
const CREATE = "POST /v7/user";
const CREATE_TOO = "POST /v7/user/create";
const CHECK_IN = "POST /v7/partnerCheckin";
const EXCHANGE = "POST /sdk/v1/session";
const ME = "GET /sdk/v1/me";

const notAllowed = '{"result":-6,"payload":{"result":-6}}';
const bad = '{"result":-1,"payload":{"result":-1}}';
const checkedIn = (status: string) =>
  new RegExp(`^\\{"result":0,"payload":\\{"result":0,"checkinUrl":"http[^"]+/sdk/#c=[\\w-]{43}","status":"${status}",`);

/** A bank's server asks, as the partner that it is. */
const asBank =
  ({ teller }: Stage, bank: string) =>
  (route: string, body: string, expected: Expected): Promise<Heard> =>
    teller.call(bank, route, { headers: headersOf(credentialFor("partnerBasic", bank)), body }, expected);

const existsBody = (reference: string): string => `{"id":"${reference}","idType":"id","userType":"user"}`;

/** A user whom nobody knows yet, whose phone number has as many digits as there can be. */
const newcomer = (): { readonly reference: string; readonly body: string } => {
  const reference = `demo-${randomUUID()}`;
  const phone = `+41${String(randomInt(10 ** 12)).padStart(13, "7")}`;
  const names = '"firstName":"Dora","lastName":"Moser"';
  const body = `{"referenceId":"${reference}",${names},"email":"${reference}@example.com","phone":"${phone}"}`;
  return { reference, body };
};

const checkInBody = (reference: string, userId?: bigint | number): string =>
  `{"referenceId":"${reference}"${userId === undefined ? "" : `,"additionalData":{"userId":${userId}}`}}`;

const codeIn = ({ body }: Heard): string => /#c=([\w-]{43})/.exec(body)?.[1] ?? "none";

const tokenIn = ({ body }: Heard): string => /"accessToken":"([^"]+)"/.exec(body)?.[1] ?? "none";

/** The web SDK exchanges the code of its URL for a session, and asks who it is. */
const openWebSdk = async ({ teller }: Stage, checkin: Heard, reference: string): Promise<string> => {
  const body = `{"code":"${codeIn(checkin)}"}`;
  const token = /^\{"accessToken":"[\w.-]+","tokenType":"Bearer","expiresIn":1800\}$/;
  const opened = await teller.call("Web SDK", EXCHANGE, { body }, { body: token });
  const headers = { Authorization: `Bearer ${tokenIn(opened)}` };
  await teller.call("Web SDK", ME, { headers }, { body: new RegExp(`"referenceId":"${reference}"`) });
  return body;
};

const brought = async (stage: Stage): Promise<void> => {
  const { teller } = stage;
  const call = asBank(stage, "bank-a");
  teller.chapter("A bank's app brings a user whom nobody knows");
  const { reference, body } = newcomer();
  await call(EXISTS, existsBody(reference), { body: /"exists":false,"configuration":\{"currency":"CHF",/ });
  const created = new RegExp(
    `^\\{"result":0,"payload":\\{"result":0,"id":"usr_\\w{26}","referenceId":"${reference}"\\}\\}$`,
  );
  const first = await call(CREATE, body, { body: created });
  await call(EXISTS, existsBody(reference), { body: /"exists":true,/ });
  teller.say("  The answer was lost on the way, and the other path means the same:");
  await call(CREATE_TOO, body, { body: first.body, replayed: true });
  teller.say("  Another bank asks for the same user, and hears of nobody:");
  await asBank(stage, "bank-b")(EXISTS, existsBody(reference), {
    body: /"exists":false,"configuration":\{"currency":"EUR",/,
  });
  teller.chapter("The user is checked in, linked to the bank's customer");
  const customer = randomInt(10 ** 9, 10 ** 12);
  const checkin = await call(CHECK_IN, checkInBody(reference, customer), { body: checkedIn("active") });
  const code = await openWebSdk(stage, checkin, reference);
  teller.say("  The link is opened once more:");
  await teller.call("Web SDK", EXCHANGE, { body: code }, { status: 401, body: '{"error":"invalid_code"}' });
  teller.say("  A user is one customer's, and a customer one user's:");
  await call(CHECK_IN, checkInBody(reference, customer + 1), { status: 403, body: notAllowed });
  await call(CHECK_IN, checkInBody(reference, 1001), { status: 403, body: notAllowed });
};

const withdrawn = async (stage: Stage): Promise<void> => {
  const { teller, ports } = stage;
  teller.chapter("A customer checks in and withdraws: the bank is asked for the money");
  const checkin = await asBank(stage, "bank-a")(CHECK_IN, checkInBody("bank-user-1001", 1001), {
    body: checkedIn("active"),
  });
  await openWebSdk(stage, checkin, "bank-user-1001");
  const call = asSonect(stage, "bank-a");
  const balance = () => tellBalance(stage, "bank-a", 1001n);
  await balance();
  const start = await call(START, startBody(ports.clock(), { userId: 1001, value: "50.00" }), { body: started });
  await balance();
  const end = endBody(ports.clock(), 1001, start);
  await call(SETTLE, end, { body: done });
  await balance();
  teller.say("  And back, so that the story can be told again:");
  await call(CANCEL, end, { body: done });
  await balance();
};

/** Whoever has told the sandbox where SONECT is knows best what that answers. */
const unreached = async (stage: Stage): Promise<void> => {
  const { checkin } = await knownPartner(stage.ports, "bank-d");
  if (checkin.mode === "local" || checkin.baseUrl !== undefined) return;
  stage.teller.say("  A partner whose check-ins SONECT makes, but nobody has said where:");
  const body = '{"result":-1,"payload":{"result":-1,"checkInUrl":null}}';
  await asBank(stage, "bank-d")(CHECK_IN, checkInBody("bank-user-1001"), { status: 500, body });
};

const refused = async (stage: Stage): Promise<void> => {
  const { teller } = stage;
  const call = asBank(stage, "bank-a");
  teller.chapter("Whom the desk turns away");
  teller.say("  A blocked user may look:");
  await call(CHECK_IN, checkInBody("bank-user-1003"), { body: checkedIn("blocked") });
  await call(CHECK_IN, checkInBody("nobody"), { status: 400, body: '{"result":-21,"payload":{"result":-21}}' });
  await call(EXISTS, '{"idType":"id","userType":"user"}', { status: 400, body: bad });
  teller.say("  A partner that is suspended:");
  const suspended = asBank(stage, "bank-c");
  await suspended(EXISTS, existsBody("bank-user-1001"), { status: 403, body: notAllowed });
  await suspended(CREATE, newcomer().body, {
    status: 403,
    body: '{"result":-6,"Message":"Error","payload":{"result":-6,"Message":"Error"}}',
  });
  await unreached(stage);
  const challenge = { "www-authenticate": 'Basic realm="tillgate", charset="UTF-8"' };
  const stranger = { headers: { Authorization: "Basic bm9ib2R5Om5vdGhpbmc=" }, body: existsBody("bank-user-1001") };
  await teller.call("A stranger", EXISTS, stranger, { status: 401, body: notAllowed, headers: challenge });
  const forged = { headers: { Authorization: "Bearer not-a-token" } };
  await teller.call("A stranger", ME, forged, { status: 401, body: '{"error":"invalid_token"}' });
};

const parts = [brought, withdrawn, refused];

/** How a bank's users come to the operator. */
export const partners: Story = {
  slice: "partner",
  title: "SONECT: users and check-ins",
  tell: async (stage) => {
    for (const part of parts) await part(stage);
  },
};
