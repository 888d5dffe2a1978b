/** The clock's move of each kind of item that can be due. */
import { expireApproval } from "#approval/expireApproval";
import type { Ports } from "#ports";
import { moveDueOrder } from "#pos/moveDue";
import type { Key } from "#store/item";
import type { KindName } from "#store/kinds";
import { expireOrder } from "#withdrawal/expireOrder";

/** Makes the clock's move on the item under a key if it still is due; true if this call did it. */
export type ClockMove = (key: Key, ports: Ports) => Promise<boolean>;

/** By kind of item; every kind that the index `due` can hold has one. */
export const clockMoves: Readonly<Partial<Record<KindName, ClockMove>>> = {
  withdrawal: expireOrder,
  posOrder: moveDueOrder,
  approval: expireApproval,
};
