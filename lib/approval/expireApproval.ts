/** The clock's move (approvals.md 5): an approval whose end is known is stored as ended; what is told of it is the same without. */
import { findingOf, lookAt } from "#approval/look";
import type { Ports } from "#ports";
import { decideOn, say, type Verdict } from "#store/decide";
import type { Key } from "#store/item";
import { idOf } from "#store/table";

/** Stores the end of the approval under a key if it has one that is not stored; true if this call did it. Twice at once, or never, is right too. */
export const expireApproval = (key: Key, ports: Ports): Promise<boolean> =>
  decideOn(
    ports,
    () => lookAt(ports, idOf(key)),
    (look, nowMs): Verdict<boolean> => {
      const finding = findingOf(ports, look, nowMs);
      return finding === undefined || finding.writes.length === 0 ? say(false) : { say: true, writes: finding.writes };
    },
  );
