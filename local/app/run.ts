/** Runs `npm run app`: a customer scans a till's code and pays. */
import { matching, UsageError } from "../options.ts";
import { baseIn, exitCodes, readOptions, running, type Surroundings } from "../till/commandLine.ts";
import { openLine } from "../till/line.ts";
import type { Order } from "../till/order.ts";
import { openApp, type Place, type TillMethod } from "./app.ts";
import { checkOut, findOrder } from "./checkOut.ts";

/** What is shown to whoever types something else. */
const USAGE = `Usage: npm run app -- --token <jwt> (--code <text> | --till <id>) [options]

Plays a customer's app: finds the order of a code that was scanned, or of a till,
looks at it, and pays, in the app or at the till.

  --token <jwt>    the customer's; in the sandbox "npm run admin -- app-token c-1"
  --code <text>    the code that the till shows
  --till <id>      where one stands, with
  --merchant <id>    the merchant (default SWTS) and
  --store <id>       the store (default SwipTestStore)
  --points <n>     how many points are used, at most (default none)
  --at-till <how>  cash or card: paid at the till, not from the wallet
  --base <url>     the SWiP server (default http://127.0.0.1:3000)
  --help           this

Exit codes: 0 done · 1 refused · 2 wrong usage

Example: npm run app -- --token "$(npm run --silent admin -- app-token c-1)" --till 1`;

const names = ["token", "code", "till", "merchant", "store", "points", "at-till", "base"] as const;

type Told = ReturnType<typeof readOptions<(typeof names)[number]>>["told"];

const placeIn = ({ code, till, merchant = "SWTS", store = "SwipTestStore" }: Told): Place => {
  if (code === undefined && till === undefined) throw new UsageError("--code or --till is missing");
  return {
    ...(code !== undefined && { sessionCode: code }),
    ...(till !== undefined && { merchantId: merchant, storeId: store, cashId: till }),
  };
};

const methods: Readonly<Record<string, TillMethod>> = { cash: "CASH", card: "CARD" };

const methodIn = (told: Told): TillMethod | undefined => {
  const how = matching("at-till", told["at-till"], /^(?:cash|card)$/, "cash or card");
  return how === undefined ? undefined : methods[how];
};

const paid = ({ paid: amount, payable, payment }: Order): string =>
  payment.status === "NONE"
    ? `To be paid at the till: ${payable}, ${payment.method}.`
    : `Paid ${amount}: ${payment.status}.`;

const pay = async (told: Told, { out }: Surroundings): Promise<number> => {
  const { token, base } = told;
  if (token === undefined) throw new UsageError("--token is missing");
  const points = Number(matching("points", told.points, /^\d{1,9}$/, "a whole number") ?? 0);
  const [place, method] = [placeIn(told), methodIn(told)];
  const app = openApp(token, openLine(baseIn(base)));
  const seen = await findOrder(app, place);
  out(
    `${seen.merchantName}, ${seen.storeId}, till ${seen.cashId}: ${seen.total}, loyalty ${seen.loyalty}, to pay ${seen.payable}\n`,
  );
  out(`${paid(await checkOut(app, seen, { points, ...(method !== undefined && { method }) }))}\n`);
  return exitCodes.done;
};

/** Runs a command line (without the program's name) and resolves to its exit code. */
export const runApp = (argv: readonly string[], around: Surroundings): Promise<number> =>
  running(USAGE, around, async () => {
    const { words, told } = readOptions(argv, names);
    if (words.length > 0) throw new UsageError(`There is no "${words.join(" ")}"`);
    if (argv.length > 0 && told.help === undefined) return pay(told, around);
    around.out(`${USAGE}\n`);
    return exitCodes.done;
  });
