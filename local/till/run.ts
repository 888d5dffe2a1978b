/** Runs `npm run till`: one sale at a till, from the code to the receipt. */
import { type Currency, currencyOf } from "#kernel/currency";
import { SECOND_MS } from "#kernel/time";
import type { World } from "../gateway/settings.ts";
import { matching, UsageError } from "../options.ts";
import type { Basket } from "./basket.ts";
import { baseIn, exitCodes, readOptions, running, type Surroundings } from "./commandLine.ts";
import { insisting, openLine } from "./line.ts";
import type { Order } from "./order.ts";
import { PATIENCE_MS, sell } from "./sell.ts";
import { openTill } from "./till.ts";

/** What is shown to whoever types something else. */
const USAGE = `Usage: npm run till -- <price> [<quantity>x<price>] … [options]

Plays a till: opens an order at a SWiP server, shows its code, waits until an app
has paid or has said how it is paid at the till, and closes. Nobody having paid, it
closes with 0. Without options it is till 1 of the sandbox's merchant SWTS.

  --base <url>          the SWiP server (default http://127.0.0.1:3000)
  --merchant <id>       X-Merchant-ID (default SWTS)
  --token <text>        the merchant's token; needed with --merchant
  --store <id>          X-Store-ID (default SwipTestStore)
  --till <id>           X-Cash-ID (default 1)
  --currency <code>     the merchant's (default EUR)
  --product <id>        what is bought, for campaigns (default promo)
  --code <text>         a static code; the server makes one unless it is told
  --patience <seconds>  how long it waits (default ${PATIENCE_MS / SECOND_MS})
  --help                this

Exit codes: 0 sold · 1 not sold · 2 wrong usage

Example: npm run till -- 60 2x20`;

const names = ["base", "merchant", "token", "store", "till", "currency", "product", "code", "patience"] as const;

/** The sandbox's public merchant (sandbox.md). */
const SANDBOX = { merchant: "SWTS", token: "sandbox-swip-token-00000000000000000000000000000001" } as const;

type Told = Readonly<Partial<Record<(typeof names)[number] | "help", string>>>;

const currencyIn = (text = "EUR"): Currency => {
  const currency = currencyOf(text);
  if (currency === undefined) throw new UsageError("--currency has to be an ISO 4217 code, such as EUR");
  return currency;
};

const basketOf = (words: readonly string[], productId: string): Basket =>
  words.map((word, nth) => {
    const [, quantity, price = ""] = /^(?:(\d{1,6}(?:\.\d{1,3})?)x)?(\d{1,12}(?:\.\d+)?)$/.exec(word) ?? [];
    if (price === "") throw new UsageError(`"${word}" has to be a price, or a quantity and a price: 2x3.50`);
    return {
      id: `l-${nth + 1}`,
      productId,
      name: `Item ${nth + 1}`,
      price,
      ...(quantity !== undefined && { quantity }),
    };
  });

const merchantIn = ({ merchant, token }: Told) => {
  if (merchant !== undefined && token === undefined) throw new UsageError("--merchant needs its --token");
  return { merchantId: merchant ?? SANDBOX.merchant, token: token ?? SANDBOX.token };
};

const receiptOf = ({ id, status, amount, loyalty, payment }: Order): string =>
  amount === null || amount === "0"
    ? `Nobody paid: ${id} is ${status}.`
    : `Sold for ${amount}, loyalty ${loyalty}: ${payment.method ?? "paid at the till"}, ${payment.status}.`;

const sale = async (
  { words, told }: ReturnType<typeof readOptions<(typeof names)[number]>>,
  around: TillSurroundings,
) => {
  const { out, world } = around;
  const currency = currencyIn(told.currency);
  const seconds = matching("patience", told.patience, /^\d{1,5}$/, "a whole number of seconds");
  const patienceMs = seconds === undefined ? PATIENCE_MS : Number(seconds) * SECOND_MS;
  const [storeId, cashId] = [told.store ?? "SwipTestStore", told.till ?? "1"];
  const settings = { ...merchantIn(told), storeId, cashId, currency, now: world.now };
  const till = openTill(settings, insisting(openLine(baseIn(told.base)), world));
  const show = ({ id, total, sessionCode }: Order): void =>
    out(
      `Order ${id}: ${total} ${currency}\nCode  ${sessionCode}\nWaiting ${patienceMs / SECOND_MS} s for a payment.\n`,
    );
  const wish = told.code === undefined ? {} : { sessionCode: told.code };
  const sold = await sell(till, basketOf(words, told.product ?? "promo"), { world, patienceMs, show }, wish);
  out(`${receiptOf(sold)}\n`);
  return sold.amount === null || sold.amount === "0" ? exitCodes.refused : exitCodes.done;
};

/** What the till has around it. */
export interface TillSurroundings extends Surroundings {
  readonly world: World;
}

/** Runs a command line (without the program's name) and resolves to its exit code. */
export const runTill = (argv: readonly string[], around: TillSurroundings): Promise<number> =>
  running(USAGE, around, async () => {
    const line = readOptions(argv, names);
    if (line.told.help === undefined && line.words.length > 0) return sale(line, around);
    if (line.told.help === undefined && argv.length > 0) throw new UsageError("A price is missing");
    around.out(`${USAGE}\n`);
    return exitCodes.done;
  });
