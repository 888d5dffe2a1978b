/** sonect.md 8, row 23: whatever SONECT's own system does but give a URL or not know the user. */
import { describe, expect, test } from "vitest";
import { openPost } from "#outgoing";
import type { Ports } from "#ports";
import { ANN } from "../../support/partnership.ts";
import { type Behaviour, openServer, says, slow, spoilt } from "../../support/upstream.ts";
import {
  checkInWith,
  given,
  ONE_REQUEST,
  openUpstreamPartner,
  RIGHT,
  URL_GIVEN,
} from "../../support/upstreamPartner.ts";
import { P8, said } from "./replies.ts";

const post = openPost({ loopback: true });

const outage = `500 ${P8}`;

/** What is no answer although it was received whole. */
const wrong: readonly (readonly [what: string, behave: Behaviour])[] = [
  ["401", says(401, '{"result":-6,"payload":{"result":-6}}')],
  ["401 that says -21", says(401, '{"result":-21}')],
  ["403", says(403, '{"result":-6}')],
  ["404 that says -21", says(404, '{"result":-21}')],
  ["408", says(408)],
  ["429", says(429, '{"result":-1}', { "retry-after": "0" })],
  ["500", says(500, '{"result":-1,"payload":{"result":-1,"checkInUrl":null}}')],
  ["503", says(503, "Service Unavailable", { "content-type": "text/plain", "retry-after": "0" })],
  ["503 with a URL", says(503, RIGHT)],
  ["201 with a URL", says(201, RIGHT)],
  ["204", says(204)],
  ["301", says(301, "", { location: "/v7/partnerCheckin" })],
  ["302", says(302, RIGHT, { location: "/v7/partnerCheckin" })],
  ["307", says(307, "", { location: "/v7/partnerCheckin" })],
  ["400 of another result", says(400, '{"result":-1,"payload":{"result":-1}}')],
  ["400 of two results", says(400, '{"result":-21,"payload":{"result":-1}}')],
  ["400 of a result as text", says(400, '{"result":"-21"}')],
  ["400 of a result with a fraction", says(400, '{"result":-21.0}')],
  ["400 of a payload that is none", says(400, '{"result":-21,"payload":5}')],
  ["400 of nothing", says(400)],
  ["nothing", says(200)],
  ["bad JSON", says(200, RIGHT.slice(0, -1))],
  ["HTML", says(200, "<html></html>", { "content-type": "text/html" })],
  ["an array", says(200, `[${RIGHT}]`)],
  ["a number", says(200, "0")],
  ["no payload", says(200, '{"result":0}')],
  ["a payload that is a list", says(200, '{"result":0,"payload":[]}')],
  ["a repeated member", says(200, RIGHT.replace('"checkinUrl"', '"checkinUrl":"https://a.example","checkinUrl"'))],
  ["a byte order mark", says(200, `\ufeff${RIGHT}`)],
  ["a lone surrogate", says(200, given("https://a.example/").replace("a.", "\\ud800."))],
  ["another result", says(200, RIGHT.replaceAll(":0", ":-1"))],
  ["an unknown user with 200", says(200, '{"result":-21,"payload":{"result":-21}}')],
  ["two results", says(200, RIGHT.replace(":0", ":-1"))],
  ["a result that is null", says(200, RIGHT.replace(":0", ":null"))],
  ["a result as text", says(200, RIGHT.replace(":0", ':"0"'))],
  ["a result of 0.0", says(200, RIGHT.replace(":0", ":0.0"))],
  ["a result of -0", says(200, RIGHT.replace(":0", ":-0"))],
  ["no URL", says(200, '{"result":0,"payload":{"result":0}}')],
  ["a URL beside the payload", says(200, `{"result":0,"checkinUrl":"${URL_GIVEN}","payload":{"result":0}}`)],
  ["two URLs", says(200, `{"payload":{"checkinUrl":"${URL_GIVEN}","checkInUrl":"https://a.example/"}}`)],
  ["a URL that is null", says(200, '{"result":0,"payload":{"result":0,"checkinUrl":null}}')],
  ["a URL that is a number", says(200, '{"result":0,"payload":{"result":0,"checkinUrl":1}}')],
  ["an http URL", says(200, given("http://sdk.sonect.example/"))],
  ["an http URL of this machine", says(200, given("http://127.0.0.1:3000/"))],
  ["an ftp URL", says(200, given("ftp://sdk.sonect.example/"))],
  ["a javascript URL", says(200, given("javascript:https://sdk.sonect.example/"))],
  ["a relative URL", says(200, given("//sdk.sonect.example/"))],
  ["a URL without a host", says(200, given("https://"))],
  ["a URL with one slash", says(200, given("https:/sdk.sonect.example/"))],
  ["a URL with backslashes", says(200, given("https:\\\\sdk.sonect.example/"))],
  ["a URL with a line end", says(200, given("https://sdk.sonect.example/\nx"))],
  ["a URL with a space before it", says(200, given(` ${URL_GIVEN}`))],
  ["a URL that is not ASCII", says(200, given("https://sdk.sonect.example/ü"))],
  ["an empty URL", says(200, given(""))],
  ["a URL of 4,097 characters", says(200, given("https://a.example/".padEnd(4_097, "x")))],
];

/** P8 is also how a bug would be told: the log knows them apart. */
const outcomeOf = ({ partner, answered, requests }: Awaited<ReturnType<typeof checkInWith>>) => ({
  said: said(answered),
  refusals: partner.world.telemetry.logs.map(({ fields }) => fields.refusal),
  requests,
});
const failed = { said: outage, refusals: ["UPSTREAM_FAILED"], requests: ONE_REQUEST };

const hasty: Ports["post"] = (wish) => post({ ...wish, answerMs: 300 });

describe("an outage of SONECT's", () => {
  test.each(wrong)("sonect #23: is told as such, after one request: %s", async (_, behave) => {
    expect(outcomeOf(await checkInWith(behave))).toEqual(failed);
  });

  test.each(Object.entries(spoilt(RIGHT)))(
    "sonect #23: is told as such, after one request: it %s",
    async (_, [behave]) => {
      expect(outcomeOf(await checkInWith(behave))).toEqual(failed);
    },
  );

  test.each(Object.entries(slow))("sonect #23: is told as such, after one request: it %s", async (_, behave) => {
    expect(outcomeOf(await checkInWith(behave, hasty))).toEqual(failed);
  });

  test("links nobody", async () => {
    const partner = await openUpstreamPartner(await openServer(says(503)));
    await partner.createUser();
    await partner.checkIn({ referenceId: ANN.referenceId, additionalData: { userId: 7 } });
    expect(partner.linkOfUser()).toBeUndefined();
  });

  test("is also what a partner hears whose upstream nobody has set up", async () => {
    const partner = await openUpstreamPartner(undefined);
    expect([said(await partner.checkIn()), partner.asked]).toEqual([outage, []]);
  });
});
