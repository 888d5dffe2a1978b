/** The gateway simulator in front of our desk, both over HTTP, and the app that pays through it. */
import { onTestFinished } from "vitest";
import type { Plan } from "../../local/gateway/faults.ts";
import { ask, jsonOf } from "../../local/gateway/http.ts";
import type { Sale } from "../../local/gateway/sale.ts";
import { serveGateway } from "../../local/gateway/server.ts";
import type { Wish, World } from "../../local/gateway/settings.ts";
import { openGateway } from "../../local/gateway/simulator.ts";
import { A, type Checkout, openCheckout } from "./checkout.ts";
import { type DeskServer, serveDesk } from "./deskServer.ts";
import { type Begun, begin } from "./sale.ts";

/** A card that nobody has: the number passes Luhn's test. */
export const CARD = {
  number: "4111111111111111",
  expiry: { month: 12, year: 2030 },
  holder: { printedName: "ANN MEIER" },
  securityCode: "321",
};

/** What is answered, as JSON. */
export interface Told {
  readonly status: number | undefined;
  readonly said: unknown;
}

/** A gateway and its app. */
export interface Counter {
  readonly url: string;
  readonly ask: (method: "GET" | "POST" | "PUT", path: string, body?: unknown) => Promise<Told>;
  /** A sale of 10.50 EUR at the desk; `plan` is what shall happen in it. */
  readonly begin: (plan?: Partial<Plan>, wish?: Parameters<typeof begin>[1]) => Promise<Begun>;
  /** The app's calls; of Perform, `change` is put over the body. */
  readonly perform: (sale: Begun, change?: Readonly<Record<string, unknown>>) => Promise<Told>;
  readonly status: (sale: Begun, token: string) => Promise<Told>;
  /** What the gateway has of a sale once nothing more comes of it. */
  readonly settled: (sale: Begun) => Promise<Sale>;
}

/** Waiting moves the desk's clock. */
export const worldOf = ({ world: { clock } }: Checkout): World => ({
  now: () => clock.nowMs,
  pause: async (ms) => clock.advance(ms),
});

/** Opens a gateway for A's sales that calls this base, until the test has finished. */
export const openCounter = async (checkout: Checkout, base: string, wish: Partial<Wish> = {}): Promise<Counter> => {
  const gateway = openGateway({ base, controlKey: A.controlKey, ...wish }, worldOf(checkout));
  const served = await serveGateway(gateway);
  onTestFinished(served.close);
  const asked: Counter["ask"] = async (method, path, body) => {
    const content = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
    const heard = await ask(`${served.url}${path}`, { method, timeoutMs: 10_000, ...content });
    return { status: heard.status, said: jsonOf(heard) };
  };
  const at = ({ endpointId, invoiceId }: Begun) => `${gateway.settings.prefix}/sale/${endpointId}/${invoiceId}`;
  return {
    url: served.url,
    ask: asked,
    begin: async (plan, beginning) => {
      const begun = await begin(checkout, beginning);
      if (plan !== undefined) gateway.plan(begun.invoiceId, plan);
      return begun;
    },
    perform: (sale, change = {}) => {
      const { accessToken, nonce, signature, serialNumber } = sale;
      return asked("POST", at(sale), {
        consumer: { device: { serialNumber }, email: "ann@example.com" },
        session: { accessToken, nonce, signature },
        sourceOfFunds: { card: CARD },
        transaction: { amountCentis: 1050, currency: "EUR" },
        ...change,
      });
    },
    status: (sale, token) => asked("POST", `${at(sale)}/status`, { session: { accessToken: sale.accessToken, token } }),
    settled: async ({ invoiceId }) => {
      const sale = await gateway.settled(invoiceId);
      if (sale === undefined) throw new Error(`${invoiceId} was never performed`);
      return sale;
    },
  };
};

/** A desk of its own over HTTP, and the gateway in front of it. */
export const openMarket = async (
  wish?: Partial<Wish>,
): Promise<Counter & { readonly checkout: Checkout; readonly desk: DeskServer }> => {
  const checkout = await openCheckout();
  const desk = await serveDesk(checkout.call);
  return { checkout, desk, ...(await openCounter(checkout, desk.base, wish)) };
};

/** A sale's steps in a line each: what, as what, its status, and what was wrong. */
export const stepsOf = ({ steps }: Sale): readonly string[] =>
  steps.map(({ step, as, status, wrong }) =>
    [[step, as].filter(Boolean).join(" "), status ?? "none", ...wrong].join(" | "),
  );
