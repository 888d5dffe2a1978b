/** Access tokens and the beginning of sales: rows 1 to 8. */
import { type Heard, jsonOf, textAt } from "../../http.ts";
import { mistakeIn } from "../../mistakes.ts";
import type { Case } from "../case.ts";
import { type Begun, DEVICE, fresh, INSTANT, shows, type Tester } from "../tester.ts";
import { Skipped, told } from "../trial.ts";

const BEGUN = {
  like: /^\{"endpointId":"[0-9A-Za-z]{1,64}","invoiceId":"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}","session":\{"nonce":"[0-9A-Za-z]{64}","signature":"[0-9A-F]{40}"\}\}$/,
  says: "endpointId, invoiceId, session.nonce and .signature, in their order and form",
};

/** The largest amount, which is an integer that JSON readers with floats still read. */
const MOST_CENTIS = Number.MAX_SAFE_INTEGER;

const tokenIsMade: Case["run"] = async ({ askToken, client, nowMs, trial }) => {
  const heard = await askToken(client(), { id: `conformance-${fresh(8)}` });
  const like = /^\{"session":\{"accessToken":"[0-9A-Za-z]{64}","expiresAt":"[^"]+"\}\}$/;
  trial.answers("an access token", heard, {
    status: 200,
    body: { like, says: "session.accessToken of 64 letters and digits, and .expiresAt" },
  });
  const expiresAt = textAt(jsonOf(heard), "session", "expiresAt") ?? "";
  trial.same("its expiry is an instant", INSTANT.test(expiresAt), true);
  trial.same("it is over already", Date.parse(expiresAt) <= nowMs(), false);
};

const strangersAreRefused: Case["run"] = async ({ askToken, ask, client, begin, trial }) => {
  const { id } = client();
  const sale = await begin();
  for (const [who, one] of [
    ["without Basic", undefined],
    ["with a wrong secret", { id, secret: "wrong" }],
    ["with an unknown id", { id: `nobody-${fresh(8)}`, secret: "wrong" }],
  ] as const) {
    trial.refused(`a token ${who}`, await askToken(one, { id: "c-1" }));
    trial.refused(`a sale ${who}`, await ask(`GET /sale/${sale.invoiceId}`, { headers: shows(one) }));
  }
};

const foreignSalesAreUnknown: Case["run"] = async ({ ask, begin, subject, trial }) => {
  if (subject.otherClient === undefined) throw new Skipped("needs --other-client-id and --other-client-secret");
  const { invoiceId } = await begin();
  const headers = shows(subject.otherClient);
  trial.refused("another merchant's sale", await ask(`GET /sale/${invoiceId}`, { headers }));
};

/** The signature is what the gateway makes of the same fields. */
const signedRight = ({ subject, trial }: Tester, sale: Begun): void => {
  const fields = { ...sale, amountCentis: String(sale.amountCentis) };
  const mistake = mistakeIn(subject.controlKey, "initiate", fields, sale.signature);
  trial.flawless("session.signature", mistake === undefined ? [] : [mistake]);
};

const firstDeviceBinds: Case["run"] = async (tester) => {
  const { token, initiate, begin, trial, subject } = tester;
  const { accessToken } = await token();
  trial.answers("from the first device", await initiate({ accessToken }), { status: 200, body: BEGUN });
  const sale = await begin({ accessToken });
  signedRight(tester, sale);
  if (subject.endpoint !== undefined) trial.same("endpointId", sale.endpointId, subject.endpoint);
  await tester.isIn(sale, "initiated");
  trial.refused("from another device", await initiate({ accessToken, serialNumber: "SN-000002" }));
};

const unknownTokensAreRefused: Case["run"] = async ({ token, client, initiate, trial }) => {
  client();
  const { accessToken } = await token({ device: { serialNumber: "SN-OTHER" } });
  trial.refused("an unknown token", await initiate({ accessToken: fresh(64) }));
  trial.refused("another device's token", await initiate({ accessToken }));
};

const expiredTokensAreRefused: Case["run"] = async ({ token, client, initiate, waitUntil, trial }) => {
  client();
  const { accessToken, expiresAtMs } = await token();
  if (expiresAtMs === undefined) throw new Skipped("the token tells no expiry");
  await waitUntil(expiresAtMs, "an access token's life");
  trial.refused("an expired token", await initiate({ accessToken }));
};

const AMOUNT = "Invalid: transaction.amountCentis";

const amountsAreBounded: Case["run"] = async ({ token, initiate, trial }) => {
  const { accessToken } = await token();
  for (const amountCentis of [0, -1, 1.5, "1050", MOST_CENTIS + 1])
    trial.fails(JSON.stringify(amountCentis), await initiate({ accessToken, amountCentis }), "SALE-40002", AMOUNT);
  for (const amountCentis of [1, MOST_CENTIS])
    trial.succeeds(String(amountCentis), await initiate({ accessToken, amountCentis }));
};

const isAccepted = (currency: string, heard: Heard): void => {
  if (textAt(jsonOf(heard), "error", "code") === "SALE-40003") throw new Skipped(`the merchant takes no ${currency}`);
};

/** Amounts in hundredths that are so many minor units; undefined for those that are no whole number, or too large. */
const counts =
  (currency: string, amounts: readonly (readonly [centis: number, minor: number | undefined])[]): Case["run"] =>
  async ({ token, initiate, look, trial }) => {
    const { accessToken } = await token();
    for (const [amountCentis, minor] of amounts) {
      const heard = await initiate({ accessToken, amountCentis, currency });
      isAccepted(currency, heard);
      const what = `${currency} ${amountCentis}`;
      if (minor === undefined) {
        trial.fails(what, heard, "SALE-40004", "Not representable: transaction.amountCentis");
        continue;
      }
      trial.answers(what, heard, { status: 200, body: BEGUN });
      const seen = await look({ invoiceId: textAt(jsonOf(heard), "invoiceId") ?? "none" });
      const { transaction } = (seen ?? {}) as { readonly transaction?: { readonly amountMinor?: number } };
      if (seen !== undefined) trial.same(`${what} in minor units`, transaction?.amountMinor, minor);
    }
  };

const fieldsAreBounded: Case["run"] = async ({ token, initiate, trial }) => {
  const { accessToken } = await token();
  const unaccepted = "Currency not accepted: transaction.currency";
  const serial = "Invalid: consumer.device.serialNumber";
  const said = (wish: Parameters<Tester["initiate"]>[0]) => initiate({ accessToken, ...wish });
  trial.fails("an unassigned currency", await said({ currency: "ZZZ" }), "SALE-40003", unaccepted);
  trial.fails(
    "a currency in small letters",
    await said({ currency: "eur" }),
    "SALE-40002",
    "Invalid: transaction.currency",
  );
  trial.fails("51 characters", await said({ serialNumber: "S".repeat(51) }), "SALE-40002", serial);
  trial.fails("a lone surrogate", await said({ serialNumber: "SN-\ud800" }), "SALE-40002", serial);
};

const keysBeginOnce: Case["run"] = async ({ token, initiate, trial }) => {
  const { accessToken } = await token();
  const headers = { "idempotency-key": fresh(32) };
  const answers = await Promise.all(Array.from({ length: 5 }, () => initiate({ accessToken }, headers)));
  const [first = { why: "not asked" }, ...others] = answers;
  trial.answers("the first of five at once", first, { status: 200, body: BEGUN });
  for (const other of others) trial.same("another of them", told(other), told(first));
  const other = await initiate({ accessToken, amountCentis: 1051 }, headers);
  trial.fails("another amount under the same key", other, "SALE-40005", "Invalid: Idempotency-Key");
};

/** Rows 1 to 8. */
export const beginning: readonly Case[] = [
  { row: "1", name: "an access token has 64 characters and a life", run: tokenIsMade },
  { row: "2", name: "bad or no Basic is refused", run: strangersAreRefused },
  { row: "2", name: "another merchant's sale is unknown", run: foreignSalesAreUnknown },
  { row: "3", name: `a sale is signed, and its token bound to ${DEVICE}`, run: firstDeviceBinds },
  { row: "4", name: "an unknown or other device's token is refused", run: unknownTokensAreRefused },
  { row: "5", name: "amounts are whole, from 1 to 2^53-1", run: amountsAreBounded },
  {
    row: "6",
    name: "hundredths of a yen are whole yen",
    run: counts("JPY", [
      [50_000, 500],
      [50_050, undefined],
    ]),
  },
  {
    row: "6",
    name: "hundredths of a dinar are tens of fils",
    run: counts("KWD", [
      [1_050, 10_500],
      [900_719_925_474_100, undefined],
    ]),
  },
  { row: "7", name: "currencies and texts are bounded", run: fieldsAreBounded },
  { row: "8", name: "an Idempotency-Key begins one sale", run: keysBeginOnce },
];

/** Row 4, as far as it takes time. */
export const expiredToken: Case = {
  row: "4",
  name: "an expired access token is refused",
  run: expiredTokensAreRefused,
};
