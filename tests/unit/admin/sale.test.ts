/** Card sales as an operator sees them: how far they have come, and nothing that could be used. */
import { expect, test } from "vitest";
import { DAY_MS, MINUTE_MS } from "#kernel/time";
import { callback } from "#sale/callback";
import { merchantFor } from "#sale/caller";
import { check } from "#sale/check";
import { initiate } from "#sale/initiate";
import { notify } from "#sale/notify";
import { requestAccessToken } from "#sale/requestAccessToken";
import { controlOf } from "#sale/signature";
import { openAdmin } from "./given.ts";

const KEY = "00112233-4455-6677-8899-AABBCCDDEEFF";
const SESSION = "c0ffee00-1111-4222-8333-444455556666";
const gateway = { address: "192.0.2.1" };

/** A sale of 10.50 EUR that has begun, and what its app knows. */
const begun = async () => {
  const admin = openAdmin();
  const { done, ports, clock } = admin;
  await done("tenant create shop --name Shop --time-zone UTC");
  const { clientId: id, clientSecret: secret } = JSON.parse(await done("merchant create shop --json"));
  await done("merchant endpoint set shop EUR 1234");
  await done(`merchant key add shop k1 --control-key ${KEY}`);
  clock.advance(MINUTE_MS);
  const caller = await merchantFor({ id, secret }, ports);
  if (caller === undefined) throw new Error("nobody has this client");
  const consumer = { consumerId: "c-42", email: "a@b.io", serialNumber: "SN-000001" };
  const { accessToken } = await requestAccessToken(consumer, ports, caller);
  const asked = { accessToken, serialNumber: "SN-000001" };
  const sale = await initiate({ ...asked, amountCentis: 1050n, currency: "EUR", idempotencyKey: undefined }, ports);
  return { ...admin, asked, sale };
};

/** The same, paid. */
const paid = async () => {
  const given = await begun();
  const { ports, asked, sale } = given;
  const { invoiceId, nonce, signature } = sale;
  await check(
    { ...asked, invoiceId, nonce, signature, sessionToken: SESSION, clientCardId: undefined },
    ports,
    gateway,
  );
  await notify({ ...asked, sessionToken: SESSION, serverCardId: "card-1001", invoiceId: undefined }, ports, gateway);
  const said = { status: "approved", orderId: "900001", invoiceId };
  const control = controlOf(KEY, said);
  await callback({ ...said, amount: "10.51", type: "sale", control }, ports, gateway);
  return given;
};

test("a sale that has begun expires when its session does", async () => {
  const { done, clock, sale } = await begun();
  const shown = async () => JSON.parse(await done(`sale show ${sale.invoiceId} --json`));
  expect(await shown()).toEqual({
    tenant: "shop",
    invoiceId: sale.invoiceId,
    state: "initiated",
    amount: "10.50",
    currency: "EUR",
    amountCentis: "1050",
    consumer: "c-42",
    endpointId: "1234",
    keyId: "k1",
    hasCard: false,
    gatewayStatus: null,
    orderId: null,
    anomalies: [],
    createdAt: "2026-11-25T08:01:00.000Z",
    checkedAt: null,
    finalAt: null,
    sessionExpiresAt: "2026-11-25T08:16:00.000Z",
    openUntil: "2026-11-25T08:16:00.000Z",
  });
  clock.advance(15 * MINUTE_MS - 1);
  expect((await shown()).state).toBe("initiated");
  clock.advance(1);
  expect((await shown()).state).toBe("expired");
});

test("a sale that was paid says how, and what is odd", async () => {
  const { done, clock, sale } = await paid();
  clock.advance(30 * DAY_MS);
  expect(await done(`sale show ${sale.invoiceId}`)).toBe(
    [
      `Sale ${sale.invoiceId} of shop`,
      "",
      "state         approved",
      "amount        10.50 EUR",
      "centis        1050: what was signed",
      "consumer      c-42",
      "endpoint      1234",
      "control key   k1",
      "card          mapped",
      "gateway       approved, order 900001",
      "anomalies     AMOUNT_MISMATCH",
      "created       2026-11-25 08:01:00Z",
      "checked       2026-11-25 08:01:00Z",
      "final         2026-11-25 08:01:00Z",
      "session over  2026-11-25 08:16:00Z",
      "open until    2026-12-10 08:01:00Z",
      "",
    ].join("\n"),
  );
});

test("a sale shows nothing that signs it, is kept as a digest, or stands for a person, device or card", async () => {
  const { done, twin, asked, sale } = await paid();
  const [item = {}] = twin.items().filter(({ sk }) => sk === "sale");
  const hidden = [
    "tokenDigest",
    "email",
    "serialNumber",
    "nonce",
    "signature",
    "fingerprint",
    "serverCardId",
    "clientCardId",
  ];
  const values = hidden.map((name) => String(item[name]));
  expect(values.filter((value) => value === "undefined")).toEqual([]);
  const told = `${await done(`sale show ${sale.invoiceId}`)}${await done(`sale show ${sale.invoiceId} --json`)}`;
  expect([...values, asked.accessToken, SESSION, KEY].filter((value) => told.includes(value))).toEqual([]);
});
