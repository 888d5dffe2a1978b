/** What the sandbox is filled by: the admin's own verbs, so that what is there already stays as it is. */
import { Refused } from "#kernel/refusal";
import type { Ports } from "#ports";

/** Puts a slice's values where they are missing. May be cut off between any two commits, and is run again at every start. */
export type Seeder = (ports: Ports) => Promise<unknown>;

/** Who has done it, in the audit. */
export const actor = "sandbox";

/** Lets what is there already be there: the refusal with this code is no failure. */
export const unlessThere = async (made: Promise<unknown>, code: string): Promise<void> => {
  try {
    await made;
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== code) throw error;
  }
};
