/** What a phone shows its holder, in 80 columns. What comes from a bank is shown as it is signed, and can do nothing to the terminal. */
import { WIDTH } from "../admin/layout.ts";
import type { Activated, Decision, Shown } from "./phone.ts";
import type { Listed, Reply } from "./wire.ts";

/** How much of a content is shown; the rest is told by its length. */
const MOST_LINES = 40;

/** Where values begin. */
const LABEL_WIDTH = 12;

/** What a terminal would obey, or what would change the order in which one reads. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const escaped = (text: string): string =>
  text.replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);

/** A text in lines of a width, broken wherever it has to be. */
const linesOf = (text: string, width: number): readonly string[] => {
  const characters = [...escaped(text)];
  const lines = Math.max(1, Math.ceil(characters.length / width));
  return Array.from({ length: lines }, (_, nth) => characters.slice(nth * width, (nth + 1) * width).join(""));
};

const labelled = (label: string, text: string): readonly string[] =>
  linesOf(text, WIDTH - LABEL_WIDTH).map((line, nth) => `${(nth === 0 ? label : "").padEnd(LABEL_WIDTH)}${line}`);

/** An instant as the clock of the wall has it, UTC. */
const timeText = (ms: number): string => `${new Date(ms).toISOString().slice(11, 19)}Z`;

const durationText = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

const contentLines = (content: string): readonly string[] => {
  const lines = content.split("\n").flatMap((line) => linesOf(line, WIDTH - 4));
  const shown = lines.slice(0, MOST_LINES).map((line) => `  | ${line}`.trimEnd());
  const left = lines.length - shown.length;
  return left === 0 ? shown : [...shown, `  … and ${left} lines more; --json has them all`];
};

/** Who may decide, by a transaction's type. */
const whoDecides = (type: number): string => (type === 1 ? "this phone alone" : "any device of the customer");

const transactionLines = (listed: Listed, nowMs: number): readonly string[] => [
  ...labelled("name", listed.TransactionName),
  `${"token".padEnd(LABEL_WIDTH)}${listed.TransactionToken}`,
  `${"begun".padEnd(LABEL_WIDTH)}${timeText(listed.CreatedAt)}, for ${whoDecides(listed.TransactionType)}`,
  `${"expires".padEnd(LABEL_WIDTH)}${timeText(listed.ExpiresAt)}, in ${durationText(listed.ExpiresAt - nowMs)}`,
  ...(listed.BindingRequired ? [`${"code".padEnd(LABEL_WIDTH)}needed: --code, as whoever began it shows`] : []),
  ...contentLines(listed.TransactionContent),
];

const whoseOf = ({ customerId, userCode }: Pick<Activated, "customerId" | "userCode">): string =>
  escaped(`customer ${customerId}${userCode === undefined ? "" : `, user ${userCode}`}`);

/** A phone that has just been activated; `keptIn` is its file. */
export const activatedText = (phone: Activated, keptIn: string): string =>
  [
    "This phone is a device now.",
    "",
    ...labelled("owner key", phone.ownerKey),
    ...labelled("of", whoseOf(phone)),
    ...labelled("desk", phone.base),
    ...labelled("signatures", phone.format + (phone.approvalKey ? "; approves by a key of its own" : "")),
    ...labelled("kept in", keptIn),
    "",
    '"pending" shows what waits for it.',
  ].join("\n");

/** What the desk knows of it. */
export const statusText = (phone: Activated, { OwnerKey, State, Pending }: Reply<"status">): string =>
  [
    ...labelled("owner key", OwnerKey),
    ...labelled("of", whoseOf(phone)),
    ...labelled("desk", phone.base),
    ...labelled("state", State),
    ...labelled("waiting", String(Pending)),
  ].join("\n");

/** How many wait; where no more than these were asked for, others may. */
const countText = (count: number, most: number): string => {
  if (count >= most) return count === 1 ? "The oldest one that waits." : `The ${count} oldest that wait.`;
  return count === 1 ? "One transaction waits." : `${count} transactions wait, the oldest first.`;
};

/** What waits, oldest first; so many were asked for at the most. */
export const pendingText = ({ Transactions }: Reply<"transactions/pending">, nowMs: number, most: number): string => {
  const count = Transactions.length;
  if (count === 0) return "Nothing waits.";
  return [
    countText(count, most),
    ...Transactions.flatMap((listed) => ["", ...transactionLines(listed, nowMs)]),
    "",
    "approve, reject or fraud, with the token or how it begins, decides.",
  ].join("\n");
};

const done: Readonly<Record<Decision, string>> = {
  approve: "Approved",
  reject: "Rejected",
  fraud: "Reported as fraud",
};

/** A decision that the desk has taken, and what of. */
export const decidedText = (decision: Decision, meant: Shown, { DecidedAt }: Reply<"transactions/respond">): string =>
  [
    `${done[decision]} at ${timeText(DecidedAt)}:`,
    "",
    ...labelled("name", meant.TransactionName),
    ...labelled("token", meant.TransactionToken),
    ...contentLines(meant.TransactionContent),
  ].join("\n");

/** A code to log in with. */
export const loginText = ({ LoginOtp, ExpiresAt }: Reply<"login-otp">): string =>
  ["Log in with this, once:", "", `  ${LoginOtp}`, "", `It is good until ${timeText(ExpiresAt)}.`].join("\n");
