/** What the holder of a phone can do: each a call of the desk, or two. */
import { callDesk, DeskRefusal, type Done, type World } from "./desk.ts";
import { type Activated, type Decision, noteCame, noteShown, type Phone, type Shown } from "./phone.ts";
import { type Aside, signActivation, signDecision, signRequest } from "./requests.ts";
import type { Call, Envelope, Reply } from "./wire.ts";

/** The most that `pending` lists. */
export const MOST_PENDING = 20;

/** How often a phone may ask (approvals.md 7). */
const POLL_EVERY_MS = 2_000;

/** The phone will not do it, and why. */
export class Unwilling extends Error {
  override readonly name = "Unwilling";
}

/** Anything but an activation and a decision. */
const ask = <Name extends Exclude<Call, "activations">>(phone: Activated, call: Name, said: object, world: World) =>
  callDesk(phone, call, (nowMs) => signRequest(phone, call, said, nowMs), world);

/** Activates a phone with the code that the bank has handed out. */
export const activate = async (phone: Phone, otp: string, world: World): Promise<Done<Activated, "activations">> => {
  const done = await callDesk(phone, "activations", (nowMs) => signActivation(phone, otp, nowMs), world);
  return { ...done, phone: { ...done.phone, ownerKey: done.reply.OwnerKey } };
};

/** Asks what the phone is and how much waits for it. */
export const readStatus = (phone: Activated, world: World) => ask(phone, "status", {}, world);

/** Asks for a code to log in with. */
export const issueLoginOtp = (phone: Activated, world: World) => ask(phone, "login-otp", {}, world);

/** Where the phone is woken; undefined: nowhere any more. */
export interface PushAddress {
  readonly platform: "apns" | "fcm";
  readonly token: string;
}

/** Sets where the phone is woken. */
export const setPushToken = (phone: Activated, push: PushAddress | undefined, world: World) =>
  ask(phone, "push-token", { PushPlatform: push?.platform ?? null, PushToken: push?.token ?? null }, world);

/** Ends the phone's life as a device. */
export const deactivate = (phone: Activated, world: World) => ask(phone, "deactivate", {}, world);

/** Lists what waits for a decision, and remembers it; waits for the first one if there is none, for as long as it is told. */
export const listPending = async (
  phone: Activated,
  most: number,
  waitMs: number,
  world: World,
): Promise<Done<Activated, "transactions/pending">> => {
  const untilMs = world.now() + waitMs;
  let done = await ask(phone, "transactions/pending", { MaxItems: most }, world);
  while (done.reply.Transactions.length === 0 && world.now() + POLL_EVERY_MS <= untilMs) {
    await world.pause(POLL_EVERY_MS);
    done = await ask(done.phone, "transactions/pending", { MaxItems: most }, world);
  }
  return { ...done, phone: noteShown(done.phone, done.reply.Transactions) };
};

const isOpen = (phone: Phone, { came, ExpiresAt }: Shown, world: World): boolean =>
  came === undefined && ExpiresAt > world.now() + phone.clockOffsetMs;

/** Those that are meant: by the token or how it begins, or else all that still wait. */
const meantBy = (phone: Phone, beginning: string | undefined, world: World): readonly Shown[] =>
  phone.shown.filter((one) =>
    beginning === undefined ? isOpen(phone, one, world) : one.TransactionToken.startsWith(beginning),
  );

/** The transaction that is meant, and the phone that has shown it; what was not shown before is asked for. */
export const findMeant = async (
  phone: Activated,
  beginning: string | undefined,
  world: World,
): Promise<{ readonly phone: Activated; readonly meant: Shown }> => {
  const isShown = meantBy(phone, beginning, world).length > 0;
  const asked = isShown ? phone : (await listPending(phone, MOST_PENDING, 0, world)).phone;
  const [meant, ...others] = meantBy(asked, beginning, world);
  if (meant !== undefined && others.length > 0) {
    const tokens = [meant, ...others].map(({ TransactionToken }) => TransactionToken).join(", ");
    const several = beginning === undefined ? "Several wait" : `Several begin with ${beginning}`;
    throw new Unwilling(`${several}, say which: ${tokens}`);
  }
  if (meant === undefined)
    throw new Unwilling(beginning === undefined ? "Nothing waits" : `Nothing that begins with ${beginning} waits here`);
  return { phone: asked, meant };
};

/** What became of a decision: what the desk said, or that it said no. */
export interface Outcome {
  readonly phone: Activated;
  readonly reply: Reply<"transactions/respond"> | DeskRefusal;
}

/** What the desk says no to for good. */
const overFor: readonly Envelope["Results"][number]["ErrorCode"][] = ["9404", "9409", "9410"];

/** Signs what the phone has shown, and sends it; remembers what came of it. */
export const decide = async (
  phone: Activated,
  { came: _, ...listed }: Shown,
  decision: Decision,
  aside: Aside,
  world: World,
): Promise<Outcome> => {
  const token = listed.TransactionToken;
  const sign = (nowMs: number) => signDecision(phone, listed, decision, aside, nowMs);
  try {
    const done = await callDesk(phone, "transactions/respond", sign, world);
    return { reply: done.reply, phone: noteCame(done.phone, token, decision) };
  } catch (error) {
    if (!(error instanceof DeskRefusal)) throw error;
    return { reply: error, phone: overFor.includes(error.code) ? noteCame(phone, token, "over") : phone };
  }
};
