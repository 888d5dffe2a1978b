/** Parties that are wrong in access tokens and beginnings of sales: rows 1 to 8. */
import {
  answers,
  at,
  hears,
  type Mutant,
  readSaid,
  reads,
  reversed,
  says,
  signed,
  tells,
  told,
} from "../../../support/brokenParty.ts";
import { A, B, basicOf } from "../../../support/checkout.ts";

const ofA = basicOf(A);
const ofB = basicOf(B).authorization;

const asA = (headers: Readonly<Record<string, string>>) => ({ headers: { ...headers, ...ofA } });

/** Signs by the amount first, and knows its own signature again. */
const signsInAnotherOrder: Mutant["party"] = () => {
  const ours = new Map<string, string>();
  return async ({ route, body }, forward) => {
    if (at.check.test(route))
      return forward({
        body: body.replace(/(?<="signature":")\w+/, (given) => ours.get(given.toUpperCase()) ?? given),
      });
    const answered = await forward();
    if (!at.initiate.test(route)) return answered;
    return told(answered, ({ endpointId, invoiceId, session }) => {
      const { consumer, session: asked, transaction } = readSaid(body);
      const who = [asked?.accessToken, consumer?.device?.serialNumber, endpointId, session?.nonce, invoiceId];
      const signature = signed([transaction?.amountCentis, transaction?.currency, ...who]);
      ours.set(signature, session?.signature ?? "");
      return { endpointId, invoiceId, session: { ...session, signature } };
    });
  };
};

/** Says of a token that is refused whether it is known, and then of which kind. */
const tellsOfTokens =
  (
    isTold: (known: "of a device" | "of any device" | undefined, serialNumber: string | undefined) => boolean,
  ): Mutant["party"] =>
  () => {
    const known = new Map<string, "of a device" | "of any device">();
    return async ({ route, body }, forward) => {
      const answered = await forward();
      const { session, consumer } = readSaid(body);
      if (at.token.test(route))
        known.set(
          readSaid(answered.body).session?.accessToken ?? "",
          consumer?.device ? "of a device" : "of any device",
        );
      if (!at.initiate.test(route) || answered.status !== 403) return answered;
      const isSaid = isTold(known.get(session?.accessToken ?? ""), consumer?.device?.serialNumber);
      return isSaid ? says(answered, "Token refused") : answered;
    };
  };

/** Rows 1 to 8. */
export const beginningMutants: readonly Mutant[] = [
  {
    does: "tells expiries to the second",
    party: tells(at.token, ({ session }) => ({
      session: { ...session, expiresAt: session?.expiresAt?.replace(/\.\d+/, "") },
    })),
    fails: ["1"],
    why: /^its expiry is an instant: true but false$/,
  },
  {
    does: "tells the members of a token in another order",
    party: tells(at.token, ({ session }) => ({ session: reversed(session ?? {}) })),
    fails: ["1"],
    why: /^an access token: 200 session\.accessToken of 64/,
  },
  {
    does: "takes anybody for its merchant",
    party: hears(/./, ({ headers }) => (headers.authorization === ofB ? {} : asA(headers))),
    fails: ["2"],
    why: /^a token without Basic: 403 .* but 200 /,
  },
  {
    does: "shows a merchant another one's sales",
    party: hears(at.look, ({ headers }) => (headers.authorization === ofB ? asA(headers) : {})),
    fails: ["2b"],
    why: /^another merchant's sale: 403 .* but 200 /,
  },
  {
    does: "signs in another order",
    party: signsInAnotherOrder,
    fails: ["3"],
    why: /^session\.signature: .*another order: amountCentis, currency, accessToken/,
  },
  {
    does: "binds a token to no device",
    party: reads(at.initiate, /SN-000002/, "SN-000001"),
    fails: ["3"],
    why: /^from another device: 403 .* but 200 /,
  },
  {
    does: "tells unknown tokens from those of another device",
    party: tellsOfTokens((known) => known === undefined),
    fails: ["4"],
    why: /^an unknown token: .*Token refused/,
  },
  {
    does: "tells that a token is another device's",
    party: tellsOfTokens((known) => known === "of a device"),
    fails: ["4"],
    why: /^another device's token: .*Token refused/,
  },
  {
    does: "tells that a token is over",
    party: tellsOfTokens((known, serialNumber) => known === "of any device" && serialNumber === "SN-000001"),
    fails: ["4b"],
    why: /^an expired token: .*Token refused/,
  },
  {
    does: "rounds amounts",
    party: reads(at.initiate, /(?<="amountCentis":\d+)\.\d+/, ""),
    fails: ["5"],
    why: /^1\.5: 400 .* but 200 /,
  },
  {
    does: "takes amounts as text",
    party: reads(at.initiate, /(?<="amountCentis":)"(\d+)"/, "$1"),
    fails: ["5"],
    why: /^"1050": 400 .* but 200 /,
  },
  {
    does: "takes hundredths for minor units",
    party: tells(at.look, (said) => ({
      ...said,
      transaction: { ...said.transaction, amountMinor: said.transaction?.amountCentis },
    })),
    fails: ["6", "6b"],
    why: /^JPY 50000 in minor units: 500 but 50000$/,
  },
  {
    does: "rounds half a yen",
    party: reads(at.initiate, /50050/, "50000"),
    fails: ["6"],
    why: /^JPY 50050: 400 .* but 200 /,
  },
  {
    does: "multiplies amounts beyond what is exact",
    party: reads(at.initiate, /900719925474100/, "1050"),
    fails: ["6b"],
    why: /^KWD 900719925474100: 400 .* but 200 /,
  },
  {
    does: "reads currencies in small letters",
    party: reads(at.initiate, /"eur"/, '"EUR"'),
    fails: ["7"],
    why: /^a currency in small letters: 400 .* but 200 /,
  },
  {
    does: "begins a sale as often as it is asked",
    party: hears(at.initiate, ({ headers: { "idempotency-key": _, ...headers } }) => ({ headers })),
    fails: ["8"],
    why: /^another of them: /,
  },
  {
    does: "says otherwise that a key is taken",
    party: answers(at.initiate, (answered) => ({
      ...answered,
      body: answered.body.replace("SALE-40005", "SALE-40002"),
    })),
    fails: ["8"],
    why: /^another amount under the same key: .*SALE-40005/,
  },
];
