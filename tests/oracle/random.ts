/** Chance that can be repeated: everything random here follows from one seed. */

/** A source of random choices; the same seed makes the same choices. */
export interface Random {
  /** A whole number from 0 to `bound - 1`. */
  readonly below: (bound: number) => number;
  /** True in `percent` of 100 cases. */
  readonly chance: (percent: number) => boolean;
  /** One of them; throws if there are none. */
  readonly pick: <T>(choices: readonly T[]) => T;
  /** Between `least` and `most` results of `make`. */
  readonly several: <T>(least: number, most: number, make: () => T) => readonly T[];
  /** Some of them, each at most once, in their order. */
  readonly some: <T>(choices: readonly T[], percent: number) => readonly T[];
}

/** Opens the source of a seed (mulberry32: 32 bits of state are plenty for choosing). */
export const openRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  const chance = (percent: number): boolean => next() * 100 < percent;
  const pick = <T>(choices: readonly T[]): T => {
    const chosen = choices[below(choices.length)];
    if (chosen === undefined) throw new Error("nothing to choose from");
    return chosen;
  };
  return {
    below,
    chance,
    pick,
    several: (least, most, make) => Array.from({ length: least + below(most - least + 1) }, make),
    some: (choices, percent) => choices.filter(() => chance(percent)),
  };
};
