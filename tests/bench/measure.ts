/** How the bench measures: rivals by turns in one run, whole distributions, and ratios of what was measured side by side. */

/** The ends and the middle of some samples. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** The value below which a share (0-1) of the samples lies; of no samples NaN. */
export const percentile = (samples: readonly number[], share: number): number => {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

/** The value in the middle: of an even number of samples, the mean of the two. */
export const median = (samples: readonly number[]): number => {
  const sorted = [...samples].sort((a, b) => a - b);
  const [lower = Number.NaN, upper = Number.NaN] = [
    Math.ceil(sorted.length / 2) - 1,
    Math.floor(sorted.length / 2),
  ].map((at) => sorted[at]);
  return (lower + upper) / 2;
};

/** Sums samples up. */
export const spreadOf = (samples: readonly number[]): Spread => ({
  min: Math.min(...samples),
  median: median(samples),
  max: Math.max(...samples),
});

/** How a rival compares with the baseline: the median of their ratios, turn by turn, so that a slow minute of the machine weighs on both. */
export const ratioOf = (samples: readonly number[], baseline: readonly number[]): number =>
  median(samples.map((sample, turn) => sample / (baseline[turn] ?? Number.NaN)));

/** Lets rivals take turns and keeps what each turn measured; every other turn goes backwards, so that nobody always comes first. */
export const takeTurns = async <Name extends string, Sample>(
  turns: number,
  rivals: Readonly<Record<Name, (turn: number) => Promise<Sample>>>,
): Promise<Readonly<Record<Name, Sample[]>>> => {
  const names = Object.keys(rivals) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Sample[]>;
  for (let turn = 0; turn < turns; turn++)
    for (const name of turn % 2 === 0 ? names : names.toReversed()) samples[name].push(await rivals[name](turn));
  return samples;
};

/** Milliseconds that something takes. */
export const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await act();
  return performance.now() - startedAt;
};
