/** The one loop of every use case: read, judge, commit; and judge again when the world has moved in between. */
import { type Facts, Fault, isRefusal, type Refusal, Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import type { Item, Key } from "#store/item";
import type { Update, Write } from "#store/write";

/** What to say, and what must come true for it. A refusal may come with writes: a counted try, say. */
export interface Verdict<Said> {
  readonly say: Said | Refusal;
  readonly writes: readonly Write[];
}

/** How often a judgement is made: sonect.md 4.4 (5) asks for five re-readings at the most. */
const MOST_JUDGEMENTS = 6;

/** No judgement begins later than this: the slowest one still ends within a function's time-out, and says how. */
const LATEST_JUDGEMENT_MS = 8_000;

/** The first pause between judgements; doubled each time, and random below that so that rivals part. */
const FIRST_PAUSE_MS = 10;

type Found<Keys extends readonly Key[]> = { readonly [I in keyof Keys]: Item | undefined };

/** A verdict that answers and writes nothing. */
export const say = <Said>(said: Said): Verdict<Said> => ({ say: said, writes: [] });

/** A verdict that refuses and writes nothing. */
export const deny = (code: string, facts?: Facts): Verdict<never> => ({ say: refuse(code, facts), writes: [] });

/**
 * Reads the keys, lets the judge decide, commits its writes once. A judge may wait for settings that what was read has named,
 * and, where what it compares has to be counted first, for what it reserves: once, however often it judges.
 * Resolves to what the judge says; throws `Refused` (a refusal of the judge's, of a write's condition, or BUSY: nothing
 * was done) or `Fault` (a bug, an outage, an outcome that stayed unknown).
 */
export const decide = <Said, const Keys extends readonly Key[]>(
  ports: Ports,
  keys: Keys,
  judge: (found: Found<Keys>, nowMs: number) => Verdict<Said> | Promise<Verdict<Said>>,
): Promise<Said> =>
  decideOn(ports, async () => (keys.length === 0 ? [] : await ports.store.read(keys)) as Found<Keys>, judge);

/** The same where some keys are found in what was read: `read` asks for everything that the judge needs, and may be asked again. */
export const decideOn = async <Said, Seen>(
  ports: Ports,
  read: () => Promise<Seen>,
  judge: (seen: Seen, nowMs: number) => Verdict<Said> | Promise<Verdict<Said>>,
): Promise<Said> => {
  const startedAtMs = ports.clock();
  for (let nth = 1; ; nth++) {
    const reading = await unlessBusy(read);
    const verdict = reading && (await judge(reading.seen, ports.clock()));
    const settled = verdict && (verdict.writes.length === 0 || (await isCommitted(verdict.writes, ports)));
    if (settled && isRefusal(verdict.say)) throw new Refused(verdict.say);
    if (settled) return verdict.say as Said;
    const isLate = ports.clock() - startedAtMs > LATEST_JUDGEMENT_MS;
    if (nth === MOST_JUDGEMENTS || isLate) throw new Refused(refuse("BUSY"));
    await ports.pause(FIRST_PAUSE_MS * 2 ** (nth - 1));
  }
};

/** What was read, or undefined where others were at it: then it is read again, as for a commit in conflict. */
const unlessBusy = async <Seen>(read: () => Promise<Seen>): Promise<{ readonly seen: Seen } | undefined> => {
  try {
    return { seen: await read() };
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === "BUSY") return undefined;
    throw error;
  }
};

/** What became of a write that was committed by itself: its item afterwards, or as it was where a rule of the write did not hold. */
export type Reserved =
  | { readonly done: true; readonly after: Item }
  | { readonly done: false; readonly found: Item | undefined };

/**
 * Commits one update by itself, before what it reserves is used: a try, say, that is counted before a code is compared.
 * Repeated where others are at the item; throws the refusal BUSY where they are for long.
 */
export const reserve = async (ports: Ports, write: (nowMs: number) => Update): Promise<Reserved> => {
  for (let nth = 1; nth <= MOST_JUDGEMENTS; nth++) {
    const outcome = await ports.store.commit([write(ports.clock())], ports.ids.uuid());
    if (outcome.done) {
      if (outcome.after === undefined) throw new Fault("a single update does not tell what it has made");
      return { done: true, after: outcome.after };
    }
    if ("found" in outcome) return { done: false, found: outcome.found };
    if (outcome.otherwise === "throttled") break;
    await ports.pause(FIRST_PAUSE_MS * 2 ** (nth - 1));
  }
  throw new Refused(refuse("BUSY"));
};

/** True: done. False: what the judge had read is no longer so. A condition's own no is thrown. */
const isCommitted = async (writes: readonly Write[], ports: Ports): Promise<boolean> => {
  const outcome = await ports.store.commit(writes, ports.ids.uuid());
  if (outcome.done) return true;
  switch (outcome.otherwise) {
    case "stale":
    case "conflict":
      return false;
    case "throttled":
      throw new Refused(refuse("BUSY"));
    case "fault":
      throw new Fault(
        `a ${outcome.write?.kind} of ${outcome.write?.key.pk.split("#")[1]} broke a rule that always holds`,
      );
    default:
      throw new Refused(refuse(outcome.otherwise));
  }
};
