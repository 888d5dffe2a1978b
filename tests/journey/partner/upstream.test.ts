/** sonect.md 8, rows 22 and 24: check-ins that SONECT's own system makes. */
import { describe, expect, test } from "vitest";
import { openPost } from "#outgoing";
import type { Ports } from "#ports";
import { ANN, SHOWN_UPSTREAM } from "../../support/partnership.ts";
import { type Behaviour, openServer, promiseServer, type Server, says } from "../../support/upstream.ts";
import {
  checkInWith,
  given,
  ONE_REQUEST,
  openUpstreamPartner,
  RIGHT,
  SHOWN,
  URL_GIVEN,
} from "../../support/upstreamPartner.ts";
import { P6, P7, P8, P9, P10, said } from "./replies.ts";

const post = openPost({ loopback: true });

const checkedIn = (status = "active", url = URL_GIVEN): string => `200 ${P6(url, status, null)}`;
const unknown = `400 ${P7}`;
const outage = `500 ${P8}`;

/** Tries until a try has been refused; then the server listens. */
const listeningLate =
  (server: Server): Ports["post"] =>
  async (wish) => {
    const posted = await post(wish);
    if (posted.status === undefined) await server.listen();
    return posted;
  };

describe("a check-in that SONECT makes", () => {
  test("is asked for as it was asked of us, with the partner's credentials there", async () => {
    const server = await openServer(says(200, RIGHT));
    const partner = await openUpstreamPartner(server);
    const wish = { referenceId: ANN.referenceId, additionalData: { userId: 1001, note: "Zoë", more: [1.5, null] } };
    expect(said(await partner.checkIn(wish))).toBe(checkedIn());
    expect(server.received).toEqual([
      {
        route: "POST /v7/partnerCheckin",
        headers: {
          authorization: SHOWN,
          "content-type": "application/json",
          accept: "application/json",
          "content-length": "95",
          host: `127.0.0.1:${server.port}`,
          connection: "close",
        },
        body: JSON.stringify(wish),
      },
    ]);
  });

  test("is bounded: 2 s for a connection, 8 s for the answer, 64 KB", async () => {
    const { partner } = await checkInWith(says(200, RIGHT));
    const [{ connectMs, answerMs, maxBytes } = {}] = partner.asked;
    expect([connectMs, answerMs, maxBytes]).toEqual([2_000, 8_000, 65_536]);
  });

  test.each([
    ["with a capital I", given(URL_GIVEN, "checkInUrl")],
    ["in both spellings, alike", `{"payload":{"checkinUrl":"${URL_GIVEN}","checkInUrl":"${URL_GIVEN}"}}`],
    ["in one spelling, null in the other", `{"payload":{"checkinUrl":null,"checkInUrl":"${URL_GIVEN}"}}`],
    ["without any result", `{"payload":{"checkinUrl":"${URL_GIVEN}"}}`],
    ["with a result inside", `{"payload":{"result":0,"checkinUrl":"${URL_GIVEN}"}}`],
    ["with a result beside", `{"result":0,"payload":{"checkinUrl":"${URL_GIVEN}"}}`],
    ["beside what nobody has promised", `{"v":7.3,"payload":{"x":[{}],"checkinUrl":"${URL_GIVEN}"},"result":0}`],
    ["escaped otherwise", RIGHT.replaceAll("/", "\\/").replace("token", "\\u0074oken")],
    ["in an answer of 64 KB", RIGHT.padEnd(65_536)],
  ])("has the URL that SONECT gives: %s", async (_, body) => {
    const { answered, requests } = await checkInWith(says(200, body));
    expect([said(answered), requests]).toEqual([checkedIn(), ONE_REQUEST]);
  });

  test("has the URL unchanged, up to 4,096 characters", async () => {
    const url = `HTTPS://SDK.sonect.example/a/../b?q=%7e${"x".repeat(4_057)}`;
    const { answered } = await checkInWith(says(200, given(url)));
    expect([url.length, said(answered)]).toEqual([4_096, checkedIn("active", url)]);
  });

  test("has the status that the user has here", async () => {
    const server = await openServer(says(200, RIGHT));
    const partner = await openUpstreamPartner(server);
    await partner.createUser();
    await partner.blockUser();
    expect(said(await partner.checkIn())).toBe(checkedIn("blocked"));
  });

  test("links a user that is known here, once and for all", async () => {
    const server = await openServer(says(200, RIGHT));
    const partner = await openUpstreamPartner(server);
    await partner.createUser();
    const link = (userId: number) => partner.checkIn({ referenceId: ANN.referenceId, additionalData: { userId } });
    const answers = [await link(7), await link(8), await link(7)];
    expect(partner.linkOfUser()).toBe(7n);
    expect(answers.map(said)).toEqual([checkedIn(), `403 ${P10}`, checkedIn()]);
  });

  test("is not asked for before the request is one", async () => {
    const server = await openServer(says(200, RIGHT));
    const partner = await openUpstreamPartner(server);
    expect(said(await partner.checkIn({ referenceId: "" }))).toBe(`400 ${P9}`);
    expect(partner.asked).toEqual([]);
  });
});

