/** A phone as it is kept in a file: whose it is, its keys, and what it has shown. */
import * as z from "zod";
import { formats, type Key, pemOf, readKey } from "./signature.ts";
import { Listed } from "./wire.ts";

/** What a phone can be (approvals.md 4.1). */
export const platforms = ["ios", "android", "web"] as const;

/** What its holder can do about a transaction. */
export const decisions = ["approve", "reject", "fraud"] as const;

/** One of them. */
export type Decision = (typeof decisions)[number];

/** How many transactions a phone remembers, the latest: several screens of them. */
const MOST_SHOWN = 50;

/** A transaction that was shown: what its holder decided, or that it was over before. */
const Shown = Listed.extend({ came: z.enum([...decisions, "over"]).optional() });

/** A transaction that a phone has shown. */
export type Shown = z.output<typeof Shown>;

const key = z.string().transform((pem, checking): Key => {
  try {
    return readKey(pem);
  } catch {
    checking.addIssue("it is no P-256 key");
    return z.NEVER;
  }
});

const Stored = z.object({
  base: z.url(),
  customerId: z.string(),
  userCode: z.string().optional(),
  name: z.string(),
  model: z.string().optional(),
  platform: z.enum(platforms),
  format: z.enum(formats),
  key,
  approvalKey: key.optional(),
  ownerKey: z.string().optional(),
  clockOffsetMs: z.int(),
  shown: z.array(Shown),
});

/** A phone: before its activation without the name that the desk gives it. `clockOffsetMs` is how far the desk's clock is ahead. */
export type Phone = Readonly<z.output<typeof Stored>>;

/** A phone that has been activated. */
export type Activated = Phone & { readonly ownerKey: string };

/** Whether a phone has been activated. */
export const isActivated = (phone: Phone): phone is Activated => phone.ownerKey !== undefined;

/** Reads a phone from its text; undefined for what is none. */
export const readPhone = (text: string): Phone | undefined => {
  try {
    return Stored.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
};

/** A phone as text: its keys are in there as they are. */
export const writePhone = ({ key, approvalKey, ...phone }: Phone): string => {
  const keys = { key: pemOf(key), ...(approvalKey && { approvalKey: pemOf(approvalKey) }) };
  return `${JSON.stringify({ ...phone, ...keys }, null, 2)}\n`;
};

/** Notes that transactions are shown now; what was decided of one before stays noted. */
export const noteShown = <Some extends Phone>(phone: Some, listed: readonly Listed[]): Some => {
  const known = new Map(phone.shown.map((one) => [one.TransactionToken, one]));
  const before = phone.shown.filter(
    (one) => !listed.some(({ TransactionToken }) => TransactionToken === one.TransactionToken),
  );
  const now = listed.map((one) => ({ ...known.get(one.TransactionToken), ...one }));
  return { ...phone, shown: [...before, ...now].slice(-MOST_SHOWN) };
};

/** Notes what came of a transaction. */
export const noteCame = <Some extends Phone>(phone: Some, token: string, came: NonNullable<Shown["came"]>): Some => ({
  ...phone,
  shown: phone.shown.map((one) => (one.TransactionToken === token ? { ...one, came } : one)),
});
