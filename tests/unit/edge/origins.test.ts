/** Which pages may read what is answered, and what their browsers are told. */
import { describe, expect, it } from "vitest";
import { endpoint } from "#edge/endpoint";
import { Fault, Refused, refuse } from "#kernel/refusal";
import { isWebSdkOrigin, moveOrigin } from "#partner/origin";
import type { CheckinMode } from "#partner/partner";
import type { Ports } from "#ports";
import { openTestPorts } from "../../support/ports.ts";
import { context, eventWith, everyAnswer, greet, linesWrittenBy, portsWith, rememberTelemetry } from "./given.ts";

const PAGE = "https://bank.example.com";
const json = { "content-type": "application/json", ...everyAnswer };
const opened = {
  "Access-Control-Allow-Origin": PAGE,
  "Access-Control-Expose-Headers": "X-Request-Id, Retry-After",
  Vary: "Origin",
};

const isOurs = async (origin: string): Promise<boolean> => origin === PAGE;
const sayHello = async () => ({ greeting: "Hello", times: 1n });

/** Asks the greeting's endpoint from a page of this origin; gives the answer. */
const askFrom = (origin: string | undefined, change: object = {}, useCase = sayHello, headers: object = {}) => {
  const { telemetry } = rememberTelemetry();
  const handler = endpoint({ ...greet, origins: isOurs, ...change }, useCase, () => portsWith(telemetry));
  const sent = { ...eventWith().headers, ...(origin !== undefined && { Origin: origin }), ...headers };
  return handler(eventWith({ headers: sent }), context);
};

describe("an answer is opened to pages", () => {
  it("of an origin that the contract knows", async () => {
    expect(await askFrom(PAGE)).toEqual({
      statusCode: 200,
      headers: { ...json, ...opened },
      body: '{"greeting":"Hello","times":1}',
    });
  });

  const noes: readonly (readonly [string, number, () => ReturnType<typeof askFrom>])[] = [
    ["of a caller who is nobody", 401, () => askFrom(PAGE, {}, sayHello, { "x-token": "another" })],
    ["of a body", 400, () => askFrom(PAGE, {}, sayHello, { "content-type": "text/plain" })],
    [
      "of the use case",
      503,
      () =>
        askFrom(PAGE, {}, async () => {
          throw new Refused(refuse("BUSY"));
        }),
    ],
    [
      "for a fault",
      500,
      () =>
        askFrom(PAGE, {}, async () => {
          throw new Fault("a bug");
        }),
    ],
  ];
  it.each(noes)("also where it is a refusal %s", async (_, statusCode, ask) => {
    expect(await ask()).toMatchObject({ statusCode, headers: { ...json, ...opened } });
  });
});

describe("an answer is as it would be, and closed to pages", () => {
  const fails = async (): Promise<boolean> => {
    throw new Fault("the table does not answer");
  };
  const breaks = (): Promise<boolean> => {
    throw new Fault("a bug");
  };
  it.each([
    ["of another origin", "https://bank.example.com.evil.example", {}],
    ["of an origin in another case", PAGE.toUpperCase(), {}],
    ["of two origins at once", `${PAGE}, https://evil.example`, {}],
    ["of no origin", "null", {}],
    ["of an origin that is empty", "", {}],
    ["which are none: there is no origin", undefined, {}],
    ["where the contract knows no origins", PAGE, { origins: undefined }],
    ["where origins cannot be looked up", PAGE, { origins: fails }],
    ["where looking them up breaks", PAGE, { origins: breaks }],
  ])("%s", async (_, origin, change) => {
    expect(await askFrom(origin, change)).toEqual({
      statusCode: 200,
      headers: json,
      body: '{"greeting":"Hello","times":1}',
    });
  });

  it("where there is no desk to ask", async () => {
    const live = () => Promise.reject(new Error("the stage has no secret"));
    const ask = endpoint({ ...greet, origins: isOurs }, sayHello, live);
    await linesWrittenBy(async () => {
      const answer = await ask(eventWith({ headers: { origin: PAGE } }), context);
      expect(answer).toEqual({ statusCode: 500, headers: json, body: '{"no":"FAULT"}' });
    });
  });
});

const local = (webSdk: string): CheckinMode => ({ mode: "local", webSdk });
const upstream: CheckinMode = { mode: "upstream" };

/** A table in which partners' web SDKs move about. */
const openOrigins = () => {
  const world = openTestPorts();
  return {
    ...world,
    move: async (before: CheckinMode | undefined, after: CheckinMode) => {
      const writes = moveOrigin(before, after);
      if (writes.length > 0) await world.ports.store.commit(writes, world.ports.ids.uuid());
      // What is remembered is forgotten by then.
      world.clock.advance(1_000);
      return writes.length;
    },
    isKnown: (origin: string) => isWebSdkOrigin(origin, world.ports),
  };
};

describe("an origin is known", () => {
  it("while a partner's web SDK is served from it, wherever it lies there", async () => {
    const { move, isKnown } = openOrigins();
    expect(await isKnown(PAGE)).toBe(false);
    await move(undefined, local(`${PAGE}/sdk/v1`));
    expect(await isKnown(PAGE)).toBe(true);
    await move(local(`${PAGE}/sdk/v1`), local("https://other.example.com:8443/sdk"));
    expect([await isKnown(PAGE), await isKnown("https://other.example.com:8443")]).toEqual([false, true]);
    await move(local("https://other.example.com:8443/sdk"), upstream);
    expect(await isKnown("https://other.example.com:8443")).toBe(false);
  });

  it("until the last of several partners has left it", async () => {
    const { move, isKnown } = openOrigins();
    await move(undefined, local(`${PAGE}/a`));
    await move(upstream, local(`${PAGE}/b`));
    await move(local(`${PAGE}/a`), upstream);
    expect(await isKnown(PAGE)).toBe(true);
    await move(local(`${PAGE}/b`), upstream);
    expect(await isKnown(PAGE)).toBe(false);
  });

  it("as browsers write it: without a port that goes without saying", async () => {
    const { move, isKnown } = openOrigins();
    await move(undefined, local("https://BANK.example.com:443/sdk"));
    expect([await isKnown(PAGE), await isKnown(`${PAGE}:443`), await isKnown("http://bank.example.com")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("without a write where it stays", async () => {
    const { move } = openOrigins();
    expect(await move(undefined, upstream)).toBe(0);
    expect(await move(undefined, local(PAGE))).toBe(1);
    expect(await move(local(PAGE), local(`${PAGE}/elsewhere`))).toBe(0);
    expect(await move(local(PAGE), local("https://other.example.com"))).toBe(2);
  });

  it("without a look at the table for what can be none", async () => {
    const recall: Ports["recall"] = () => {
      throw new Fault("the table was asked");
    };
    const none = ["null", "", "*", "file://", `https://${"a".repeat(300)}`, "https://a.example, https://b.example"];
    for (const origin of none) expect([origin, await isWebSdkOrigin(origin, { recall })]).toEqual([origin, false]);
  });
});
