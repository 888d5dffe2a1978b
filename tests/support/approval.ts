/** Two channels of a bank that let transactions be approved, on a desk of their own, with their calls and those of phones (approvals.md 2, 4). */
import { randomBytes } from "node:crypto";
import { createChannel } from "#approval/channel";
import { digestOfSecret } from "#party/client";
import type { Store } from "#store/write";
import { type Answered, type Desk, openDesk, type Sent } from "./desk.ts";
import type { Method } from "./envelope.ts";
import { type Phone, type Request, requestFrame, signBy } from "./phone.ts";
import { NOW_MS, openTestPorts, PEPPER, type TestWorld } from "./ports.ts";
import type { Twin } from "./twin.ts";

/** How a channel is known. */
export interface Channel {
  readonly id: string;
  readonly secret: string;
}

/** The channel of most tests. */
export const WEB: Channel = { id: "bank-web", secret: "0123456789abcdef".repeat(4) };

/** Another one of the same bank. */
export const ATM: Channel = { id: "bank-atm", secret: "89abcdef01234567".repeat(4) };

/** Members of a JSON object. */
export type Json = { readonly [name: string]: unknown };

/** What is sent: an object, or JSON text where spelling matters. */
export type Body = string | Uint8Array | Json;

/** How a channel asks, where it is not as usual. */
export interface Asking {
  readonly by?: Channel;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What of a phone's call is not as it signs it, or signed otherwise. */
export interface Tampered {
  /** What is signed: the time, the nonce, the path and the name that it gives. */
  readonly signed?: Partial<Request>;
  /** What is sent instead, after signing. */
  readonly sent?: Sent & { readonly path?: string };
}

/** A desk with the channels, and everything that is asked of it. */
export interface Approvals {
  readonly world: TestWorld;
  readonly call: Desk["call"];
  /** A channel's call, WEB's unless it is another's. */
  readonly core: (method: Method, body: Body, asking?: Asking) => Promise<Answered>;
  /** A phone's first call, which names nobody. */
  readonly activate: (body: Body, address?: string) => Promise<Answered>;
  /** A phone's signed call of `/device/v1/<path>`. */
  readonly device: (phone: Phone, path: string, body?: Body, tampered?: Tampered) => Promise<Answered>;
}

/** 16 random bytes in Base64, as nonces are. */
export const nonce = (): string => randomBytes(16).toString("base64");

/** What is sent, as it is sent. */
const contentOf = (body: Body): string | Uint8Array =>
  typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);

/** The header that shows a channel's credentials. */
export const basicOf = ({ id, secret }: Channel) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
});

/** The headers that a phone signs a call with. */
const signedHeaders = (phone: Phone, request: Request): Readonly<Record<string, string>> => ({
  "pf-owner-key": request.ownerKey,
  "pf-timestamp": String(request.timestamp),
  "pf-nonce": request.nonce,
  "pf-signature": signBy(phone.key, phone.format, requestFrame(request)),
});

const openChannel = async ({ twin }: TestWorld, { id, secret }: Channel): Promise<void> => {
  const current = digestOfSecret(PEPPER, "approval", id, secret);
  const outcome = await twin.commit(createChannel({ id, current }, NOW_MS), `channel ${id}`);
  if (!outcome.done) throw new Error(`the channel could not be opened: ${outcome.otherwise}`);
};

/** Opens a desk with both channels, and without an identity. */
export const openApprovals = async (replace?: (twin: Twin) => Store): Promise<Approvals> => {
  const world = openTestPorts(replace);
  for (const channel of [WEB, ATM]) await openChannel(world, channel);
  const { call } = await openDesk(world.ports);
  return {
    world,
    call,
    core: (method, body, { by = WEB, headers = {} } = {}) =>
      call(`POST /core/${method}`, { body: contentOf(body), headers: { ...basicOf(by), ...headers } }),
    activate: (body, address) =>
      call("POST /device/v1/activations", { body: contentOf(body), ...(address !== undefined && { address }) }),
    device: (phone, path, body = {}, { signed = {}, sent: { path: sentTo, ...sent } = {} } = {}) => {
      const request: Request = {
        path: `/device/v1/${path}`,
        ownerKey: phone.ownerKey,
        timestamp: world.clock.nowMs,
        nonce: nonce(),
        body: contentOf(body),
        ...signed,
      };
      return call(`POST ${sentTo ?? `/device/v1/${path}`}`, {
        body: request.body,
        ...sent,
        headers: { ...signedHeaders(phone, request), ...sent.headers },
      });
    },
  };
};
