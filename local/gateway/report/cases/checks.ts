/** Checks: rows 10 to 19. */
import { randomUUID } from "node:crypto";
import { type Heard, jsonOf, textAt } from "../../http.ts";
import { faultsInCheck, serverCardIn } from "../../verdict.ts";
import type { Case } from "../case.ts";
import { type Begun, fresh, type Tester } from "../tester.ts";
import { Skipped } from "../trial.ts";

const bodyOf = (heard: Heard): string => (heard.status === 200 ? heard.body : JSON.stringify(heard));

/** A check's answer is one that a gateway trusts; of a card where `card` says so. */
const isGood = (
  { trial, known }: Tester,
  what: string,
  { sale, heard, card }: { readonly sale: Begun; readonly heard: Heard; readonly card?: string },
): void => {
  trial.flawless(what, faultsInCheck(known(sale), sale, heard));
  if (heard.status === 200) trial.same(`${what}: serverCardId`, serverCardIn(heard), card);
};

const repeatsAreEqual: Case["run"] = async (tester) => {
  const { begin, check, trial } = tester;
  const sale = await begin();
  const first = await check(sale);
  isGood(tester, "the first", { sale, heard: first });
  const signature = sale.signature.toLowerCase();
  const asked = Array.from({ length: 10 }, (_, nth) => check(sale, nth === 0 ? { signature } : {}));
  for (const [nth, heard] of (await Promise.all(asked)).entries())
    trial.same(nth === 0 ? "with lower-case digits" : "the same again", bodyOf(heard), bodyOf(first));
  await tester.isIn(sale, "checked");
};

const changed = (text: string): string => `${text.slice(0, -1)}${text.endsWith("0") ? "1" : "0"}`;

const wrongOnesAreRefused: Case["run"] = async (tester) => {
  const { begin, check, trial } = tester;
  const sale = await begin();
  for (const field of ["accessToken", "serialNumber", "nonce", "signature"] as const) {
    const heard = await check(sale, { [field]: changed(sale[field]) });
    trial.refused(`another ${field}`, heard, sale.invoiceId);
  }
  const invoiceId = randomUUID();
  trial.refused("an unknown invoiceId", await check(sale, { invoiceId }), invoiceId);
  await tester.isIn(sale, "initiated");
  isGood(tester, "the right one afterwards", { sale, heard: await check(sale) });
  await tester.isIn(sale, "checked");
};

const firstOneBinds: Case["run"] = async ({ begin, beginChecked, check, trial }) => {
  const sale = await beginChecked();
  const { invoiceId } = sale;
  trial.refused("another session.token", await check(sale, { token: randomUUID() }), invoiceId);
  trial.refused("another clientCardId", await check(sale, { clientCardId: fresh(32) }), invoiceId);
  const other = await begin();
  trial.refused("another sale's session.token", await check(other, { token: sale.token }), other.invoiceId);
};

const twentyAtOnce: Case["run"] = async (tester) => {
  const { begin, check, trial } = tester;
  const sale = await begin();
  const answers = await Promise.all(Array.from({ length: 20 }, () => check(sale, { token: randomUUID() })));
  trial.same("of 20 sessions at once, so many win", answers.filter(({ status }) => status === 200).length, 1);
  for (const heard of answers.filter(({ status }) => status !== 200)) trial.refused("a loser", heard, sale.invoiceId);
};

const expiryOf = async ({ look }: Tester, sale: Begun): Promise<number> => {
  const expiresAtMs = Date.parse(textAt(await look(sale), "expiresAt") ?? "");
  if (Number.isNaN(expiresAtMs)) throw new Skipped("needs --client-id and --client-secret, to see a session's end");
  return expiresAtMs;
};

const sessionsEnd: Case["run"] = async (tester) => {
  const sale = await tester.begin();
  await tester.waitUntil(await expiryOf(tester, sale), "a session's life");
  tester.trial.refused("after its session", await tester.check(sale), sale.invoiceId);
  await tester.isIn(sale, "expired");
};

const repeatsEnd: Case["run"] = async (tester) => {
  const sale = await tester.beginChecked();
  await tester.waitUntil(await expiryOf(tester, sale), "a session's life");
  tester.trial.refused("the same check after its session", await tester.check(sale), sale.invoiceId);
  await tester.isIn(sale, "checked");
};

