/** sbc.md 3, 9: which key signs, until when one serves, and from where the gateway calls. */
import { describe, expect, test } from "vitest";
import { currencyOf } from "#kernel/currency";
import { isGatewayAt, readNetwork } from "#sale/caller";
import { endpointFor, keyNamed, liveKeys, type Merchant } from "#sale/merchant";

const merchant: Merchant = {
  tenant: "shop",
  clientId: "client",
  endpoints: { EUR: "1234" },
  keys: [
    { id: "old", sealed: "", activeFromMs: 0, retireAtMs: 2_000 },
    { id: "next", sealed: "", activeFromMs: 3_000 },
    { id: "now", sealed: "", activeFromMs: 1_000, retireAtMs: 4_000 },
  ],
  gatewaySources: [],
  callbackTypes: ["sale"],
  tokenLifeMs: 1,
  sessionLifeMs: 1,
  outcomeWaitMs: 1,
  retentionDays: 1,
  revision: 1n,
};

describe("of several control keys", () => {
  test.each([
    [0, "old"],
    [999, "old"],
    [1_000, "now old"],
    [1_999, "now old"],
    [2_000, "now"],
    [3_000, "next now"],
    [3_999, "next now"],
    [4_000, "next"],
  ])("at %i those in use are, the one that signs first: %s", (nowMs, ids) => {
    expect(
      liveKeys(merchant, nowMs)
        .map(({ id }) => id)
        .join(" "),
    ).toBe(ids);
  });

  test.each([
    ["old", 1_999, "old"],
    ["old", 2_000, undefined],
    ["now", 3_999, "now"],
    ["now", 4_000, undefined],
    ["next", 2_999, "next"],
    ["unheard-of", 0, undefined],
  ])("the one called %s serves what it has signed at %i: %s", (id, nowMs, found) => {
    expect(keyNamed(merchant, id, nowMs)?.id).toBe(found);
  });
});

test("a currency has an endpoint where one is set, whatever objects inherit", () => {
  const currencies = ["EUR", "JPY"].map((code) => currencyOf(code));
  expect(currencies.map((currency) => currency && endpointFor(merchant, currency))).toEqual(["1234", undefined]);
});

describe("a network", () => {
  test.each([
    ["192.0.2.0/24", { address: "192.0.2.0", prefix: 24 }],
    ["192.0.2.7", { address: "192.0.2.7", prefix: 32 }],
    ["0.0.0.0/0", { address: "0.0.0.0", prefix: 0 }],
    ["2001:db8::/32", { address: "2001:db8::", prefix: 32 }],
    ["2001:db8::1", { address: "2001:db8::1", prefix: 128 }],
    ["192.0.2.0/33", undefined],
    ["2001:db8::/129", undefined],
    ["192.0.2.0/", undefined],
    ["192.0.2.0/-1", undefined],
    ["192.0.2", undefined],
    ["192.0.2.0/24/8", undefined],
    ["fe80::1%eth0", undefined],
    ["example.com", undefined],
    ["", undefined],
  ])("%j reads as %j", (text, network) => {
    expect(readNetwork(text)).toEqual(network);
  });

  test.each([
    [[], "203.0.113.1", true],
    [["192.0.2.0/24"], "192.0.2.255", true],
    [["192.0.2.0/24"], "192.0.3.0", false],
    [["192.0.2.7"], "192.0.2.7", true],
    [["192.0.2.7"], "192.0.2.8", false],
    [["198.51.100.0/24", "192.0.2.0/25"], "192.0.2.127", true],
    [["198.51.100.0/24", "192.0.2.0/25"], "192.0.2.128", false],
    [["2001:db8::/32"], "2001:db8:ffff::1", true],
    [["2001:db8::/32"], "2001:db9::1", false],
    [["0.0.0.0/0"], "203.0.113.1", true],
    [["0.0.0.0/0"], "2001:db8::1", false],
    [["192.0.2.0/24"], "no address", false],
    [["192.0.2.0/24"], "", false],
  ])("of the gateway, where %j are set, has %j: %s", (gatewaySources, address, isIn) => {
    expect(isGatewayAt({ ...merchant, gatewaySources }, address)).toBe(isIn);
  });
});
