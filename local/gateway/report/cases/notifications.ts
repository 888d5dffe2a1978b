/** Notifications of cards: rows 20 to 23. */
import { randomUUID } from "node:crypto";
import { notificationPaths } from "../../calls.ts";
import { textAt } from "../../http.ts";
import { faultsInNotification } from "../../verdict.ts";
import type { Case } from "../case.ts";
import { type Begun, fresh, type Tester } from "../tester.ts";

const named = { common: "/sale/notification", sale: "/sale/{invoiceId}/notification" } as const;

/** The app's number of a sale's card, as far as one can see. */
const cardOf = async ({ look }: Tester, sale: Begun): Promise<string | undefined> =>
  textAt(await look(sale), "sourceOfFunds", "reference", "clientCardId");

const uncheckedMapNothing: Case["run"] = async (tester) => {
  const { begin, notify, trial } = tester;
  const sale = await begin();
  for (const path of notificationPaths)
    trial.refused(named[path], await notify(sale, { serverCardId: fresh(16) }, path));
  trial.same("a card is mapped", await cardOf(tester, sale), undefined);
};

const cardsAreMapped: Case["run"] = async (tester) => {
  const { beginChecked, notify, known, look, trial } = tester;
  const sale = await beginChecked();
  const bare = await notify(sale);
  trial.flawless("without a card", faultsInNotification(known(sale), sale, bare));
  trial.same("a card is mapped then", await cardOf(tester, sale), undefined);
  const told = { serverCardId: fresh(16) };
  const first = await notify(sale, told);
  trial.flawless("with a card", faultsInNotification(known(sale), sale, first));
  const mapped = await cardOf(tester, sale);
  if ((await look(sale)) !== undefined) trial.same("a card is mapped", /^[0-9A-Za-z]{32}$/.test(mapped ?? ""), true);
  const { body } = { body: "", ...first };
  for (const path of notificationPaths)
    trial.answers(`again at ${named[path]}`, await notify(sale, told, path), { status: 200, body });
  trial.same("its number after that", await cardOf(tester, sale), mapped);
};

const strangersMapNothing: Case["run"] = async (tester) => {
  const { beginChecked, notify, trial } = tester;
  const sale = await beginChecked();
  const told = { serverCardId: fresh(16) };
  trial.refused("another id in the path", await notify(sale, { ...told, invoiceId: randomUUID() }, "sale"));
  trial.refused("another access token", await notify(sale, { ...told, accessToken: fresh(64) }));
  trial.refused("another serial number", await notify(sale, { ...told, serialNumber: "SN-000002" }));
  trial.refused("an unknown session", await notify(sale, { ...told, token: randomUUID() }));
  trial.same("a card is mapped", await cardOf(tester, sale), undefined);
  trial.succeeds("the first card", await notify(sale, told));
  trial.refused("a second card", await notify(sale, { serverCardId: fresh(16) }));
};

const mappingsAreUnique: Case["run"] = async (tester) => {
  const { client, token, beginChecked, notify, trial } = tester;
  client();
  const mine = await token();
  const told = { serverCardId: fresh(16) };
  const numbers: (string | undefined)[] = [];
  for (const sale of [await beginChecked(mine), await beginChecked(mine), await beginChecked(await token())]) {
    trial.succeeds("a notification", await notify(sale, told));
    numbers.push(await cardOf(tester, sale));
  }
  const [first, second, foreign] = numbers;
  trial.same("the same card's number in a second sale", second, first);
  trial.same("its number is another consumer's too", foreign === first, false);
};

/** Rows 20 to 23. */
export const notifications: readonly Case[] = [
  { row: "20", name: "no card is mapped before the check", run: uncheckedMapNothing },
  { row: "21", name: "a card is mapped once, on both paths", run: cardsAreMapped },
  { row: "22", name: "what is another sale's maps nothing", run: strangersMapNothing },
  { row: "23", name: "a card has the same number in the next sale", run: mappingsAreUnique },
];
