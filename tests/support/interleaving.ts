/** Races in any order: what a scheduler of fast-check lets through one by one. */
import type * as fc from "fast-check";
import type { Store } from "#store/write";
import type { Twin } from "./twin.ts";

/** A store whose calls wait until the scheduler lets them, as long as it races. */
export const interleaved = (scheduler: fc.Scheduler) => {
  const race = { isOn: false };
  const replace = (twin: Twin): Store => {
    const read = scheduler.scheduleFunction(twin.read);
    const commit = scheduler.scheduleFunction(twin.commit);
    return {
      ...twin,
      read: (keys) => (race.isOn ? read(keys) : twin.read(keys)),
      commit: (writes, token) => (race.isOn ? commit(writes, token) : twin.commit(writes, token)),
    };
  };
  const raceOf = async <Said>(calls: () => readonly Promise<Said>[]): Promise<readonly Said[]> => {
    race.isOn = true;
    const answers = Promise.all(calls());
    await scheduler.waitFor(answers);
    race.isOn = false;
    return answers;
  };
  return { replace, raceOf };
};
