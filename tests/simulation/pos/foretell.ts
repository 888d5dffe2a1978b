/** What the model says that tills and apps hear, and what comes of it (swip.md 4-8). */
import { HOUR_MS } from "#kernel/time";
import { type Act, chosen } from "./acts.ts";
import { contents } from "./given.ts";
import {
  bind,
  closeWith,
  cutUnit,
  end,
  fix,
  type Model,
  type Modelled,
  move,
  orderOf,
  pass,
  purseOf,
  reckonFor,
  recompute,
} from "./model.ts";

/** swip.md 4. */
const LIVES_MS = [90_000, 10 * HOUR_MS];

const DONE = "200";
const REPLAYED = "200 replayed";

type Done = (model: Model, order: Modelled) => readonly string[];

/** Why an app may not change an order: it is over, another's, or engaged. */
const appsNo = (order: Modelled, customer: string, isEngaged: boolean): readonly string[] => {
  const isOver = order.status !== "OPEN";
  return [
    ...(isOver ? ["409 1007"] : []),
    ...(order.customer !== undefined && order.customer !== customer ? ["409 1011"] : []),
    ...(isEngaged && !isOver ? ["409 1010"] : []),
  ];
};

const isEngaged = ({ payment, method }: Modelled): boolean => payment !== "NONE" || method !== null;

const creates = (model: Model, act: Extract<Act, { act: "create" }>): readonly string[] => {
  const known = model.orders.find(({ key }) => key === `key-${act.key}`);
  if (known !== undefined) return [known.content === act.content && known.till === act.till ? REPLAYED : "409 1009"];
  const active = act.till === 0 ? model.orders.find(({ till, status }) => till === 0 && status === "OPEN") : undefined;
  if (active !== undefined && active.payment !== "NONE") return ["409 1010"];
  if (active !== undefined) end(model, active, "CANCELLED", "REPLACED");
  const content = contents[act.content];
  if (content !== undefined)
    model.orders.push(
      orderOf(act.till, `key-${act.key}`, act.content, content, model.nowMs + (LIVES_MS[act.till] ?? 0)),
    );
  return [DONE];
};

const views =
  (customer: string): Done =>
  (model, order) => {
    if (order.customer !== undefined) return [order.customer === customer ? DONE : "409 1011"];
    if (order.status !== "OPEN") return ["404 1006"];
    bind(model, order, customer);
    return [DONE];
  };

/** Why the loyalty cannot be fixed as it is: the customer has bought units since, or has not the money or the points. */
const fixNo = (model: Model, order: Modelled, customer: string, isWallet: boolean): string | undefined => {
  const owner = purseOf(model, customer);
  if (order.customer !== undefined && order.counted !== owner.units) {
    recompute(model, order);
    return "400 1003";
  }
  const { payable, withdrawPoints } = reckonFor(order, owner.units);
  return owner.points < withdrawPoints || (isWallet && owner.available < payable) ? "409 1012" : undefined;
};

const redeems =
  (points: bigint): Done =>
  (model, order) => {
    const noes = appsNo(order, "c-1", isEngaged(order));
    if (noes.length > 0) return noes;
    const owner = purseOf(model);
    if (reckonFor({ ...order, wished: points }, owner.units).pointsMax < points) return ["400 1003"];
    if (owner.points < points) return ["409 1012"];
    Object.assign(order, { customer: "c-1", wished: points });
    recompute(model, order);
    return [DONE];
  };

const pays =
  (customer: string, key: string): Done =>
  (model, order) => {
    const owner = purseOf(model, customer);
    const earlier = owner.payments.get(key);
    if (earlier === order.key) return [REPLAYED];
    const noes = appsNo(order, customer, isEngaged(order));
    if (earlier !== undefined) return ["409 1009", ...noes];
    if (noes.length > 0) return noes;
    const no = fixNo(model, order, customer, true);
    if (no !== undefined) return [no];
    bind(model, order, customer);
    fix(model, order);
    const { payable } = order.reckoned;
    owner.payments.set(key, order.key);
    owner.available -= payable;
    order.method = "WALLET";
    if (model.mode === "hold") {
      owner.held += payable;
      Object.assign(order, { payment: "HELD", held: payable });
    } else Object.assign(order, { payment: "CAPTURED", captured: payable });
    return [DONE];
  };

const paysAtTill =
  (method: "CASH" | "CARD"): Done =>
  (model, order) => {
    const noes = appsNo(order, "c-1", order.payment !== "NONE");
    if (noes.length > 0) return noes;
    const no = order.isFixed ? undefined : fixNo(model, order, "c-1", false);
    if (no !== undefined) return [no];
    if (!order.isFixed) {
      bind(model, order, "c-1");
      fix(model, order);
    }
    order.method = method;
    return [DONE];
  };

