/** The gateway itself, without HTTP around it: Perform, Sale status, and what is going on behind them (sbc.md 8). */
import { createHmac, randomBytes, randomInt, randomUUID } from "node:crypto";
import type * as z from "zod";
import { type Plan, plain } from "./faults.ts";
import { runFlow } from "./flow.ts";
import { mistakeIn } from "./mistakes.ts";
import { type Performed, type Sale, type Step, tellSale } from "./sale.ts";
import { type Settings, usual, type Wish, type World } from "./settings.ts";
import { sign } from "./signature.ts";
import { failure, type Perform, PerformRequest, PlanRequest, type Reply, StatusRequest } from "./wire.ts";

/** How many sales are kept; the oldest are forgotten first. */
const MAX_SALES = 1_000;

/** How many may be under way at once. */
const MAX_UNDER_WAY = 100;

/** Digits of a card's number that tell whose card it is, not which. */
const BIN_DIGITS = 6;

/** Where a sale is asked for. */
export interface Place {
  readonly endpointId: string;
  readonly invoiceId: string;
}

/** A gateway. */
export interface Gateway {
  readonly settings: Settings;
  readonly perform: (place: Place, said: unknown) => Reply;
  readonly status: (place: Place, said: unknown) => Reply;
  /** Says what shall happen in a sale that is still to come. */
  readonly plan: (invoiceId: string, plan: Partial<Plan>) => void;
  /** The same, as it is asked over HTTP. */
  readonly planFor: (invoiceId: string, said: unknown) => Reply;
  /** What has happened in a sale. */
  readonly tell: (invoiceId: string) => Reply;
  /** Waits until nothing more comes of a sale; undefined for one that was never performed. */
  readonly settled: (invoiceId: string) => Promise<Sale | undefined>;
  /** Ends whatever is under way. */
  readonly close: () => Promise<void>;
}

const keepFew = (map: Map<string, unknown>): void => {
  const [oldest] = map.keys();
  if (map.size > MAX_SALES && oldest !== undefined) map.delete(oldest);
};

const pathsOf = ({ issues }: z.ZodError): string =>
  [...new Set(issues.map(({ path }) => path.join(".")))].sort().join(", ");

/** What is kept of a Perform; of its card, a number that only this process can make again. */
const keptOf = ({ endpointId, invoiceId }: Place, said: Perform, cardKey: Uint8Array): Performed => {
  const { consumer, session, sourceOfFunds, transaction } = said;
  const number = sourceOfFunds.card?.number;
  const digest = number === undefined ? undefined : createHmac("sha256", cardKey).update(number).digest();
  return {
    invoiceId,
    endpointId,
    serialNumber: consumer.device.serialNumber,
    ...session,
    ...transaction,
    clientCardId: sourceOfFunds.reference?.clientCardId,
    serverCardId: digest?.readBigUInt64BE().toString(),
  };
};

/** Why a Perform goes no further, if so. */
const faultIn = ({ controlKey, endpoints }: Settings, kept: Performed): string | undefined => {
  if (endpoints.length > 0 && !endpoints.includes(kept.endpointId)) return "no such endpoint";
  const fields = { ...kept, amountCentis: String(kept.amountCentis) };
  if (kept.signature.toUpperCase() === sign(controlKey, "initiate", fields)) return undefined;
  return `session.signature is not this sale's: ${mistakeIn(controlKey, "initiate", fields, kept.signature)}`;
};

const statusBody = ({ performed, state, token, orderId, createdAtMs, changedAtMs, why }: Sale) => ({
  ...(state === "APPROVED" && { bankOrderId: `bank-${orderId}` }),
  ...(state === "DECLINED" && { errorCode: 1, errorMessage: (why ?? "declined").slice(0, 128) }),
  invoiceId: performed.invoiceId,
  orderId,
  session: { token },
  state,
  transaction: {
    amountCentis: performed.amountCentis,
    commissionCentis: 0,
    orderCreatedDate: new Date(createdAtMs).toISOString(),
    transactionCreatedDate: new Date(changedAtMs).toISOString(),
  },
});