const cardsAreTheConsumers: Case["run"] = async (tester) => {
  const { token, beginChecked, begin, check, notify, look, client, trial } = tester;
  client();
  const mine = await token();
  const first = await beginChecked(mine);
  const card = fresh(16);
  trial.succeeds("a notification", await notify(first, { serverCardId: card }));
  const clientCardId = textAt(await look(first), "sourceOfFunds", "reference", "clientCardId") ?? "none";
  trial.same("the card's number for the app", /^[0-9A-Za-z]{32}$/.test(clientCardId), true);
  const again = await begin(mine);
  isGood(tester, "its consumer's", { sale: again, heard: await check(again, { clientCardId }), card });
  const unmapped = await begin(mine);
  isGood(tester, "unmapped", { sale: unmapped, heard: await check(unmapped, { clientCardId: fresh(32) }) });
  const foreign = await begin(await token());
  isGood(tester, "another consumer's", { sale: foreign, heard: await check(foreign, { clientCardId }) });
};

const nullsIn = (value: unknown): boolean =>
  value === null || (typeof value === "object" && Object.values(value).some(nullsIn));

const bareIsEnough: Case["run"] = async (tester) => {
  const { begin, check, trial, subject } = tester;
  const sale = await begin();
  const more = { gateway: { version: 1 }, location: null, sourceOfFunds: null };
  const heard = await check(sale, { more });
  isGood(tester, "with members that nobody has specified", { sale, heard });
  const said = jsonOf(heard);
  trial.same("a null in the answer", nullsIn(said), false);
  trial.same("transaction.currency", textAt(said, "transaction", "currency"), subject.currency);
  for (const member of ["card", "email"])
    trial.same(`${member} in the answer`, JSON.stringify(said ?? "").includes(`"${member}"`), false);
};

const boundariesHold: Case["run"] = async ({ begin, check, trial, isIn }) => {
  const sale = await begin();
  const { accessToken, serialNumber, nonce, invoiceId } = sale;
  const shifted = {
    "from accessToken to serialNumber": {
      accessToken: accessToken.slice(0, -1),
      serialNumber: accessToken.slice(-1) + serialNumber,
    },
    "from serialNumber to accessToken": {
      accessToken: accessToken + serialNumber.slice(0, 1),
      serialNumber: serialNumber.slice(1),
    },
    "from nonce to invoiceId": { nonce: nonce.slice(0, -1), invoiceId: nonce.slice(-1) + invoiceId },
  };
  for (const [what, change] of Object.entries(shifted))
    trial.refused(`a character moved ${what}`, await check(sale, change), { invoiceId, ...change }.invoiceId);
  await isIn(sale, "initiated");
};

const noncesAreThere: Case["run"] = async ({ begin, ask, check, trial }) => {
  const sale = await begin();
  const { accessToken, signature, token, serialNumber, invoiceId } = sale;
  const session = { accessToken, signature, token };
  const body = JSON.stringify({ consumer: { device: { serialNumber } }, session });
  const message = "Invalid: session.nonce";
  trial.fails("no nonce", await ask(`POST /sale/${invoiceId}/check`, { body }), "SALE-40002", message, invoiceId);
  trial.fails("31 characters", await check(sale, { nonce: fresh(31) }), "SALE-40002", message, invoiceId);
};

/** Rows 10 to 19, but for those that take time. */
export const checks: readonly Case[] = [
  { row: "10", name: "the same check, ten times at once, is answered alike", run: repeatsAreEqual },
  { row: "11", name: "whatever is wrong in a check, the answer is the same", run: wrongOnesAreRefused },
  { row: "12", name: "the first check binds session and card", run: firstOneBinds },
  { row: "12", name: "of twenty different checks at once, one wins", run: twentyAtOnce },
  { row: "15", name: "a card is told to its own consumer's sales only", run: cardsAreTheConsumers },
  { row: "16", name: "an answer says what is known, and no card", run: bareIsEnough },
  { row: "17", name: "a shifted boundary is noticed, though the HMAC holds", run: boundariesHold },
  { row: "19", name: "a nonce is there and long enough", run: noncesAreThere },
];

/** Rows 13 and 14, which take a session's life. */
export const lateChecks: readonly Case[] = [
  { row: "13", name: "a check after the session's end is refused", run: sessionsEnd },
  { row: "14", name: "so is the repetition of one that was in time", run: repeatsEnd },
];
