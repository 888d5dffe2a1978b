/** What a command does, says and keeps. */
import { UsageError } from "../options.ts";
import type { Activation, Deed } from "./commandLine.ts";
import { DeskRefusal, type World } from "./desk.ts";
import { forgetPhone, loadPhone, savePhone } from "./file.ts";
import type { Activated, Decision, Phone } from "./phone.ts";
import { activatedText, decidedText, loginText, pendingText, statusText } from "./screen.ts";
import { makeKey } from "./signature.ts";
import * as verbs from "./verbs.ts";

/** What is said of a deed: for people, and the desk's own answer. */
export interface Said {
  readonly text: string;
  readonly document: unknown;
}

/** A phone, the file that it is kept in, and the world that it calls. */
interface Holding {
  readonly phone: Activated;
  readonly file: string;
  readonly world: World;
}

/** A new phone, or the one whose activation has not been answered: with the keys of before, for which a desk that had done it answers again. */
const phoneFor = (unanswered: Phone | undefined, base: string, wish: Activation): Phone => {
  const { otp: _, hasApprovalKey, isNew: __, ...said } = wish;
  const approvalKey = hasApprovalKey ? (unanswered?.approvalKey ?? makeKey()) : undefined;
  return { base, ...said, key: unanswered?.key ?? makeKey(), approvalKey, clockOffsetMs: 0, shown: [] };
};

/** Whether keys are good for nothing more, as they were a device before. */
const areSpent = (error: unknown): boolean => error instanceof DeskRefusal && error.code === "9409";

/** Makes a phone and has it activated. One that works goes on working until the desk has activated the other in its place. */
export const activateIn = async (file: string, base: string, wish: Activation, world: World): Promise<Said> => {
  const works = loadPhone(file)?.ownerKey !== undefined;
  if (works && !wish.isNew)
    throw new verbs.Unwilling("This is a device already: --keys makes another one, --new puts one in its place");
  const draft = works ? `${file}.new` : file;
  const made = phoneFor(wish.isNew && !works ? undefined : loadPhone(draft), base, wish);
  // First of all: were the answer lost, only the same keys could ask for it again.
  savePhone(draft, made);
  try {
    const { phone, reply } = await verbs.activate(made, wish.otp, world);
    savePhone(file, phone);
    if (works) forgetPhone(draft);
    return { text: activatedText(phone, file), document: reply };
  } catch (error) {
    if (works && areSpent(error)) forgetPhone(draft);
    throw error;
  }
};

const decide = async ({ phone, file, world }: Holding, deed: Extract<Deed, { verb: Decision }>): Promise<Said> => {
  const { verb, beginning, bindingCode, reason } = deed;
  const found = await verbs.findMeant(phone, beginning, world);
  savePhone(file, found.phone);
  const { BindingRequired } = found.meant;
  if (verb === "approve" && BindingRequired !== (bindingCode !== undefined))
    throw new UsageError(BindingRequired ? "It needs --code, which whoever began it shows" : "It takes no --code");
  const decided = await verbs.decide(found.phone, found.meant, verb, { bindingCode, reason }, world);
  savePhone(file, decided.phone);
  if (decided.reply instanceof Error) throw decided.reply;
  return { text: decidedText(verb, found.meant, decided.reply), document: decided.reply };
};

const end = async ({ phone, file, world }: Holding): Promise<Said> => {
  const { reply } = await verbs.deactivate(phone, world);
  forgetPhone(file);
  return { text: `It is a device no more: ${reply.State}. Its keys are deleted.`, document: reply };
};

/** Asks the desk something that leaves the phone as it is, but for what it remembers. */
const inquire = async (
  { phone, world }: Holding,
  deed: Extract<Deed, { verb: "status" | "pending" | "login-otp" | "push-token" }>,
): Promise<Said & { readonly phone: Phone }> => {
  switch (deed.verb) {
    case "status": {
      const { phone: after, reply } = await verbs.readStatus(phone, world);
      return { phone: after, text: statusText(after, reply), document: reply };
    }
    case "pending": {
      const { phone: after, reply } = await verbs.listPending(phone, deed.most, deed.waitMs, world);
      return { phone: after, text: pendingText(reply, world.now() + after.clockOffsetMs, deed.most), document: reply };
    }
    case "login-otp": {
      const { phone: after, reply } = await verbs.issueLoginOtp(phone, world);
      return { phone: after, text: loginText(reply), document: reply };
    }
    case "push-token": {
      const { phone: after, reply } = await verbs.setPushToken(phone, deed.push, world);
      const text = deed.push ? "The desk will wake it there." : "The desk will not wake it any more.";
      return { phone: after, text, document: reply };
    }
  }
};

/** Does what a device can do. */
export const perform = async (holding: Holding, deed: Exclude<Deed, { verb: "activate" }>): Promise<Said> => {
  if ("beginning" in deed) return decide(holding, deed);
  if (deed.verb === "deactivate") return end(holding);
  const { phone, ...said } = await inquire(holding, deed);
  savePhone(holding.file, phone);
  return said;
};
