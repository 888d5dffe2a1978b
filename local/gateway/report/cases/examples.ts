/** Answers to the byte: section 7. */
import { jsonOf, textAt } from "../../http.ts";
import { sign } from "../../signature.ts";
import type { Case } from "../case.ts";
import { type Begun, fresh, INSTANT, shows, type Tester } from "../tester.ts";

/** Known to be the consumer's in every check of this file. */
const EMAIL = "a@b.io";

/** The answer to a check, as it is printed; of a card where there is one. */
const checkBody = ({ subject }: Tester, sale: Begun, serverCardId?: string): string => {
  const { serialNumber, endpointId, invoiceId, nonce, token } = sale;
  const fields = { serialNumber, nonce, endpointId, invoiceId, serverCardId };
  return JSON.stringify({
    consumer: { email: EMAIL },
    invoiceId,
    session: { checkSignature: sign(subject.controlKey, "check", fields), nonce, token },
    ...(serverCardId !== undefined && { sourceOfFunds: { reference: { serverCardId } } }),
    transaction: { currency: sale.currency },
  });
};

const answersAreAsPrinted: Case["run"] = async (tester) => {
  const { begin, check, notify, subject, token: askToken, trial } = tester;
  const sale = await begin(await askToken({ email: EMAIL }));
  const { endpointId, invoiceId, nonce, token } = sale;
  const heard = await check(sale);
  // An access token from elsewhere may be of a consumer whose address only the connecting party knows.
  if (subject.client === undefined) trial.succeeds("a check's", heard);
  else trial.answers("a check's", heard, { status: 200, body: checkBody(tester, sale) });
  const checkSignature = sign(subject.controlKey, "notification", { nonce, endpointId, invoiceId });
  const noted = JSON.stringify({ invoiceId, session: { checkSignature, nonce, token } });
  trial.answers("a notification's", await notify(sale), { status: 200, body: noted });
};

const cardsAreAsPrinted: Case["run"] = async (tester) => {
  const { beginChecked, begin, check, client, look, notify, token, trial } = tester;
  client();
  const mine = await token({ email: EMAIL });
  const first = await beginChecked(mine);
  const serverCardId = fresh(16);
  trial.succeeds("a notification", await notify(first, { serverCardId }));
  const clientCardId = textAt(await look(first), "sourceOfFunds", "reference", "clientCardId");
  const sale = await begin(mine);
  const body = checkBody(tester, sale, serverCardId);
  trial.answers("a check's, of a card", await check(sale, { clientCardId }), { status: 200, body });
};

/** What is known of a sale besides what it began with: members, and names of those that are instants. */
interface Known {
  readonly instants: readonly string[];
  readonly members: Readonly<Record<string, unknown>>;
}

/** The answer to 4.6 is to the byte as it is known to be; instants, and the card's number, are its own. */
const isTold = async ({ ask, client, trial }: Tester, what: string, sale: Begun, known: Known): Promise<void> => {
  const heard = await ask(`GET /sale/${sale.invoiceId}`, { headers: shows(client()) });
  const said = jsonOf(heard);
  const instants = Object.fromEntries(known.instants.map((name) => [name, textAt(said, name)]));
  for (const [name, instant] of Object.entries(instants))
    trial.same(`${what}: ${name} is an instant`, INSTANT.test(instant ?? ""), true);
  const { amountCentis, currency, endpointId, invoiceId } = sale;
  const transaction = { amountCentis, amountMinor: amountCentis, currency, exponent: 2 };
  const members = { anomalies: [], endpointId, invoiceId, transaction, ...instants, ...known.members };
  const body = JSON.stringify(
    Object.fromEntries(Object.entries(members).sort(([one], [other]) => (one < other ? -1 : 1))),
  );
  trial.answers(what, heard, { status: 200, body });
};

const salesAreAsPrinted: Case["run"] = async (tester) => {
  const { begin, callBack, check, client, look, notify, token, trial } = tester;
  client();
  const consumer = { id: `conformance-${fresh(8)}` };
  const sale = await begin(await token(consumer));
  const begun = ["createdAt", "expiresAt"];
  await isTold(tester, "a sale that has begun", sale, { instants: begun, members: { consumer, state: "initiated" } });
  trial.succeeds("the check", await check(sale));
  trial.succeeds("a notification", await notify(sale, { serverCardId: fresh(16) }));
  const orderId = fresh(12);
  await callBack(sale, { orderId });
  const clientCardId = textAt(await look(sale), "sourceOfFunds", "reference", "clientCardId");
  const sourceOfFunds = { reference: { clientCardId } };
  await isTold(tester, "one that has ended", sale, {
    instants: [...begun, "checkedAt", "finalAt"],
    members: { consumer, gatewayStatus: "approved", orderId, sourceOfFunds, state: "approved" },
  });
};

/** Section 7. */
export const examples: readonly Case[] = [
  { row: "§7", name: "answers have the members of the examples, in order", run: answersAreAsPrinted },
  { row: "§7", name: "so has a check's answer that tells a card, and no more", run: cardsAreAsPrinted },
  { row: "§7", name: "so has a sale, from its beginning to its end", run: salesAreAsPrinted },
];
