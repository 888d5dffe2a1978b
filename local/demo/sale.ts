/** The demo's story of card sales (sbc.md 1): an app pays with a card that the desk never sees, through the gateway's simulator. */
import { randomUUID } from "node:crypto";
import type { Plan } from "../gateway/faults.ts";
import { serveGateway } from "../gateway/server.ts";
import { openGateway } from "../gateway/simulator.ts";
import { realWorld } from "../gateway/world.ts";
import { headersOf } from "../sandbox/credential.ts";
import { credentialFor } from "../sandbox/credentials.ts";
import { sandboxMerchants } from "../sandbox/values/merchants.ts";
import type { Stage, Story } from "./story.ts";
import type { Expected, Heard } from "./teller.ts";

const TOKEN = "POST /auth/request-access-token";
const INITIATE = "POST /sale/initiate-sale";

const refused: Expected = {
  status: 403,
  body: '{"error":{"cause":"FILTERED","code":"SALE-40301","message":"Request refused"}}',
};
const invalid = (code: string, message: string): Expected => ({
  status: 400,
  body: `{"error":{"cause":"INVALID_REQUEST","code":"${code}","message":"${message}"}}`,
});
const signed =
  /^\{"endpointId":"\d+","invoiceId":"[0-9a-f-]{36}","session":\{"nonce":"[0-9A-Za-z]{64}","signature":"[0-9A-F]{40}"\}\}$/;

const [first, second] = sandboxMerchants.map(({ tenant }) => tenant);

/** A number that stands for a test card at every gateway. */
const card = {
  number: "4111111111111111",
  expiry: { month: 12, year: 2030 },
  holder: { printedName: "DORA MOSER" },
  securityCode: "123",
};

/** A consumer's phone with the merchant's app on it, and the gateway that it pays through. */
interface Phone {
  readonly stage: Stage;
  readonly gateway: Awaited<ReturnType<typeof serve>>;
  readonly accessToken: string;
  readonly serialNumber: string;
}

/** A simulated gateway that has the first merchant's control key. */
const serve = async ({ teller }: Stage) => {
  const controlKey = sandboxMerchants[0]?.controlKey.text ?? "";
  const gateway = openGateway({ base: teller.url, controlKey }, realWorld);
  return { ...gateway, ...(await serveGateway(gateway)) };
};

/** A merchant's back end asks, as the client that it is. */
const asMerchant =
  ({ teller }: Stage, merchant = "") =>
  (route: string, expected: Expected, body?: string): Promise<Heard> =>
    teller.call(
      merchant,
      route,
      { headers: headersOf(credentialFor("merchantBasic", merchant)), ...(body !== undefined && { body }) },
      expected,
    );

const found = ({ body }: Heard, name: string): string => new RegExp(`"${name}":"([^"]*)"`).exec(body)?.[1] ?? "none";

