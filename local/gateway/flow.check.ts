/** The check of a sale, and whatever shall go wrong with it: F1 to F7 and F10 of sbc.md 8. */
import { randomUUID } from "node:crypto";
import { type Check, sendCheck } from "./calls.ts";
import { type FaultName, hasToBeRefused, REPEATS } from "./faults.ts";
import { type Flow, has, knownOf, lineOf, note } from "./flow.step.ts";
import type { Heard } from "./http.ts";
import { faultsInCheck, faultsInRefusal, obstaclesInCheck, serverCardIn } from "./verdict.ts";

/** How late the second half of a slow check comes. */
const HALFWAY_MS = 1_000;

/** Another text of the same kind and length. */
const altered = (text: string): string => `${text.slice(0, -1)}${text.endsWith("0") ? "1" : "0"}`;

/** What each fault makes of the right check. */
const spoilt: Readonly<Partial<Record<FaultName, (check: Check) => Check>>> = {
  "wrong-nonce": (check) => ({ ...check, nonce: altered(check.nonce) }),
  "wrong-signature": (check) => ({ ...check, signature: altered(check.signature) }),
  "wrong-serial": (check) => ({ ...check, serialNumber: altered(check.serialNumber) }),
  "wrong-access-token": (check) => ({ ...check, accessToken: altered(check.accessToken) }),
  "lower-case": (check) => ({ ...check, signature: check.signature.toLowerCase() }),
  bare: (check) => ({ ...check, clientCardId: undefined }),
  "extra-members": (check) => ({ ...check, more: { gateway: { version: "1" }, transaction: { attempts: 1 } } }),
  "boundary-shift": (check) => ({
    ...check,
    accessToken: check.accessToken.slice(0, -1),
    serialNumber: `${check.accessToken.slice(-1)}${check.serialNumber}`,
  }),
};

const checkOf = ({ sale: { performed, plan, token } }: Flow): Check =>
  plan.faults.reduce<Check>((check, fault) => spoilt[fault]?.(check) ?? check, { ...performed, token });

const askCheck = async (flow: Flow, check: Check): Promise<Heard> => {
  const { settings, world, signal } = flow;
  const halfway = has(flow, "slow-check") ? () => world.pause(HALFWAY_MS, signal) : undefined;
  let heard = await sendCheck(lineOf(flow), check, halfway);
  for (let tried = 1; heard.status === undefined && tried < settings.checkTries && !signal.aborted; tried += 1)
    heard = await sendCheck(lineOf(flow), check, halfway);
  return heard;
};

/** The same check over and over: what differs from the first answer is wrong. */
const repeat = async (flow: Flow, check: Check, first: Heard | undefined, count: number): Promise<Heard> => {
  const isAtOnce = has(flow, "check-at-once");
  const answers: Heard[] = first ? [first] : [];
  if (isAtOnce) answers.push(...(await Promise.all(Array.from({ length: count }, () => askCheck(flow, check)))));
  else for (let asked = 0; asked < count; asked += 1) answers.push(await askCheck(flow, check));
  const [one = { why: "not asked" }] = answers;
  const body = ({ status, ...heard }: Heard): string => `${status} ${"body" in heard ? heard.body : ""}`;
  for (const heard of answers.slice(1))
    note(flow, "check", "repeated", heard, body(heard) === body(one) ? [] : ["another answer than the first"]);
  return one;
};

/** Asks as the plan has it; what has to be judged is the first answer that was not lost. */
const checked = async (flow: Flow): Promise<{ readonly check: Check; readonly heard: Heard }> => {
  const check = checkOf(flow);
  if (has(flow, "lost-answer")) await askCheck(flow, check);
  if (has(flow, "check-at-once")) return { check, heard: await repeat(flow, check, undefined, REPEATS) };
  const heard = await askCheck(flow, check);
  if (has(flow, "check-again")) await repeat(flow, check, heard, REPEATS - 1);
  return { check, heard };
};

/** What the connecting party did wrong in its answer to a check; whether the sale is charged is another question. */
const wrongIn = (flow: Flow, check: Check, heard: Heard): readonly string[] => {
  const { faults, checkDelayMs } = flow.sale.plan;
  if (faults.some((fault) => fault in spoilt && hasToBeRefused(fault))) return faultsInRefusal("a wrong check", heard);
  // When a session ends is the connecting party's to know: a check that comes late on purpose may be refused.
  if (checkDelayMs > 0 && heard.status === 403) return [];
  return faultsInCheck(knownOf(flow), check, heard);
};

/**
 * Asks for the check, with what shall go wrong; resolves to the gateway's number of the card (empty where there is none),
 * or undefined where the sale must not be charged.
 */
export const passCheck = async (flow: Flow): Promise<string | undefined> => {
  const { sale } = flow;
  const { check, heard } = await checked(flow);
  const wrong = wrongIn(flow, check, heard);
  const as = sale.plan.faults.filter((fault) => fault in spoilt).join(" ");
  note(flow, "check", as, heard, wrong);
  // A card that the app has only referred to has to be told, whatever was asked.
  const { clientCardId } = sale.performed;
  const obstacles = wrong.length > 0 ? wrong : obstaclesInCheck(knownOf(flow), { ...check, clientCardId }, heard);
  if (has(flow, "second-session") && obstacles.length === 0) {
    const other = await askCheck(flow, { ...check, token: randomUUID() });
    note(flow, "check", "second-session", other, faultsInRefusal("a second session", other));
  }
  if (obstacles.length > 0) sale.why = `check: ${obstacles.join("; ")}`;
  return obstacles.length === 0 ? (sale.performed.serverCardId ?? serverCardIn(heard) ?? "") : undefined;
};
