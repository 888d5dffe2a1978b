/** Holds the amount on the account and opens the order, in one transaction. */
import { createHash, randomInt } from "node:crypto";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { GetCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Tenant } from "./auth.ts";
import { documents, table } from "./clients.ts";
import type { StartOrder } from "./schema.ts";

export type Result =
  | { readonly started: true; readonly skip: boolean; readonly transactionId: number }
  | { readonly started: false; readonly message: string; readonly code: number };

const no = (message: string, code = 1): Result => ({ started: false, message, code });

const DAY_MS = 24 * 60 * 60 * 1000;
const LARGEST_RANDOM = 2 ** 48 - 1;

const windowsAt = (time: Date, timeZone: string) => {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone }).format(time);
  const monday = new Date(day);
  monday.setUTCDate(monday.getUTCDate() - ((monday.getUTCDay() + 6) % 7));
  return { day, week: monday.toISOString().slice(0, 10), month: day.slice(0, 7), year: day.slice(0, 4) };
};

const exceedsLimits = (account: Record<string, unknown>, amount: number, used: Record<string, string>): boolean => {
  if (amount > Number(account["limit:transaction"] ?? Number.POSITIVE_INFINITY)) return true;
  return Object.entries(used).some(
    ([window, field]) =>
      Number(account[field] ?? 0) + amount > Number(account[`limit:${window}`] ?? Number.POSITIVE_INFINITY),
  );
};

export const startWithdrawal = async (tenant: Tenant, wish: StartOrder): Promise<Result> => {
  const now = new Date();
  const accountKey = { pk: `${tenant.id}#account#${wish.userId}`, sk: "account" };
  const { Item: account } = await documents.send(
    new GetCommand({ TableName: table, Key: accountKey, ConsistentRead: true }),
  );
  if (!account || account.state === "blocked") return no("Generic error");
  if (wish.amount.currency && wish.amount.currency !== account.currency) return no("Generic error");
  const expiresAt = new Date(wish.expiryTimeOfTheOrder);
  if (expiresAt <= now || expiresAt.getTime() > now.getTime() + DAY_MS) return no("Generic error");

  const amount = Math.round(wish.amount.value * 100);
  const windows = windowsAt(now, tenant.timeZone);
  const used = Object.fromEntries(
    Object.entries(windows).map(([window, value]) => [window, `used:${window}:${value}`]),
  );
  if (exceedsLimits(account, amount, used)) return no("Cash limit exceeded", 4);
  if (account.available < amount) return no("Insufficient balance", 1222);

  const transactionId = randomInt(1, LARGEST_RANDOM);
  const orderPk = `${tenant.id}#order#${transactionId}`;
  const shard = (createHash("sha256").update(orderPk).digest()[0] ?? 0) % 16;
  const order = {
    pk: orderPk,
    sk: "order",
    transactionId,
    userId: wish.userId,
    state: "held",
    amount,
    currency: account.currency,
    skip: false,
    reference: wish.sonectTransactionReferenceId ?? undefined,
    store: wish.store ?? undefined,
    startedAtMs: now.getTime(),
    expiresAtMs: expiresAt.getTime(),
    due: `due#${String(shard).padStart(2, "0")}`,
    dueAt: expiresAt.toISOString(),
  };
  const counters = Object.keys(used);
  try {
    await documents.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Put: {
              TableName: table,
              Item: Object.fromEntries(Object.entries(order).filter(([, value]) => value !== undefined)),
              ConditionExpression: "attribute_not_exists(pk)",
            },
          },
          {
            Update: {
              TableName: table,
              Key: accountKey,
              UpdateExpression: `ADD available :minus, held :amount, ${counters.map((window) => `#${window} :amount`).join(", ")}`,
              ConditionExpression: "available >= :amount AND revision = :revision",
              ExpressionAttributeNames: Object.fromEntries(
                counters.map((window) => [`#${window}`, used[window] ?? ""]),
              ),
              ExpressionAttributeValues: { ":minus": -amount, ":amount": amount, ":revision": account.revision },
            },
          },
        ],
      }),
    );
  } catch (error) {
    if (error instanceof TransactionCanceledException) return no("Insufficient balance", 1222);
    throw error;
  }
  return { started: true, skip: false, transactionId };
};
