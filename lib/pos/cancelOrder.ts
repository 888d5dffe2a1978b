/** swip.md 7. */
import { digest } from "#kernel/crypto";
import { writeJson } from "#kernel/json";
import { malformedBy } from "#kernel/malformed";
import type { Ports } from "#ports";
import { findCampaigns } from "#pos/campaign.item";
import { putContent } from "#pos/content.item";
import { type Cut, cutLines, misfitsIn, takeCuts } from "#pos/cutting";
import { type Ended, endUnsold } from "#pos/ending";
import type { Booking } from "#pos/funds";
import { reckonLoyalty } from "#pos/loyalty";
import { isOf, putMarker } from "#pos/marker";
import type { TillCaller } from "#pos/merchant";
import { type Loyalty, noLoyalty, type Order, stateAt } from "#pos/order";
import { moveOrder } from "#pos/order.item";
import { withRefunds } from "#pos/refund.item";
import { decideAtTill } from "#pos/tillOrder";
import { type Seen, type View, viewOf } from "#pos/view";
import type { CancelOrder } from "#pos/wire";
import { deny, say, type Verdict } from "#store/decide";
import { textIn } from "#store/field";
import type { Item } from "#store/item";
import { cancelMarkerKey, contentKey } from "#store/keys/pos";
import type { Write } from "#store/write";

/** Cancels an open order, or cuts lines of one that nobody has paid; where nothing is left to pay, that cancels it. */
export const cancelOrder = async (wish: CancelOrder, ports: Ports, caller: TillCaller): Promise<Seen> => {
  const { cuts, issues } = takeCuts(wish.purchases ?? []);
  if (issues.length > 0) throw malformedBy("fields", "order: quantity", issues);
  const isWhole = wish.purchases === undefined;
  const asked = digest(writeJson(isWhole ? "all" : cuts));
  const { cancelId } = wish;
  const markerOf = (id: string) => (cancelId === undefined ? [] : [cancelMarkerKey(id, digest(cancelId))]);
  const partsOf = (id: string) => [contentKey(id), ...markerOf(id)];
  const judge = async (order: Order, [content, marker]: readonly (Item | undefined)[], booking: Booking) => {
    const view = viewOf(order, content, booking.nowMs);
    if (marker && isOf(order, marker))
      return textIn(marker, "asked") === asked ? say({ ...view, replayed: true }) : deny("KEY_REUSED");
    const state = stateAt(order, booking.nowMs);
    if (isWhole && state === "CANCELLED") return say({ ...view, replayed: true });
    if (state !== "OPEN") return deny("ORDER_NOT_OPEN");
    const noted = markerOf(order.id).map((key) => putMarker(key, order, { asked }));
    return isWhole ? cancelAll(view, noted, booking) : cut(view, cuts, noted, ports, booking);
  };
  return withRefunds(await decideAtTill(wish.id, ports, caller, partsOf, judge), ports);
};

const cancelAll = ({ order, content }: View, noted: readonly Write[], booking: Booking): Verdict<Seen> => {
  const cancelled: Ended = endUnsold(order, "cancel", { cancelReason: "REQUESTED" }, booking);
  const { state } = cancelled.order;
  return {
    say: { order: cancelled.order, content, state, replayed: false },
    writes: [...cancelled.writes, ...noted],
  };
};

/** The loyalty of what is left, from what the order has kept. */
const loyaltyOf = async (
  { customer, tenant, loyalty }: Order,
  rest: Parameters<typeof reckonLoyalty>[0],
  ports: Ports,
): Promise<Loyalty> => {
  if (customer === undefined) return noLoyalty(rest.total);
  const { campaigns: refs, points, counts, withdrawPoints } = loyalty;
  const campaigns = await findCampaigns(ports, tenant, refs);
  return reckonLoyalty(rest, { campaigns, refs, points, counts }, withdrawPoints);
};

const cut = async (
  view: View,
  cuts: readonly Cut[],
  noted: readonly Write[],
  ports: Ports,
  booking: Booking,
): Promise<Verdict<Seen>> => {
  const { order, content } = view;
  if (order.payment !== "NONE" || order.fixedAtMs !== undefined) return deny("ORDER_ENGAGED");
  const misfits = misfitsIn(content.lines, cuts);
  if (misfits.length > 0) throw malformedBy("fields", "order: purchases", misfits);
  const rest = cutLines(order, content.lines, cuts);
  if (rest === undefined) return cancelAll(view, noted, booking);
  const { lines, total, totalOriginal } = rest;
  const change = { total, totalOriginal, loyalty: await loyaltyOf(order, rest, ports) };
  const moved = moveOrder(order, [{ order: "cut" }], change, booking.nowMs);
  const left = { ...content, lines };
  return {
    say: { order: moved.order, content: left, state: moved.order.state, replayed: false },
    writes: [moved.write, putContent(order, left), ...noted],
  };
};