describe("a refusal of SONECT's", () => {
  test.each([
    ["beside and inside", '{"result":-21,"payload":{"result":-21}}'],
    ["beside", '{"result":-21}'],
    ["inside", '{"payload":{"result":-21}}'],
    ["beside nothing", '{"result":-21,"payload":null}'],
    ["with the URL that is none", '{"result":-21,"payload":{"result":-21,"checkInUrl":null}}'],
  ])("sonect #22: of an unknown user passes through: result %s", async (_, body) => {
    const { answered, requests, partner } = await checkInWith(says(400, body));
    expect([said(answered), requests]).toEqual([unknown, ONE_REQUEST]);
    expect(partner.world.telemetry.logs.map(({ fields }) => fields.refusal)).toEqual(["USER_UNKNOWN"]);
  });

  test("sonect #22: of an unknown user links nobody", async () => {
    const server = await openServer(says(400, '{"result":-21}'));
    const partner = await openUpstreamPartner(server);
    await partner.createUser();
    expect(said(await partner.checkIn({ referenceId: ANN.referenceId, additionalData: { userId: 7 } }))).toBe(unknown);
    expect(partner.linkOfUser()).toBeUndefined();
  });
});

describe("a connection that is refused", () => {
  test("sonect #24: is tried once more", async () => {
    const server = await promiseServer(says(200, RIGHT));
    const partner = await openUpstreamPartner(server, listeningLate(server));
    expect(said(await partner.checkIn())).toBe(checkedIn());
    expect([server.received.length, server.connections(), partner.asked.length]).toEqual([1, 1, 2]);
  });

  test("is tried no third time", async () => {
    const server = await promiseServer(says(200, RIGHT));
    const partner = await openUpstreamPartner(server);
    expect(said(await partner.checkIn())).toBe(outage);
    expect([server.connections(), partner.asked.length]).toEqual([0, 2]);
  });

  test("is tried once more with the same bytes, and what comes of that is the answer", async () => {
    const server = await promiseServer(says(503));
    const partner = await openUpstreamPartner(server, listeningLate(server));
    expect(said(await partner.checkIn())).toBe(outage);
    expect([partner.asked[0], server.received.length]).toEqual([partner.asked[1], 1]);
  });
});

describe("what passes between SONECT and a partner", () => {
  const secrets = [SHOWN_UPSTREAM.clientSecret, SHOWN.slice(6), URL_GIVEN, "eyJhbGciOiJFZERTQSJ9", ANN.referenceId];
  const quoted: readonly (readonly [string, Behaviour])[] = [
    ["a check-in", says(200, RIGHT)],
    ["an unknown user", says(400, '{"result":-21}')],
    ["a refusal that quotes us", says(401, SHOWN, { "x-echo": SHOWN })],
    ["an outage", says(503, RIGHT)],
    ["bad JSON", says(200, `${RIGHT}}`)],
    ["two URLs", says(200, `{"payload":{"checkinUrl":"${URL_GIVEN}","checkInUrl":"https://a.example/"}}`)],
    ["no HTTP", (_, socket) => void socket.end(`${URL_GIVEN}\r\n\r\n`)],
  ];

  test.each(quoted)("is in no log: %s", async (_, behave) => {
    const { partner } = await checkInWith(behave);
    const { logs, counts } = partner.world.telemetry;
    expect(logs.length).toBe(1);
    const told = JSON.stringify([logs, counts]);
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
  });

  test("lies nowhere in the table as it is", async () => {
    const { partner } = await checkInWith(says(200, RIGHT));
    const kept = JSON.stringify(partner.world.twin.items(), (_, value) =>
      typeof value === "bigint" ? String(value) : value,
    );
    const texts = [SHOWN_UPSTREAM.clientId, SHOWN_UPSTREAM.clientSecret, URL_GIVEN];
    expect(texts.map((text) => kept.includes(text))).toEqual([true, false, false]);
  });
});
