/** What back ends, apps and the gateway say and hear of a card sale (sbc.md 4, 6). */
import { createHash } from "node:crypto";
import { type Item, keyIn } from "#store/item";
import type { KindName } from "#store/kinds";
import { kindOf } from "#store/table";
import { A, type Checkout, type Json, type Shop } from "./checkout.ts";
import type { Answered } from "./desk.ts";

/** The device of most tests. */
export const SERIAL = "SN-000001";

/** The gateway's session of most tests. */
export const SESSION = "c0ffee00-1111-4222-8333-444455556666";

/** A sale as its app knows it. */
export interface Begun {
  readonly accessToken: string;
  readonly serialNumber: string;
  readonly endpointId: string;
  readonly invoiceId: string;
  readonly nonce: string;
  readonly signature: string;
}

const placed = (body: Json, [name = "", ...rest]: readonly string[], value: unknown): Json => ({
  ...body,
  [name]: rest.length === 0 ? value : placed((body[name] ?? {}) as Json, rest, value),
});

/** The object with other values at these places, `session.nonce`; undefined takes a member away. */
const changed = (body: Json, changes: Json): Json => {
  let whole = body;
  for (const [way, value] of Object.entries(changes)) whole = placed(whole, way.split("."), value);
  return whole;
};

/** An initiation's body: 10.50 EUR unless it is changed. */
export const initiation = (accessToken: string, changes: Json = {}): Json =>
  changed(
    {
      consumer: { device: { serialNumber: SERIAL } },
      session: { accessToken },
      transaction: { amountCentis: 1050, currency: "EUR" },
    },
    changes,
  );

/** A check's body. */
export const checkOf = ({ accessToken, serialNumber, nonce, signature }: Begun, changes: Json = {}): Json =>
  changed(
    { consumer: { device: { serialNumber } }, session: { accessToken, nonce, signature, token: SESSION } },
    changes,
  );

/** A notification's body, of the card 1001. */
export const notificationOf = ({ accessToken, serialNumber }: Begun, changes: Json = {}): Json =>
  changed(
    {
      consumer: { device: { serialNumber } },
      session: { accessToken, token: SESSION },
      sourceCard: { bin: 411111, reference: { serverCardId: "1001", uniqueReferenceCardId: 77 } },
    },
    changes,
  );

/** A callback's query, authentic under the key: approved unless it is changed. */
export const callbackOf = (
  { invoiceId }: Pick<Begun, "invoiceId">,
  changes: Readonly<Record<string, string>> = {},
  controlKey = A.controlKey,
): Readonly<Record<string, string>> => {
  const query = {
    status: "approved",
    type: "sale",
    orderid: "900001",
    client_orderid: invoiceId,
    merchant_order: invoiceId,
    amount: "10.50",
    ...changes,
  };
  const signed = `${query.status}${query.orderid}${query.client_orderid}${controlKey}`;
  return { control: createHash("sha1").update(signed).digest("hex"), ...query };
};

/** The access token that an answer tells. */
export const tokenIn = ({ body }: Answered): string => JSON.parse(body).session.accessToken;

/** The sale that an answer tells. */
export const begunIn = ({ status, body }: Answered, accessToken: string, serialNumber = SERIAL): Begun => {
  if (status !== 200) throw new Error(`no sale was begun: ${body}`);
  const { endpointId, invoiceId, session } = JSON.parse(body);
  return { accessToken, serialNumber, endpointId, invoiceId, ...session };
};

/** Begins a sale with a new token of a consumer's, or with one that there is. */
export const begin = async (
  { requestToken, initiate }: Checkout,
  { by = A, consumer = { id: "c-42" }, token, changes = {} }: BeginWish = {},
): Promise<Begun> => {
  const accessToken = token ?? tokenIn(await requestToken({ consumer }, by));
  return begunIn(await initiate(initiation(accessToken, changes)), accessToken);
};

/** What a sale is begun with. */
export interface BeginWish {
  readonly by?: Shop;
  readonly consumer?: Json;
  readonly token?: string;
  readonly changes?: Json;
}

/** Begins a sale and checks it, with this session of the gateway's. */
export const beginChecked = async (checkout: Checkout, wish: BeginWish = {}, session = SESSION): Promise<Begun> => {
  const begun = await begin(checkout, wish);
  const { status, body } = await checkout.check(begun.invoiceId, checkOf(begun, { "session.token": session }));
  if (status !== 200) throw new Error(`the sale was not checked: ${body}`);
  return begun;
};

/** What the merchant sees of a sale. */
export const seenBy = async ({ getSale }: Checkout, { invoiceId }: Pick<Begun, "invoiceId">, by = A) =>
  JSON.parse((await getSale(invoiceId, by)).body);

/** A sale's state and anomalies, in one line. */
export const stateOf = async (checkout: Checkout, begun: Pick<Begun, "invoiceId">): Promise<string> => {
  const { state, anomalies } = await seenBy(checkout, begun);
  return [state, ...anomalies].join(" ");
};

/** The items of a kind. */
export const itemsOf = ({ world }: Checkout, kind: KindName): readonly Item[] =>
  world.twin.items().filter((item) => kindOf(keyIn(item)) === kind);

/** An answer as `<status> [replayed ]<body>`. */
export const said = ({ status, body, headers }: Answered): string =>
  `${status}${headers["idempotency-replayed"] === "true" ? " replayed" : ""} ${body}`;

/** The one refusal of whatever is wrong. */
export const REFUSED = '403 {"error":{"cause":"FILTERED","code":"SALE-40301","message":"Request refused"}}';

/** The same of a check. */
export const refusedCheck = (invoiceId: string): string => `${REFUSED.slice(0, -1)},"invoiceId":"${invoiceId}"}`;

/** A malformed request's refusal. */
export const malformed = (code: string, message: string): string =>
  `400 {"error":{"cause":"INVALID_REQUEST","code":"SALE-${code}","message":"${message}"}}`;
