/** What we send to partners' systems, and what becomes of it, whatever they do. */
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import { openPost } from "#outgoing";
import type { Post } from "#ports";
import { certificate } from "../support/certificate.ts";
import { LONGEST, openServer, promiseServer, says, slow, spoilt } from "../support/upstream.ts";

const post = openPost({ loopback: true });

const to = (port: number, wish: Partial<Post> = {}): Post => ({
  url: `http://127.0.0.1:${port}/v7/partnerCheckin`,
  headers: { "content-type": "application/json" },
  body: '{"name":"Zoë"}',
  connectMs: 2_000,
  answerMs: 8_000,
  maxBytes: LONGEST,
  ...wish,
});

/** Lets a certificate be vouched for while a test runs. */
const trust = (cert: string): void => {
  const before = getCACertificates();
  setDefaultCACertificates([...before, cert]);
  onTestFinished(() => setDefaultCACertificates(before));
};

describe("a request", () => {
  test("is sent whole, on a connection of its own, and asks for nothing that we could not read", async () => {
    const server = await openServer(says(200, "{}"));
    expect(await post(to(server.port))).toEqual({ status: 200, body: "{}" });
    expect(server.received).toEqual([
      {
        route: "POST /v7/partnerCheckin",
        headers: {
          "content-type": "application/json",
          "content-length": "15",
          host: `127.0.0.1:${server.port}`,
          connection: "close",
        },
        body: '{"name":"Zoë"}',
      },
    ]);
  });

  test("is one request of one connection, however many there were before", async () => {
    const server = await openServer(says(200, "{}"));
    for (let nth = 0; nth < 3; nth++) await post(to(server.port));
    expect([server.received.length, server.connections()]).toEqual([3, 3]);
  });

  test.each([
    ["header's value", { headers: { "x-reference": "1\r\nx-admin: 1" } }, "ERR_INVALID_CHAR"],
    ["header's name", { headers: { "x-reference: 1\r\nx-admin": "1" } }, "ERR_INVALID_HTTP_TOKEN"],
    ["URL", { url: "not a URL" }, "ERR_INVALID_URL"],
    ["port", { url: "https://127.0.0.1:99999/" }, "ERR_INVALID_URL"],
    ["protocol", { url: "ftp://127.0.0.1/" }, "not encrypted"],
    ["unencrypted address", { url: "http://192.0.2.1/" }, "not encrypted"],
    ["unencrypted name", { url: "http://localhost:1/" }, "not encrypted"],
  ])("is not sent with a %s that cannot be", async (_, wish, why) => {
    const server = await openServer(says(200, "{}"));
    expect(await post(to(server.port, wish))).toEqual({ connected: false, why });
    expect(server.connections()).toBe(0);
  });

  test("is not sent unencrypted, not even to this machine, unless that is said to be possible", async () => {
    const server = await openServer(says(200, "{}"));
    const deployed = openPost({ loopback: false });
    expect(await deployed(to(server.port))).toEqual({ connected: false, why: "not encrypted" });
    expect(server.connections()).toBe(0);
  });
});

