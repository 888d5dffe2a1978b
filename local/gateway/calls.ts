/** What the gateway says to a connecting party: the requests of sbc.md 4.3, 4.4 and 4.5, as they go over the wire. */
import { ask, type Heard } from "./http.ts";
import { controlOf } from "./signature.ts";

/** A check. */
export interface Check {
  readonly invoiceId: string;
  readonly serialNumber: string;
  readonly accessToken: string;
  readonly nonce: string;
  readonly signature: string;
  /** The gateway's session. */
  readonly token: string;
  /** The app's number of a card, where it has not sent the card itself. */
  readonly clientCardId?: string | undefined;
  /** Members that nobody has specified. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** A notification; without `serverCardId` it tells of no card. */
export interface Notification {
  readonly invoiceId: string;
  readonly serialNumber: string;
  readonly accessToken: string;
  readonly token: string;
  readonly serverCardId?: string | undefined;
  /** The first digits of the card's number. */
  readonly bin?: number | undefined;
}

/** The two paths of a notification: the documentation's, and that of the vendor's sample. */
export const notificationPaths = ["common", "sale"] as const;

/** One of them. */
export type NotificationPath = (typeof notificationPaths)[number];

/** A callback. `amount` is decimal; `control` replaces the right one. */
export interface Callback {
  readonly invoiceId: string;
  readonly orderId: string;
  readonly status: string;
  readonly type: string;
  readonly amount: string;
  readonly control?: string | undefined;
}

/** How to reach a connecting party. */
export interface Line {
  /** Its base URL, with a prefix where it has one. */
  readonly base: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** The URL of a path below a base. */
export const urlOf = (base: string, path: string): string => `${base.replace(/\/+$/, "")}${path}`;

/** A check's body. */
const checkBody = ({ serialNumber, accessToken, nonce, signature, token, clientCardId, more }: Check): string =>
  JSON.stringify({
    consumer: { device: { serialNumber } },
    session: { accessToken, nonce, signature, token },
    ...(clientCardId !== undefined && { sourceOfFunds: { reference: { clientCardId } } }),
    ...more,
  });

/** Asks whether a sale is as the app says. */
export const sendCheck = (line: Line, check: Check, halfway?: () => Promise<void>): Promise<Heard> =>
  ask(urlOf(line.base, `/sale/${encodeURIComponent(check.invoiceId)}/check`), {
    ...line,
    method: "POST",
    body: checkBody(check),
    halfway,
  });

/** A notification's body. */
const notificationBody = ({ serialNumber, accessToken, token, serverCardId, bin }: Notification): string =>
  JSON.stringify({
    consumer: { device: { serialNumber } },
    session: { accessToken, token },
    ...(serverCardId !== undefined && { sourceCard: { bin, reference: { serverCardId } } }),
  });

/** Tells which card was used. */
export const sendNotification = (line: Line, told: Notification, path: NotificationPath): Promise<Heard> =>
  ask(
    urlOf(
      line.base,
      path === "sale" ? `/sale/${encodeURIComponent(told.invoiceId)}/notification` : "/sale/notification",
    ),
    { ...line, method: "POST", body: notificationBody(told) },
  );

/** Tells how a sale has ended. */
export const sendCallback = (line: Line, controlKey: string, told: Callback): Promise<Heard> => {
  const { invoiceId, orderId, status, type, amount } = told;
  const query = new URLSearchParams({
    status,
    type,
    orderid: orderId,
    client_orderid: invoiceId,
    merchant_order: invoiceId,
    amount,
    control: told.control ?? controlOf(controlKey, status, orderId, invoiceId),
  });
  return ask(urlOf(line.base, `/sale/callback?${query}`), { ...line, method: "GET" });
};

/** Hundredths of a unit as a callback writes them: `10.50`. */
export const decimalOf = (centis: number): string =>
  `${Math.trunc(centis / 100)}.${String(centis % 100).padStart(2, "0")}`;
