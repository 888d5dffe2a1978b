/** What every step of a sale's flow needs, and the record that is kept of it. */
import type { Line } from "./calls.ts";
import type { FaultName } from "./faults.ts";
import type { Heard } from "./http.ts";
import type { Sale, Step } from "./sale.ts";
import type { Settings, World } from "./settings.ts";
import type { Known } from "./verdict.ts";

/** What a flow runs on. `bin` is of the card that was sent; it is kept nowhere else. */
export interface Flow {
  readonly settings: Settings;
  readonly world: World;
  readonly signal: AbortSignal;
  readonly sale: Sale;
  readonly bin: number | undefined;
  /** Hears of every step. */
  readonly tell: (sale: Sale, step: Step) => void;
}

/** Whether this fault is planned. */
export const has = ({ sale }: Flow, fault: FaultName): boolean => sale.plan.faults.includes(fault);

/** How the connecting party is reached. */
export const lineOf = ({ settings, signal }: Flow): Line => ({
  base: settings.base,
  timeoutMs: settings.checkTimeoutMs,
  signal,
});

/** What an answer is judged by. */
export const knownOf = ({ settings, sale: { performed } }: Flow): Known => ({ ...settings, ...performed });

/** Records a step; whether nothing was wrong. */
export const note = (
  { sale, tell }: Flow,
  step: Step["step"],
  as: string,
  heard: Heard,
  wrong: readonly string[],
): boolean => {
  const taken = { step, as, status: heard.status, wrong };
  sale.steps.push(taken);
  tell(sale, taken);
  return wrong.length === 0;
};
