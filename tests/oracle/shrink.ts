/** The fewest earlier requests that still lead to a difference. */
import { exchange, type Finding, type Sides } from "./lane.ts";
import type { Request } from "./requests/request.ts";

/** Enough for a finding that depends on a handful of requests; others are told less short. */
const MOST_TRIALS = 120;

const isRead = ({ operation }: Request): boolean => /^(?:GetItem|Query|TransactGetItems)$/.test(operation);

/** Leaves out ever smaller pieces of what went before, for as long as the last request is still answered differently. */
export const shrink = async (
  earlier: readonly Request[],
  { request }: Finding,
  openSides: () => Promise<Sides>,
): Promise<readonly Request[]> => {
  let trials = 0;
  const differs = async (before: readonly Request[]): Promise<boolean> => {
    trials += 1;
    const sides = await openSides();
    for (const each of before) await exchange(each, sides);
    const { finding } = await exchange(request, sides);
    await sides.engine.close();
    return finding !== undefined;
  };

  let kept = earlier.filter((each) => !isRead(each));
  for (const length of [0, 10, 100, 1_000]) {
    const last = kept.slice(kept.length - length);
    if (length >= kept.length || !(await differs(last))) continue;
    kept = last;
    break;
  }
  let size = Math.ceil(kept.length / 2);
  while (size >= 1 && kept.length > 0) {
    for (let start = 0; start < kept.length && trials < MOST_TRIALS; ) {
      const without = [...kept.slice(0, start), ...kept.slice(start + size)];
      if (await differs(without)) kept = without;
      else start += size;
    }
    size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  return [...kept, request];
};