/** The back end gets a token for a consumer who is new, and gives it to the app on the consumer's phone. */
const logIn = async (stage: Stage, gateway: Phone["gateway"]): Promise<Phone> => {
  stage.teller.chapter("A consumer logs in to the merchant's app");
  const serialNumber = `SN-${randomUUID()}`;
  const body = `{"consumer":{"id":"demo-${randomUUID()}","email":"a@b.io","device":{"serialNumber":"${serialNumber}"}}}`;
  const token = /^\{"session":\{"accessToken":"[0-9A-Za-z]{64}","expiresAt":"[^"]+Z"\}\}$/;
  const heard = await asMerchant(stage, first)(TOKEN, { body: token }, body);
  return { stage, gateway, accessToken: found(heard, "accessToken"), serialNumber };
};

interface Wish {
  readonly amountCentis: number;
  readonly currency: string;
  readonly key?: string;
}

const usual = { amountCentis: 1050, currency: "EUR" };

const initiate = (
  { stage, accessToken, serialNumber }: Phone,
  { amountCentis, currency, key }: Wish,
  expected: Expected,
): Promise<Heard> => {
  const session = { accessToken };
  const body = { consumer: { device: { serialNumber } }, session, transaction: { amountCentis, currency } };
  const headers = key === undefined ? {} : { "Idempotency-Key": key };
  return stage.teller.call("App", INITIATE, { headers, body: JSON.stringify(body) }, expected);
};

/** The app hands the gateway what the desk has signed, and the card or what stands for it. */
const perform = (
  { stage, gateway, accessToken, serialNumber }: Phone,
  begun: Heard,
  { clientCardId, amountCentis = usual.amountCentis }: { clientCardId?: string; amountCentis?: number },
  expected: Expected,
): Promise<Heard> => {
  const session = { accessToken, nonce: found(begun, "nonce"), signature: found(begun, "signature") };
  const { securityCode } = card;
  const sourceOfFunds = clientCardId === undefined ? { card } : { reference: { clientCardId, securityCode } };
  const transaction = { ...usual, amountCentis };
  const body = JSON.stringify({ consumer: { device: { serialNumber } }, session, sourceOfFunds, transaction });
  const place = `${found(begun, "endpointId")}/${found(begun, "invoiceId")}`;
  return stage.teller.call("App", `POST ${gateway.base}/sale/${place}`, { body }, expected);
};

/** A sale that the gateway takes, and what it is to do: what it has asked the desk is told, and is to be just this. */
const pay = async (
  phone: Phone,
  begun: Heard,
  plan: Partial<Plan>,
  { clientCardId, asked }: { readonly clientCardId?: string; readonly asked: readonly string[] },
): Promise<void> => {
  const { stage, gateway } = phone;
  const invoiceId = found(begun, "invoiceId");
  gateway.plan(invoiceId, plan);
  const taken = new RegExp(`^\\{"invoiceId":"${invoiceId}","session":\\{"token":"[0-9a-f-]{36}"\\}\\}$`);
  await perform(phone, begun, clientCardId === undefined ? {} : { clientCardId }, { body: taken });
  const sale = await gateway.settled(invoiceId);
  const steps = (sale?.steps ?? []).map(({ step, as, status }) => `${[step, as].filter(Boolean).join(" ")} ${status}`);
  for (const step of steps) stage.teller.say(`    Gateway → desk: ${step.replace(/ (\d+)$/, " ← $1")}`);
  stage.teller.check(`the gateway should have heard ${asked.join(", ")}`, steps.join() === asked.join());
};

/** The merchant looks how far a sale has come; its members are in order of the alphabet. */
const look = ({ stage }: Phone, begun: Heard, body: RegExp): Promise<Heard> =>
  asMerchant(stage, first)(`GET /sale/${found(begun, "invoiceId")}`, { body });

/** A card that is new to the desk; resolves to what stands for it from now on. */
const paid = async (phone: Phone): Promise<string> => {
  const { teller } = phone.stage;
  teller.chapter("An app pays with a card that the desk never sees");
  const wish = { ...usual, key: randomUUID() };
  const begun = await initiate(phone, wish, { body: signed });
  teller.say("  The answer was lost on the way, so the app asks again and hears the same:");
  await initiate(phone, wish, { body: begun.body, replayed: true });
  teller.say("  The card's number goes to the gateway alone, which charges nothing before the desk agrees:");
  const asked = ["check 200", "notification 200", "callback approved 200", "callback callback-again approved 200"];
  await pay(phone, begun, { faults: ["lost-answer", "callback-again"] }, { asked });
  const seen = await look(phone, begun, /"gatewayStatus":"approved",.*"clientCardId":"\w{32}".*"state":"approved"/);
  return found(seen, "clientCardId");
};

const paidAgain = async (phone: Phone, clientCardId: string): Promise<void> => {
  const { teller } = phone.stage;
  teller.chapter("And again, with the number that the desk has for the card");
  const begun = await initiate(phone, usual, { body: signed });
  teller.say("  The check tells the gateway which card of its own that is; then it says approved, and declined:");
  const asked = ["check 200", "notification 200", "callback approved 200", "callback callback-conflict declined 200"];
  await pay(phone, begun, { faults: ["callback-conflict"] }, { clientCardId, asked });
  teller.say("  What was final stays so; the other word is noted:");
  const seen = await look(phone, begun, /^\{"anomalies":\["CONFLICTING_FINAL"\],.*"state":"approved"/);
  teller.check("the card has another number now", found(seen, "clientCardId") === clientCardId);
};

const refusals = async (phone: Phone): Promise<void> => {
  const { teller } = phone.stage;
  teller.chapter("What is refused when a sale begins");
  const unaccepted = invalid("SALE-40003", "Currency not accepted: transaction.currency");
  await initiate(phone, { ...usual, currency: "USD" }, unaccepted);
  const fraction = invalid("SALE-40004", "Not representable: transaction.amountCentis");
  await initiate(phone, { amountCentis: 50_050, currency: "JPY" }, fraction);
  await initiate(phone, { ...usual, amountCentis: 0 }, invalid("SALE-40002", "Invalid: transaction.amountCentis"));
  teller.say("  The consumer's token on another phone:");
  await initiate({ ...phone, serialNumber: "SN-another" }, usual, refused);
};

const forgeries = async (phone: Phone): Promise<void> => {
  const { teller } = phone.stage;
  teller.chapter("What is forged on the way is never charged");
  const begun = await initiate(phone, usual, { body: signed });
  teller.say("  An app that would rather pay 0.01 is found out by the gateway:");
  await perform(phone, begun, { amountCentis: 1 }, { status: 403, body: /"cause":"FILTERED"/ });
  teller.say("  A check with another signature is refused, and so the sale is declined:");
  const check = "check wrong-signature 403";
  await pay(phone, begun, { faults: ["wrong-signature"] }, { asked: [check, "callback declined 200"] });
  await look(phone, begun, /"state":"declined"/);
  teller.say("  Another session than the one that was checked, and a callback by somebody without the key:");
  const other = await initiate(phone, usual, { body: signed });
  const asked = [
    "check 200",
    "check second-session 403",
    "notification 200",
    "callback callback-forged 403",
    "callback error 200",
  ];
  await pay(phone, other, { faults: ["second-session", "callback-forged"], outcome: "error" }, { asked });
  await look(phone, other, /"state":"failed"/);
  teller.say("  Another merchant looks for the sale:");
  await asMerchant(phone.stage, second)(`GET /sale/${found(other, "invoiceId")}`, refused);
};

/** How a merchant's app is paid by card. */
export const sales: Story = {
  slice: "sale",
  title: "SBC: card sales",
  tell: async (stage) => {
    const gateway = await serve(stage);
    try {
      const phone = await logIn(stage, gateway);
      const clientCardId = await paid(phone);
      await paidAgain(phone, clientCardId);
      await refusals(phone);
      await forgeries(phone);
    } finally {
      await gateway.close();
    }
  },
};
