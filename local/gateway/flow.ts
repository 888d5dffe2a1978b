/** What follows a Perform (sbc.md 1, 8): the check, the notification, the callback, and whatever shall go wrong with them. */
import { type Callback, decimalOf, type NotificationPath, sendCallback, sendNotification } from "./calls.ts";
import type { Outcome } from "./faults.ts";
import { passCheck } from "./flow.check.ts";
import { type Flow, has, knownOf, lineOf, note } from "./flow.step.ts";
import { faultsInCallback, faultsInNotification, faultsInRefusal } from "./verdict.ts";

const notify = async (flow: Flow, serverCardId: string | undefined, isEarly: boolean): Promise<void> => {
  const { sale, settings, bin } = flow;
  const { invoiceId, serialNumber, accessToken } = sale.performed;
  const told = { invoiceId, serialNumber, accessToken, token: sale.token, serverCardId, bin };
  const other: NotificationPath = settings.notificationPath === "sale" ? "common" : "sale";
  const paths = [settings.notificationPath, ...(has(flow, "notify-both") ? [other] : [])];
  for (const path of has(flow, "notify-again") ? [...paths, ...paths] : paths) {
    const heard = await sendNotification(lineOf(flow), told, path);
    const wrong = isEarly
      ? faultsInRefusal("a notification before the check", heard)
      : faultsInNotification(knownOf(flow), told, heard);
    note(flow, "notification", isEarly ? "notify-first" : "", heard, wrong);
  }
};

const callbackOf = ({ sale, settings }: Flow, status: Outcome): Callback => ({
  invoiceId: sale.performed.invoiceId,
  orderId: sale.orderId,
  status,
  type: settings.callbackType,
  amount: decimalOf(sale.performed.amountCentis),
});

const callBack = async (flow: Flow, status: Outcome, as = ""): Promise<void> => {
  const { settings, world, signal } = flow;
  for (let tried = 0; tried < settings.callbackTries && !signal.aborted; tried += 1) {
    if (tried > 0) await world.pause(settings.callbackPauseMs, signal);
    const heard = await sendCallback(lineOf(flow), settings.controlKey, callbackOf(flow, status));
    if (note(flow, "callback", [as, status].filter(Boolean).join(" "), heard, faultsInCallback(heard))) return;
  }
};

const forge = async (flow: Flow, status: Outcome): Promise<void> => {
  const forged = { ...callbackOf(flow, status), control: "0".repeat(40) };
  const heard = await sendCallback(lineOf(flow), flow.settings.controlKey, forged);
  note(flow, "callback", "callback-forged", heard, faultsInRefusal("a forged control", heard));
};

const end = (flow: Flow, outcome: Outcome): void => {
  const { sale, world } = flow;
  sale.state = outcome === "approved" ? "APPROVED" : outcome === "processing" ? "PROCESSING" : "DECLINED";
  sale.changedAtMs = world.now();
};

/** Takes a sale from Perform to its end; never rejects, and stops where its signal says so. */
export const runFlow = async (flow: Flow): Promise<void> => {
  const { sale, settings, world, signal } = flow;
  const { outcome, checkDelayMs } = sale.plan;
  if (has(flow, "notify-first")) await notify(flow, sale.performed.serverCardId, true);
  if (checkDelayMs > 0) await world.pause(checkDelayMs, signal);
  const card = await passCheck(flow);
  if (signal.aborted) return;
  if (card === undefined) {
    end(flow, "declined");
    if (settings.failedCheck === "declined") await callBack(flow, "declined");
    return;
  }
  end(flow, outcome);
  if (outcome === "declined" || outcome === "filtered" || outcome === "error") sale.why = `planned: ${outcome}`;
  await notify(flow, card === "" || has(flow, "bare") ? undefined : card, false);
  if (has(flow, "callback-forged")) await forge(flow, outcome);
  await callBack(flow, outcome);
  if (has(flow, "callback-again")) await callBack(flow, outcome, "callback-again");
  if (has(flow, "callback-conflict"))
    await callBack(flow, outcome === "approved" ? "declined" : "approved", "callback-conflict");
};