describe("a connection", () => {
  test("that is refused is none", async () => {
    const server = await promiseServer(says(200, "{}"));
    expect(await post(to(server.port))).toEqual({ connected: false, why: "ECONNREFUSED" });
    await server.listen();
    expect(await post(to(server.port))).toEqual({ status: 200, body: "{}" });
  });

  test("that does not come about in time is none: TLS, too, is part of it", async () => {
    const server = await openServer(says(200, "{}"), { tls: { ...certificate, SNICallback: () => {} } });
    const wish = to(server.port, { url: `https://localhost:${server.port}/`, connectMs: 300 });
    expect(await post(wish)).toEqual({ connected: false, why: "no connection in time" });
    await server.close();
    expect([server.received, server.connections()]).toEqual([[], 1]);
  });

  test("without encryption where some is due is none", async () => {
    const server = await openServer(() => {}, { greet: (socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n") });
    const posted = await post(to(server.port, { url: `https://127.0.0.1:${server.port}/` }));
    expect(posted).toEqual({ connected: false, why: "ERR_SSL_WRONG_VERSION_NUMBER" });
  });

  test("with a certificate that nobody vouches for is none, and nothing was sent", async () => {
    const server = await openServer(says(200, "{}"), { tls: certificate });
    const posted = await post(to(server.port, { url: `https://localhost:${server.port}/` }));
    expect(posted).toEqual({ connected: false, why: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    await server.close();
    expect([server.received, server.connections()]).toEqual([[], 1]);
  });

  test("is encrypted and with whom it should be, or it is none", async () => {
    trust(certificate.cert);
    const server = await openServer(says(200, "{}"), { tls: certificate });
    const other = await post(to(server.port, { url: `https://127.0.0.1:${server.port}/` }));
    expect([other, server.received]).toEqual([{ connected: false, why: "ERR_TLS_CERT_ALTNAME_INVALID" }, []]);
    const right = await post(to(server.port, { url: `https://localhost:${server.port}/v7/partnerCheckin` }));
    expect(right).toEqual({ status: 200, body: "{}" });
    expect(server.received.map(({ route, body }) => [route, body])).toEqual([
      ["POST /v7/partnerCheckin", '{"name":"Zoë"}'],
    ]);
  });

  test.each(["::1", "::ffff:127.0.0.1"])("goes to an IPv6 address as to any: %s", async (address) => {
    const posted = await post(to(0, { url: `https://[${address}]:1/` }));
    expect(posted).toEqual({ connected: false, why: expect.stringMatching(/^(ECONNREFUSED|EADDRNOTAVAIL)$/) });
  });

  test("that is closed at once was one", async () => {
    const server = await openServer(() => {}, { greet: (socket) => socket.destroy() });
    expect(await post(to(server.port))).toEqual({ connected: true, why: "ECONNRESET" });
    expect([server.received, server.connections()]).toEqual([[], 1]);
  });
});

describe("an answer", () => {
  test.each([200, 201, 204, 301, 302, 307, 308, 400, 401, 429, 500, 503])(
    "of status %i is told as it is; nobody is asked again",
    async (status) => {
      const body = status === 204 ? "" : '{"result":0}';
      const server = await openServer(says(status, body, { location: "/elsewhere", "retry-after": "0" }));
      expect(await post(to(server.port))).toEqual({ status, body });
      expect([server.received.length, server.connections()]).toEqual([1, 1]);
    },
  );

  test.each([
    ["the longest", says(200, "x".repeat(LONGEST)), "x".repeat(LONGEST)],
    ["an empty", says(200), ""],
    ["one with a byte order mark", says(200, "\ufeff{}"), "\ufeff{}"],
    ["one of no type", says(200, "{}", { "content-type": "" }), "{}"],
    ["one that says that it is not encoded", says(200, "{}", { "content-encoding": "Identity" }), "{}"],
  ])("is told as it is: %s", async (_, behave, body) => {
    const server = await openServer(behave);
    expect(await post(to(server.port))).toEqual({ status: 200, body });
  });

  test("may begin with an interim one, and end with the connection", async () => {
    const server = await openServer((_, socket) => {
      socket.end("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.0 200 OK\r\n\r\n{}");
    });
    expect(await post(to(server.port))).toEqual({ status: 200, body: "{}" });
  });

  test.each(Object.entries(slow))("is none of a server that %s", async (_, behave) => {
    const server = await openServer(behave);
    expect(await post(to(server.port, { answerMs: 300 }))).toEqual({ connected: true, why: "no answer in time" });
    await server.close();
    expect(server.received.length).toBe(1);
  });

  test.each(Object.entries(spoilt("{}")))("is none of a server that %s", async (_, [behave, why]) => {
    const server = await openServer(behave);
    expect(await post(to(server.port))).toEqual({ connected: true, why });
    await server.close();
    expect([server.received.length, server.connections()]).toEqual([1, 1]);
  });
});
