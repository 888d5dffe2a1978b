/** Tills and apps of the sandbox, as the stories need them (swip.md 2, 8): whatever they send is told. */
import { type Currency, currencyOf } from "#kernel/currency";
import { Fault } from "#kernel/refusal";
import { majorIn } from "../admin/amount.ts";
import { signAppToken } from "../admin/appToken.ts";
import { showCustomer } from "../admin/customer.ts";
import { type App, openApp } from "../app/app.ts";
import type { World } from "../gateway/settings.ts";
import { realWorld } from "../gateway/world.ts";
import { type SandboxShop, sandboxCustomers, sandboxShops } from "../sandbox/values/shops.ts";
import type { Line } from "../till/line.ts";
import { openTill, type Till } from "../till/till.ts";
import type { Stage } from "./story.ts";
import type { Expected } from "./teller.ts";

/** What is told of an order: how it stands. */
const told = ["id", "status", "cancelReason", "totalOriginal", "loyalty", "payable", "paid", "payment"] as const;

type Json = Readonly<Record<string, unknown>>;

const orderInShort = (order: Json): Json => ({
  ...Object.fromEntries(told.flatMap((name) => (order[name] == null ? [] : [[name, order[name]]]))),
  "…": "…",
});

/** An order, or a list of them, as one can read it. */
const inShort = (body: string): string => {
  const said = JSON.parse(body) as Json;
  const { orders } = said as { readonly orders?: readonly Json[] };
  const shown = "version" in said ? orderInShort(said) : orders ? { ...said, orders: orders.map(orderInShort) } : said;
  return JSON.stringify(shown).replaceAll('"…":"…"', "…");
};

/** Any success. */
export const anything: Expected = { body: /^\{/, shortened: inShort };

/** A refusal of swip.md 9. */
export const no = (status: number, code: number, description: string): Expected => ({
  status,
  body: new RegExp(`^\\{"code":${code},"description":"${description}","timestamp":"[^"]+Z","fieldErrors":\\[`),
});

const shopNamed = (tenant: string): SandboxShop => {
  const shop = sandboxShops.find((one) => one.tenant === tenant);
  if (shop === undefined) throw new Fault(`the sandbox has no merchant ${tenant}`);
  return shop;
};

/** A till of the sandbox. */
export type Place = readonly [merchantId: string, storeId: string, cashId: string];

/** The tills and the customers of the sandbox. */
export interface Market {
  readonly stage: Stage;
  /** The world that tills wait in: the sandbox's clock, and time that passes. */
  readonly world: World;
  /** A till whose calls are expected to be answered so. */
  readonly till: (place: Place, expected?: Expected) => Till;
  /** A customer's app whose calls are expected to be answered so. */
  readonly app: (customer: string, expected?: Expected) => App;
  /** Tells in a line what a customer has. */
  readonly tell: (customer: string) => Promise<void>;
}

const currencyNamed = (code: string): Currency => {
  const currency = currencyOf(code);
  if (currency === undefined) throw new Fault(`${code} is no currency`);
  return currency;
};

const tellCustomer = async ({ teller, ports }: Stage, customer: string): Promise<void> => {
  const { wallets, points } = await showCustomer(ports, { customer });
  const money = wallets.map(({ currency, available, held }) => {
    const text = (amount: bigint) => majorIn(currency, amount);
    return `available ${text(available)}, held ${text(held)} ${currency}`;
  });
  const shares = points.map(({ merchant, available, held }) => `${available} points at ${merchant}, held ${held}`);
  teller.say(`    ${customer}: ${[...money, ...shares].join("; ")}`);
};

/** Signs the customers' tokens, and opens the market. */
export const openMarket = async (stage: Stage): Promise<Market> => {
  const { teller, ports } = stage;
  const signed = sandboxCustomers.map(({ customer }) => signAppToken(ports, { customer, actor: "demo" }));
  const tokens = new Map((await Promise.all(signed)).map(({ customer, token }) => [customer, token]));
  const line =
    (who: string, expected: Expected): Line =>
    (route, sent) =>
      teller.call(who, route, sent, expected);
  return {
    stage,
    world: { now: ports.clock, pause: realWorld.pause },
    till: ([merchantId, storeId, cashId], expected = anything) => {
      const { token, currency } = shopNamed(merchantId);
      const settings = { merchantId, token, storeId, cashId, currency: currencyNamed(currency), now: ports.clock };
      return openTill(settings, line(`Till ${cashId} of ${merchantId}`, expected));
    },
    app: (customer, expected = anything) => openApp(tokens.get(customer) ?? "", line(`App of ${customer}`, expected)),
    tell: (customer) => tellCustomer(stage, customer),
  };
};
