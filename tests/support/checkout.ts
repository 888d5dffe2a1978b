/** Two merchants whose apps take cards, on a desk of their own, with the calls of their back ends, apps and gateway (sbc.md 4). */
import { seal } from "#kernel/seal";
import { DAY_MS, MINUTE_MS } from "#kernel/time";
import { createClient, digestOfSecret } from "#party/client";
import type { Merchant } from "#sale/merchant";
import { changeMerchant, createMerchant, merchantOf, placeOfKey } from "#sale/merchant.item";
import { merchantKey } from "#store/keys/sale";
import type { Store, Write } from "#store/write";
import { type Answered, type Desk, openDesk, type Sent } from "./desk.ts";
import { NOW_MS, openTestPorts, PEPPER, type TestWorld } from "./ports.ts";
import type { Twin } from "./twin.ts";

/** How a merchant is known: its back end to us, and the gateway's key for it. */
export interface Shop {
  readonly tenant: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly controlKey: string;
}

/** The merchant of most tests: EUR at endpoint 1234, JPY at 1235, KWD at 1236. */
export const A: Shop = {
  tenant: "shop-a",
  clientId: "client-a",
  clientSecret: "0123456789abcdef".repeat(4),
  controlKey: "00112233-4455-6677-8899-AABBCCDDEEFF",
};

/** Another one: EUR at endpoint 2234. */
export const B: Shop = {
  tenant: "shop-b",
  clientId: "client-b",
  clientSecret: "89abcdef01234567".repeat(4),
  controlKey: "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0",
};

/** Members of a JSON object. */
export type Json = { readonly [name: string]: unknown };

/** What is sent: an object, or JSON text where spelling matters. */
export type Body = string | Json;

/** The merchants, their apps and the gateway. */
export interface Checkout {
  readonly world: TestWorld;
  readonly call: Desk["call"];
  /** The back ends' calls, A's unless it is another's. */
  readonly requestToken: (body?: Body, by?: Shop) => Promise<Answered>;
  readonly getSale: (invoiceId: string, by?: Shop) => Promise<Answered>;
  /** The app's call. */
  readonly initiate: (body: Body, headers?: Sent["headers"]) => Promise<Answered>;
  /** The gateway's calls; a notification under a sale where one is named. */
  readonly check: (invoiceId: string, body: Body, address?: string) => Promise<Answered>;
  readonly notify: (body: Body, invoiceId?: string, address?: string) => Promise<Answered>;
  readonly callback: (query: Readonly<Record<string, string>>, address?: string) => Promise<Answered>;
  /** Changes settings, which take effect at once: the clock moves by a second. */
  readonly change: (of: Shop, change: Partial<Merchant>) => Promise<void>;
  /** Adds a control key that signs from now on. */
  readonly addKey: (of: Shop, keyId: string, controlKey: string) => Promise<void>;
  /** Ends the life of one. */
  readonly retireKey: (of: Shop, keyId: string) => Promise<void>;
}

const must = async (store: Store, writes: readonly Write[], token: string): Promise<void> => {
  const outcome = await store.commit(writes, token);
  if (!outcome.done) throw new Error(`the shop could not be opened: ${outcome.otherwise}`);
};

const openShop = async ({ ports, twin }: TestWorld, shop: Shop, endpoints: Merchant["endpoints"]): Promise<void> => {
  const { tenant, clientId, clientSecret, controlKey } = shop;
  const { seal: ring } = await ports.secrets();
  const sealed = seal(ring, placeOfKey(tenant, "k1"), controlKey);
  const merchant: Merchant = {
    tenant,
    clientId,
    endpoints,
    keys: [{ id: "k1", sealed, activeFromMs: 0 }],
    gatewaySources: [],
    callbackTypes: ["sale"],
    tokenLifeMs: 30 * MINUTE_MS,
    sessionLifeMs: 15 * MINUTE_MS,
    outcomeWaitMs: 15 * DAY_MS,
    retentionDays: 90,
    revision: 1n,
  };
  const current = digestOfSecret(PEPPER, "sale", clientId, clientSecret);
  const client = createClient({ protocol: "sale", id: clientId, tenant, current }, NOW_MS);
  await must(twin, [createMerchant(merchant), client], `shop ${tenant}`);
};

/** The header that shows a back end's credentials. */
export const basicOf = ({ clientId, clientSecret }: Pick<Shop, "clientId" | "clientSecret">) => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
});

const textOf = (body: Body): string => (typeof body === "string" ? body : JSON.stringify(body));

const changing = ({ twin, ports, clock }: TestWorld, { tenant }: Shop) => ({
  to: async (changed: (before: Merchant) => Merchant | Promise<Merchant>): Promise<void> => {
    const [item] = await twin.read([merchantKey(tenant)]);
    if (item === undefined) throw new Error(`${tenant} is no merchant`);
    const before = merchantOf(tenant, item);
    await must(twin, [changeMerchant(before, await changed(before))], ports.ids.uuid());
    clock.advance(1_001);
  },
});

/** Opens both merchants, without a token or a sale. */
export const openCheckout = async (replace?: (twin: Twin) => Store): Promise<Checkout> => {
  const world = openTestPorts(replace);
  await openShop(world, A, { EUR: "1234", JPY: "1235", KWD: "1236" });
  await openShop(world, B, { EUR: "2234" });
  const { call } = await openDesk(world.ports);
  const from = (address: string | undefined) => (address === undefined ? {} : { address });
  return {
    world,
    call,
    requestToken: (body = { consumer: { id: "c-42" } }, by = A) =>
      call("POST /auth/request-access-token", { body: textOf(body), headers: basicOf(by) }),
    getSale: (invoiceId, by = A) => call(`GET /sale/${invoiceId}`, { headers: basicOf(by) }),
    initiate: (body, headers = {}) => call("POST /sale/initiate-sale", { body: textOf(body), headers }),
    check: (invoiceId, body, address) =>
      call(`POST /sale/${invoiceId}/check`, { body: textOf(body), ...from(address) }),
    notify: (body, invoiceId, address) =>
      call(`POST /sale/${invoiceId === undefined ? "" : `${invoiceId}/`}notification`, {
        body: textOf(body),
        ...from(address),
      }),
    callback: (query, address) => call(`GET /sale/callback?${new URLSearchParams(query)}`, from(address)),
    change: (of, change) => changing(world, of).to((before) => ({ ...before, ...change })),
    addKey: (of, keyId, controlKey) =>
      changing(world, of).to(async (before) => {
        const { seal: ring } = await world.ports.secrets();
        const sealed = seal(ring, placeOfKey(of.tenant, keyId), controlKey);
        return { ...before, keys: [...before.keys, { id: keyId, sealed, activeFromMs: world.clock.nowMs }] };
      }),
    retireKey: (of, keyId) =>
      changing(world, of).to(({ keys, ...before }) => ({
        ...before,
        keys: keys.map((key) => (key.id === keyId ? { ...key, retireAtMs: world.clock.nowMs } : key)),
      })),
  };
};