/** Opens a gateway for one merchant; `tell` hears of every request that it makes. */
export const openGateway = (wish: Wish, world: World, tell: (sale: Sale, step: Step) => void = () => {}): Gateway => {
  const settings: Settings = { ...usual, ...wish };
  const sales = new Map<string, Sale>();
  const plans = new Map<string, Plan>();
  const underWay = new Map<string, Promise<void>>();
  const cardKey = randomBytes(32);
  const closing = new AbortController();

  const begin = (performed: Performed, bin: number | undefined): Sale => {
    const { invoiceId } = performed;
    const now = world.now();
    const sale: Sale = {
      performed,
      plan: plans.get(invoiceId) ?? plain,
      token: randomUUID(),
      orderId: String(randomInt(100_000, 2 ** 47)),
      createdAtMs: now,
      steps: [],
      state: "PROCESSING",
      changedAtMs: now,
    };
    sales.set(invoiceId, sale);
    keepFew(sales);
    const flow = runFlow({ settings, world, signal: closing.signal, sale, bin, tell });
    underWay.set(
      invoiceId,
      flow.finally(() => underWay.delete(invoiceId)),
    );
    return sale;
  };

  const perform: Gateway["perform"] = (place, said) => {
    const parsed = PerformRequest.safeParse(said);
    if (!parsed.success) return failure("INVALID_REQUEST", `Invalid: ${pathsOf(parsed.error)}`);
    const kept = keptOf(place, parsed.data, cardKey);
    const why = faultIn(settings, kept);
    if (why !== undefined) return failure("FILTERED", why);
    const known = sales.get(place.invoiceId);
    const isSame = known && JSON.stringify(known.performed) === JSON.stringify(kept);
    if (known && !isSame) return failure("FILTERED", "this sale was performed otherwise");
    if (underWay.size >= MAX_UNDER_WAY && !known) return failure("SERVER_UNAVAILABLE", "too many sales at once");
    const bin = parsed.data.sourceOfFunds.card?.number.slice(0, BIN_DIGITS);
    const { token } = known ?? begin(kept, bin === undefined ? undefined : Number(bin));
    return { status: 200, body: { invoiceId: place.invoiceId, session: { token } } };
  };

  const status: Gateway["status"] = ({ endpointId, invoiceId }, said) => {
    const parsed = StatusRequest.safeParse(said);
    if (!parsed.success) return failure("INVALID_REQUEST", `Invalid: ${pathsOf(parsed.error)}`);
    const sale = sales.get(invoiceId);
    const { accessToken, token } = parsed.data.session;
    const isSame =
      sale?.token === token && sale.performed.accessToken === accessToken && sale.performed.endpointId === endpointId;
    return sale && isSame ? { status: 200, body: statusBody(sale) } : failure("FILTERED", "no such sale");
  };

  const plan: Gateway["plan"] = (invoiceId, wished) => {
    plans.set(invoiceId, { ...plain, ...wished });
    keepFew(plans);
  };

  return {
    settings,
    perform,
    status,
    plan,
    planFor: (invoiceId, said) => {
      const parsed = PlanRequest.safeParse(said);
      if (!parsed.success) return failure("INVALID_REQUEST", `Invalid: ${pathsOf(parsed.error)}`);
      if (sales.has(invoiceId)) return failure("INVALID_REQUEST", "this sale has begun");
      plan(invoiceId, parsed.data);
      return { status: 200, body: parsed.data };
    },
    tell: (invoiceId) => {
      const sale = sales.get(invoiceId);
      return sale ? { status: 200, body: tellSale(sale) } : failure("FILTERED", "no such sale");
    },
    settled: async (invoiceId) => {
      await underWay.get(invoiceId);
      return sales.get(invoiceId);
    },
    close: async () => {
      closing.abort();
      await Promise.all(underWay.values());
    },
  };
};
