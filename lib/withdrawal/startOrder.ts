/** sonect.md 4.4. */
import { exponentOf } from "#kernel/currency";
import { MAX_MINOR, type Money, minorOf } from "#kernel/money";
import { type Account, accountOf, isUnchanged } from "#ledger/account";
import { type Moment, placeHold, refusalOfHold } from "#ledger/hold";
import { knownTenant, type Tenant } from "#party/tenant";
import type { Ports } from "#ports";
import { decide, deny, say, type Verdict } from "#store/decide";
import type { Item, Key } from "#store/item";
import { accountKey } from "#store/keys/ledger";
import { check } from "#store/write";
import { isExpiryAllowed, type Order, type TransactionId } from "#withdrawal/order";
import { openOrder } from "#withdrawal/order.item";
import { contentOf, markerKey, markerOf, putMarker } from "#withdrawal/start.item";
import type { Started, StartOrder } from "#withdrawal/wire";

/** Starts a withdrawal: opens the order and holds its money until it is settled, cancelled or expires. */
export const startOrder = async (
  wish: StartOrder,
  ports: Ports,
  { tenant: id }: { readonly tenant: string },
): Promise<Started> => {
  const { pepper } = await ports.secrets();
  const tenant = await knownTenant(ports, id);
  const account = accountKey(id, String(wish.userId));
  const marker = markerKey(id, pepper, wish);
  const drawId = () => ports.ids.number() as TransactionId;
  const start: Start = { wish, tenant, marker, content: contentOf(pepper, wish), drawId };
  return decide(ports, [account, marker], ([found, earlier], nowMs): Verdict<Started> => {
    if (found === undefined) return deny("ACCOUNT_UNKNOWN");
    return judgeStart(start, accountOf(id, String(wish.userId), found), earlier, { nowMs, timeZone: tenant.timeZone });
  });
};

interface Start {
  readonly wish: StartOrder;
  readonly tenant: Tenant;
  readonly marker: Key;
  readonly content: string;
  readonly drawId: () => TransactionId;
}

const judgeStart = (start: Start, account: Account, earlier: Item | undefined, moment: Moment): Verdict<Started> => {
  const { wish, content } = start;
  const amount = minorOf(wish.amount, exponentOf(account.currency));
  if (amount === undefined || amount > MAX_MINOR) return deny("AMOUNT_INVALID");
  if (wish.currency !== undefined && wish.currency !== account.currency) return deny("CURRENCY_MISMATCH");
  if (earlier !== undefined) return replay(earlier, content);
  if (account.state === "blocked") return deny("ACCOUNT_BLOCKED");
  if (!isExpiryAllowed(wish.expiresAtMs, moment.nowMs)) return deny("EXPIRY_INVALID");
  const no = account.mode === "skip" ? undefined : refusalOfHold(account, amount, moment);
  if (no !== undefined) return deny(no);
  return open(start, account, { minor: amount, currency: account.currency }, moment);
};

/** From here the start succeeds, unless the commit finds that the world has changed. */
const open = (start: Start, account: Account, amount: Money, moment: Moment): Verdict<Started> => {
  const { wish, tenant, marker, content } = start;
  const order: Order = {
    tenant: tenant.id,
    transactionId: start.drawId(),
    userId: wish.userId,
    state: "held",
    amount,
    skip: account.mode === "skip",
    ...(wish.reference !== undefined && { reference: wish.reference }),
    ...(wish.store !== undefined && { store: wish.store }),
    partnerAtMs: wish.partnerAtMs,
    startedAtMs: moment.nowMs,
    movedAtMs: {},
    expiresAtMs: wish.expiresAtMs,
  };
  const money = order.skip
    ? check(accountKey(tenant.id, account.id), [isUnchanged(account)])
    : placeHold(account, amount.minor, moment);
  return {
    say: { transactionId: order.transactionId, skip: order.skip, replayed: false },
    writes: [putMarker(marker, order, content, tenant.retentionDays), openOrder(order), money],
  };
};

const replay = (earlier: Item, content: string): Verdict<Started> => {
  const marker = markerOf(earlier);
  if (marker.content !== content) return deny("KEY_REUSED");
  return say({ transactionId: marker.transactionId, skip: marker.skip, replayed: true });
};
