/** Whether a connecting party's answer is to be trusted (sbc.md 8): everything that is wrong with it, in words; nothing is good. */
import type { Check, Notification } from "./calls.ts";
import { type Heard, jsonOf, textAt } from "./http.ts";
import { mistakeIn } from "./mistakes.ts";
import { type Fields, type Signed, sign } from "./signature.ts";

/** What the gateway knows of the sale besides. */
export interface Known {
  readonly controlKey: string;
  readonly endpointId: string;
  readonly nonce: string;
  readonly toleratesLowerCase: boolean;
}

/** Why an answer says no, or says nothing: `403 SALE-40301`. */
const refusalIn = (heard: Heard): string | undefined => {
  if (heard.status === undefined) return heard.why;
  const said = jsonOf(heard);
  const code = textAt(said, "error", "code");
  if (heard.status !== 200 || code !== undefined) return [String(heard.status), code].filter(Boolean).join(" ");
  const isObject = typeof said === "object" && said !== null && !Array.isArray(said);
  if (!isObject) return "200 without a JSON object";
  return "error" in said ? "200 with an error" : undefined;
};

const differences = (said: unknown, expected: readonly (readonly [path: string, value: string])[]): readonly string[] =>
  expected
    .filter(([path, value]) => textAt(said, ...path.split(".")) !== value)
    .map(([path]) => (textAt(said, ...path.split(".")) === undefined ? `no ${path}` : `another ${path}`));

const signatureFault = (said: unknown, { controlKey, toleratesLowerCase }: Known, what: Signed, fields: Fields) => {
  const got = textAt(said, "session", "checkSignature");
  if (got === undefined) return ["no session.checkSignature"];
  const isRight = (toleratesLowerCase ? got.toUpperCase() : got) === sign(controlKey, what, fields);
  return isRight ? [] : [`a wrong session.checkSignature: ${mistakeIn(controlKey, what, fields, got)}`];
};

/** The gateway's number of the card that a check's answer tells, if any. */
export const serverCardIn = (heard: Heard): string | undefined =>
  textAt(jsonOf(heard), "sourceOfFunds", "reference", "serverCardId");

const echoed = ({ invoiceId, token }: Pick<Check, "invoiceId" | "token">, nonce: string) =>
  [
    ["invoiceId", invoiceId],
    ["session.nonce", nonce],
    ["session.token", token],
  ] as const;

/** What is wrong with this answer to a check. */
export const faultsInCheck = (known: Known, check: Check, heard: Heard): readonly string[] => {
  const refused = refusalIn(heard);
  if (refused !== undefined) return [refused];
  const said = jsonOf(heard);
  const serverCardId = serverCardIn(heard);
  const { endpointId, nonce } = known;
  const fields = { serialNumber: check.serialNumber, nonce, endpointId, invoiceId: check.invoiceId, serverCardId };
  return [...differences(said, echoed(check, nonce)), ...signatureFault(said, known, "check", fields)];
};

/**
 * What keeps a sale from being charged after this answer to its check: whatever is wrong with it, and a card that it does not
 * tell. The latter need not be wrong: only the connecting party knows whose card the app has referred to.
 */
export const obstaclesInCheck = (known: Known, check: Check, heard: Heard): readonly string[] => {
  const faults = faultsInCheck(known, check, heard);
  const isCardless = check.clientCardId !== undefined && serverCardIn(heard) === undefined;
  return faults.length === 0 && isCardless ? ["no serverCardId, though a reference was used"] : faults;
};

/** What is wrong with this answer to something that has to be refused: anything but 403. `what` is in words. */
export const faultsInRefusal = (what: string, heard: Heard): readonly string[] => {
  if (heard.status === 403) return [];
  return [heard.status === 200 ? `${what} was accepted` : (refusalIn(heard) ?? String(heard.status))];
};

/** What is wrong with this acknowledgement of a notification. */
export const faultsInNotification = (known: Known, told: Notification, heard: Heard): readonly string[] => {
  const refused = refusalIn(heard);
  if (refused !== undefined) return [refused];
  const said = jsonOf(heard);
  const { endpointId, nonce } = known;
  const fields = { nonce, endpointId, invoiceId: told.invoiceId };
  return [...differences(said, echoed(told, nonce)), ...signatureFault(said, known, "notification", fields)];
};

/** What is wrong with this acknowledgement of a callback: anything but `200 OK`. */
export const faultsInCallback = (heard: Heard): readonly string[] => {
  if (heard.status === undefined) return [heard.why];
  if (heard.status === 200 && heard.body.trim() === "OK") return [];
  return heard.status === 200 ? ["200 without OK"] : [refusalIn(heard) ?? String(heard.status)];
};
