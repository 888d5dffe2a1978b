/** Banks that are SONECT's partners, on a desk of their own: two that check in here, one that passes check-ins on. */
import { currencyOf } from "#kernel/currency";
import { seal } from "#kernel/seal";
import type { Configuration } from "#partner/configuration";
import { moveOrigin } from "#partner/origin";
import { type CheckinMode, calls, type Partner } from "#partner/partner";
import { changePartner, createPartner, findPartner, placeOf } from "#partner/partner.item";
import type { Known, User, UserType } from "#partner/user";
import { changeUser, openUser, userKeyOf, userOf } from "#partner/user.item";
import { createClient, digestOfSecret } from "#party/client";
import type { Ports } from "#ports";
import { type Item, keyIn } from "#store/item";
import type { KindName } from "#store/kinds";
import { kindOf } from "#store/table";
import type { Store, Write } from "#store/write";
import { type Answered, type Desk, openDesk } from "./desk.ts";
import { NOW_MS, openTestPorts, PEPPER, type TestWorld } from "./ports.ts";
import type { Twin } from "./twin.ts";

/** How a partner is known. */
export interface Credentials {
  readonly tenant: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** The partner of most tests. */
export const A: Credentials = {
  tenant: "bank-a",
  clientId: "11111111-2222-4333-8444-555555555555",
  clientSecret: "0123456789abcdef".repeat(4),
};

/** Another partner. */
export const B: Credentials = {
  tenant: "bank-b",
  clientId: "22222222-3333-4444-8555-666666666666",
  clientSecret: "89abcdef01234567".repeat(4),
};

/** A partner whose check-ins are passed on. */
export const UPSTREAM: Credentials = {
  tenant: "bank-d",
  clientId: "44444444-5555-4666-8777-888888888888",
  clientSecret: "0011223344556677".repeat(4),
};

/** What we show upstream for it. */
export const SHOWN_UPSTREAM = { clientId: "our-own-client", clientSecret: "our-own-secret" };

/** Where A's and B's web SDK is. */
export const WEB_SDK = "https://sdk.example.com";

/** What a user is created with in most tests. */
export const ANN = {
  referenceId: "bank-user-42",
  firstName: "Ann",
  lastName: "Meier",
  email: "ann.meier@example.com",
  phone: "+41790000042",
};

/** The VAT number of A's shop. */
export const VAT = "CHE123456789";

/** What is asked: an object, or JSON text where spelling matters. */
export type Wish = string | Readonly<Record<string, unknown>>;

/** Partners. */
export interface Partnership {
  readonly world: TestWorld;
  readonly call: Desk["call"];
  /** The partner's calls, A's unless it is another's. */
  readonly exists: (wish: Wish, by?: Credentials) => Promise<Answered>;
  readonly createUser: (wish?: Wish, by?: Credentials) => Promise<Answered>;
  readonly checkIn: (wish?: Wish, by?: Credentials) => Promise<Answered>;
  /** The web SDK's calls. */
  readonly openSession: (code: string) => Promise<Answered>;
  readonly showMe: (token: string) => Promise<Answered>;
  /** Changes settings, which take effect at once. */
  readonly change: (of: Credentials, change: Partial<Pick<Partner, "state" | "calls" | "checkin">>) => Promise<void>;
  readonly changeUser: (reference: string, change: Parameters<typeof changeUser>[2]) => Promise<void>;
}

const currencyNamed = (code: string) => {
  const currency = currencyOf(code);
  if (currency === undefined) throw new Error(`${code} is no currency`);
  return currency;
};

const none = { transaction: null, day: null, week: null, month: null, year: null };

/** That of P1. */
const franks: Configuration = {
  currency: currencyNamed("CHF"),
  country: "CH",
  locale: "de-CH",
  theme: "white",
  quickAmounts: [2_000n, 5_000n, 10_000n, 20_000n],
  minAmount: 2_000n,
  maxAmount: 50_000n,
  stepAmount: 1_000n,
  limits: { transaction: 50_000n, day: 100_000n, week: 200_000n, month: 500_000n, year: null },
};

const euros: Configuration = {
  ...franks,
  currency: currencyNamed("EUR"),
  country: "DE",
  locale: "de-DE",
  quickAmounts: [2_000n, 5_000n, 10_000n],
  minAmount: 1_000n,
  maxAmount: 30_000n,
  limits: none,
};

const must = async (store: Store, writes: readonly Write[], token: string): Promise<void> => {
  const outcome = await store.commit(writes, token);
  if (!outcome.done) throw new Error(`the partnership could not be opened: ${outcome.otherwise}`);
};

const openPartner = async (
  { ports, twin }: TestWorld,
  { tenant, clientId, clientSecret }: Credentials,
  { configuration, checkin }: Pick<Partner, "configuration" | "checkin">,
): Promise<void> => {
  const { seal: ring } = await ports.secrets();
  const hmacKey = seal(ring, placeOf(tenant, "hmacKey"), "fedcba9876543210".repeat(4));
  const current = digestOfSecret(PEPPER, "partner", clientId, clientSecret);
  const partner = { tenant, clientId, state: "active", calls, configuration, checkin, hmacKey, revision: 1n } as const;
  const client = createClient({ protocol: "partner", id: clientId, tenant, current }, NOW_MS);
  await must(twin, [createPartner(partner), client, ...moveOrigin(undefined, checkin)], `partner ${tenant}`);
};

/** A shop or a cashier of A's, which the partner API does not create. */
const openParty = ({ twin, ports }: TestWorld, type: UserType, reference: string, known: Known = {}): Promise<void> => {
  const id = `usr_${ports.ids.ulid()}`;
  const times = { sessionsFromMs: 0, createdAtMs: NOW_MS };
  const user: User = { tenant: A.tenant, type, id, reference, status: "active", name: reference, ...times };
  return must(twin, openUser(user, PEPPER, known), reference);
};

/** The header that shows a client's credentials. */
export const basicOf = ({ clientId, clientSecret }: Pick<Credentials, "clientId" | "clientSecret">) => ({
  authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
});

const textOf = (wish: Wish): string => (typeof wish === "string" ? wish : JSON.stringify(wish));

/** Opens the partners: without users, but with A's shop `shop-1` and its cashier `cashier-1`. `post` is what is upstream. */
export const openPartnership = async ({
  replace,
  post,
}: {
  readonly replace?: (twin: Twin) => Store;
  readonly post?: Ports["post"];
} = {}): Promise<Partnership> => {
  const world = openTestPorts(replace);
  if (post !== undefined) Object.assign(world.ports, { post });
  const { ports, twin, clock } = world;
  const local: CheckinMode = { mode: "local", webSdk: WEB_SDK };
  const ring = (await ports.secrets()).seal;
  const clientSecret = seal(ring, placeOf(UPSTREAM.tenant, "clientSecret"), SHOWN_UPSTREAM.clientSecret);
  const { clientId } = SHOWN_UPSTREAM;
  const upstream: CheckinMode = { mode: "upstream", baseUrl: "https://api.example.com/v7", clientId, clientSecret };
  await openPartner(world, A, { configuration: franks, checkin: local });
  await openPartner(world, B, { configuration: euros, checkin: local });
  await openPartner(world, UPSTREAM, { configuration: euros, checkin: upstream });
  await openParty(world, "atm", "shop-1", { vat: VAT });
  await openParty(world, "worker", "cashier-1");
  const { call } = await openDesk(ports);
  const ask = (path: string, wish: Wish, by = A) =>
    call(`POST /v7/${path}`, { body: textOf(wish), headers: basicOf(by) });
  return {
    world,
    call,
    exists: (wish, by) => ask("exists", wish, by),
    createUser: (wish = ANN, by) => ask("user", wish, by),
    checkIn: (wish = { referenceId: ANN.referenceId }, by) => ask("partnerCheckin", wish, by),
    openSession: (code) =>
      call("POST /sdk/v1/session", { body: JSON.stringify({ code }), headers: { origin: WEB_SDK } }),
    showMe: (token) => call("GET /sdk/v1/me", { headers: { authorization: `Bearer ${token}`, origin: WEB_SDK } }),
    change: async ({ tenant }, change) => {
      const before = await findPartner({ recall: async (key) => (await twin.read([key]))[0] }, tenant);
      if (before === undefined) throw new Error(`${tenant} is no partner`);
      await must(twin, [changePartner(before, { ...before, ...change })], ports.ids.uuid());
      clock.advance(1_001);
    },
    changeUser: async (reference, change) => {
      const [item] = await twin.read([userKeyOf(A.tenant, PEPPER, "user", reference)]);
      if (item === undefined) throw new Error(`there is no user ${reference}`);
      await must(twin, [changeUser(userOf(A.tenant, item), PEPPER, change)], ports.ids.uuid());
    },
  };
};

/** The code that a check-in's URL ends with. */
export const codeIn = ({ body }: Answered): string => /#c=([\w-]{43})"/.exec(body)?.[1] ?? "none";

/** The token that an exchange has given. */
export const tokenIn = ({ body }: Answered): string => /"accessToken":"([^"]+)"/.exec(body)?.[1] ?? "none";

/** The items of a kind. */
export const itemsOf = ({ world }: Partnership, kind: KindName): readonly Item[] =>
  world.twin.items().filter((item) => kindOf(keyIn(item)) === kind);

/** A session of a user that was created and has checked in: its check-in's code, used up, and its token. */
export const signIn = async (partnership: Partnership): Promise<{ readonly code: string; readonly token: string }> => {
  await partnership.createUser();
  const code = codeIn(await partnership.checkIn());
  return { code, token: tokenIn(await partnership.openSession(code)) };
};
