/** The demo's withdrawal story (sonect.md 4): every end that an order can come to, twice asked, raced, and in three currencies. */
import { SECOND_MS } from "#kernel/time";
import { tellBalance } from "./balance.ts";
import { asSonect, CANCEL, done, endBody, final, SETTLE, START, startBody, started } from "./order.ts";
import type { Stage, Story } from "./story.ts";

const settledAndReversed = async (stage: Stage): Promise<void> => {
  const { teller, ports } = stage;
  const call = asSonect(stage, "bank-a");
  teller.chapter("A withdrawal is held, settled and taken back");
  const balance = () => tellBalance(stage, "bank-a", 1001n);
  await balance();
  const body = startBody(ports.clock(), { userId: 1001, value: "50.00" });
  const start = await call(START, body, { body: started });
  await balance();
  teller.say("  The answer was lost on the way, so SONECT asks again and hears the same:");
  await call(START, body, { body: start.body, replayed: true });
  const end = endBody(ports.clock(), 1001, start);
  await call(SETTLE, end, { body: done });
  await balance();
  await call(SETTLE, end, { body: done, replayed: true });
  await call(CANCEL, end, { body: done });
  await balance();
  await call(SETTLE, end, { body: final });
};

const cancelled = async (stage: Stage): Promise<void> => {
  const { teller, ports } = stage;
  const call = asSonect(stage, "bank-a");
  teller.chapter("A code that is not used is cancelled");
  const start = await call(START, startBody(ports.clock(), { userId: 1001, value: "20" }), { body: started });
  await call(CANCEL, endBody(ports.clock(), 1001, start), { body: done });
  await tellBalance(stage, "bank-a", 1001n);
};

const expired = async (stage: Stage): Promise<void> => {
  const { teller, ports } = stage;
  const call = asSonect(stage, "bank-a");
  teller.chapter("Nobody comes: the order expires and the sweep gives the money back");
  const openForMs = 2 * SECOND_MS;
  const wish = { userId: 1001, value: "30", openForMs };
  const start = await call(START, startBody(ports.clock(), wish), { body: started });
  const until = ports.clock() + openForMs;
  teller.say("  … two seconds later, before any sweep:");
  while (ports.clock() <= until) await ports.pause(100);
  await call(SETTLE, endBody(ports.clock(), 1001, start), { body: final });
  await tellBalance(stage, "bank-a", 1001n);
  teller.say("  The sweep:");
  await stage.run("sweep/expireDue");
  await tellBalance(stage, "bank-a", 1001n);
};

const refused = async (stage: Stage): Promise<void> => {
  const { teller, ports } = stage;
  const call = asSonect(stage, "bank-a");
  teller.chapter("What is refused moves nothing");
  const start = (userId: number, value: string) => startBody(ports.clock(), { userId, value });
  const says = (Message: string, ResultCode: number) =>
    `{"Message":"${Message}","ResultCode":${ResultCode},"Skip":false}`;
  await call(START, start(1002, "10.01"), { body: says("Insufficient balance", 1222) });
  await call(START, start(1001, "500.05"), { body: says("Cash limit exceeded", 4) });
  await call(START, start(1003, "50"), { body: says("Generic error", 1) });
  await call(START, start(1001, "5e1"), { status: 400, body: says("Invalid request", 1) });
  await teller.call(
    "A stranger",
    START,
    { headers: { Authorization: "Bearer not-a-token" }, body: start(1001, "50") },
    { status: 401, body: says("Unauthorized", 1), headers: { "www-authenticate": "Bearer" } },
  );
};

const raced = async (stage: Stage): Promise<void> => {
  const { teller, ports } = stage;
  const call = asSonect(stage, "bank-a");
  teller.chapter("Settled and cancelled at the same moment");
  const start = await call(START, startBody(ports.clock(), { userId: 1005, value: "40" }), { body: started });
  const end = endBody(ports.clock(), 1005, start);
  const settle = call(SETTLE, end, { body: /"ResultCode":(0|21),/ });
  const cancel = call(CANCEL, end, { body: done });
  const [settled] = await Promise.all([settle, cancel]);
  teller.say(settled.body === done ? "  Settled first, then reversed." : "  Cancelled first.");
  await tellBalance(stage, "bank-a", 1005n);
};

const skipped = async (stage: Stage): Promise<void> => {
  const { teller, ports } = stage;
  const call = asSonect(stage, "bank-a");
  teller.chapter("A bank that books elsewhere answers Skip");
  const skip = /^\{"Message":"OK","ResultCode":0,"Skip":true/;
  const start = await call(START, startBody(ports.clock(), { userId: 1004, value: "50" }), { body: skip });
  await call(SETTLE, endBody(ports.clock(), 1004, start), { body: skip });
  await tellBalance(stage, "bank-a", 1004n);
};

const abroad = async (stage: Stage): Promise<void> => {
  const { teller, ports } = stage;
  const call = asSonect(stage, "bank-b");
  teller.chapter("Another bank, in yen without decimals and dinars with three");
  for (const [userId, value] of [
    [2001, "1500"],
    [2002, "1.250"],
  ] as const) {
    const balance = () => tellBalance(stage, "bank-b", BigInt(userId));
    await balance();
    const start = await call(START, startBody(ports.clock(), { userId, value }), { body: started });
    await balance();
    await call(CANCEL, endBody(ports.clock(), userId, start), { body: done });
    await balance();
  }
};

const parts = [settledAndReversed, cancelled, expired, refused, raced, skipped, abroad];

/** How a bank hands out cash. */
export const withdrawals: Story = {
  slice: "withdrawal",
  title: "SONECT: cash withdrawals",
  tell: async (stage) => {
    for (const part of parts) await part(stage);
  },
};
