// One thing at a time: every request sees the store as its predecessor left it, so transactions are serializable and
// reads are snapshots, without locks.

/** Runs tasks one after the other in the order they came; a failing task fails only its own promise. */
export const createQueue = (): (<Result>(task: () => Promise<Result>) => Promise<Result>) => {
  let tail: Promise<unknown> = Promise.resolve();
  return (task) => {
    const run = tail.then(task);
    tail = run.catch(() => undefined);
    return run;
  };
};