const closes =
  (wish: number | "all" | "missing"): Done =>
  (model, order) => {
    const amount = wish === "missing" ? undefined : wish === "all" ? order.reckoned.payable : BigInt(wish);
    const said = String(amount);
    if (order.close !== undefined) {
      const isUnchanged =
        order.refunded === 0n && !(order.amount !== 0n && order.payment === "VOIDED" && order.status === "CLOSED");
      if (order.close.said !== said || !isUnchanged) return ["409 1014"];
      return order.close.answer === DONE
        ? [REPLAYED]
        : [order.close.answer, order.close.answer.replace(" ", " replayed ")];
    }
    if (order.status !== "OPEN") return ["409 1007"];
    const isPaid = order.method === "WALLET";
    const most = isPaid ? order.held + order.captured : order.totalOriginal;
    const answer = amount === undefined ? "400 1003" : amount <= most ? DONE : isPaid ? "409 1013" : "400 1003";
    order.close = { said, answer };
    if (answer === DONE && amount !== undefined) closeWith(model, order, amount);
    else end(model, order, "CANCELLED", "CLOSE_FAILED");
    return [answer];
  };

const refunds =
  (wish: number | "rest", key: string): Done =>
  (model, order) => {
    if (order.status !== "CLOSED") return ["409 1008"];
    const earlier = order.refunds.get(key);
    if (earlier !== undefined) return [earlier === String(wish) ? REPLAYED : "409 1009"];
    const left = order.captured - order.refunded;
    const amount = wish === "rest" ? left : BigInt(wish);
    if (amount > left || left === 0n) return ["409 1015"];
    order.refunds.set(key, String(wish));
    move(model, order, () => {
      order.refunded += amount;
      order.payment = order.refunded === order.captured ? "REFUNDED" : "PARTIALLY_REFUNDED";
    });
    if (order.method === "WALLET") purseOf(model, order.customer).available += amount;
    return [DONE];
  };

const cancelsPayment: Done = (model, order) => {
  if (order.status !== "CLOSED") return ["409 1008"];
  if (order.payment === "VOIDED" && order.amount !== 0n) return [REPLAYED];
  if (order.payment !== "HELD") return ["409 27"];
  move(model, order, () => {
    const owner = purseOf(model, order.customer);
    owner.held -= order.held;
    owner.available += order.held;
    Object.assign(order, { payment: "VOIDED", held: 0n, captureAtMs: null });
  });
  return [DONE];
};

const cancels: Done = (model, order) => {
  if (order.status === "CANCELLED") return [REPLAYED];
  if (order.status !== "OPEN") return ["409 1007"];
  end(model, order, "CANCELLED", "REQUESTED");
  return [DONE];
};

const cuts =
  (line: string, key: string): Done =>
  (model, order) => {
    const earlier = order.cuts.get(key);
    if (earlier !== undefined) return [earlier === line ? REPLAYED : "409 1009"];
    if (order.status !== "OPEN") return ["409 1007"];
    const noes = [
      ...(isEngaged(order) ? ["409 1010"] : []),
      ...(order.lines.some(({ id }) => id === line) ? [] : ["400 1003"]),
    ];
    if (noes.length > 0) return noes;
    order.cuts.set(key, line);
    // A till does not know what its customer has bought elsewhere.
    if (cutUnit(order, line)) recompute(model, order, order.counted);
    else end(model, order, "CANCELLED", "REQUESTED");
    return [DONE];
  };

const done = (act: Exclude<Act, { act: "create" | "pass" }>): Done => {
  switch (act.act) {
    case "view":
      return views(act.customer);
    case "redeem":
      return redeems(BigInt(act.points));
    case "pay":
      return pays(act.customer, `pay-${act.key}`);
    case "payAtTill":
      return paysAtTill(act.method);
    case "close":
      return closes(act.amount);
    case "refund":
      return refunds(act.amount, `r-${act.key}`);
    case "cut":
      return cuts(act.line, `c-${act.key}`);
    case "cancelPayment":
      return cancelsPayment;
    case "cancel":
      return cancels;
  }
};

/** Does it to the model, and tells what may be heard; more than one answer where swip.md ranks none of two refusals. */
export const foretell = (model: Model, act: Act): readonly string[] | undefined => {
  if (act.act === "pass") {
    pass(model, act.ms);
    return undefined;
  }
  if (act.act === "create") return creates(model, act);
  const order = chosen(model.orders, act.order);
  return order && done(act)(model, order);
};
