/** `npm start` as an integrator has it: over HTTP, with nothing but the specification and the sandbox's values. */
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../local/offline.ts";
import { removeData, run, runAdmin, type Started, startSandbox } from "../support/sandbox.ts";

const TOKEN = "sandbox-integrator-token-000000000000000000000001";
const TOKEN_B = "sandbox-integrator-token-000000000000000000000002";
const JSON_TYPE = { "Content-Type": "application/json" };
const I8 = '{"Message":"Invalid request","ResultCode":1,"Skip":false}';

let sandbox: Started;

beforeAll(async () => {
  sandbox = await startSandbox(await freePort(), ["--fresh"]);
}, 90_000);

afterAll(async () => {
  await sandbox?.stop();
  removeData(sandbox?.port ?? 0);
});

const post = async (path: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) => {
  const answered = await fetch(`${sandbox.url}${path}`, {
    method: "POST",
    body,
    headers: { "X-Auth-Token": TOKEN, ...JSON_TYPE, ...headers },
  });
  return { status: answered.status, headers: answered.headers, body: await answered.text() };
};

const instant = (inMs: number) => new Date(Date.now() + inMs).toISOString();

const startBody = (userId: number, value: string, more = "") =>
  `{"userId":${userId},"amount":{"value":${value}},"dateOfTransaction":"${instant(0)}","expiryTimeOfTheOrder":"${instant(600_000)}"${more}}`;

const start = (userId: number, value: string, more = "", token = TOKEN) =>
  post("/api/sonect/startwithdrawal", startBody(userId, value, more), { "X-Auth-Token": token });

const end = (verb: "settle" | "cancel", userId: number, transactionId: string, token = TOKEN) =>
  post(
    `/api/sonect/${verb}withdrawal`,
    `{"TransactionId":${transactionId},"UserId":${userId},"DateOperation":"${instant(0)}"}`,
    { "X-Auth-Token": token },
  );

const idOf = ({ body }: { readonly body: string }) => /"TransactionId":(\d+)/.exec(body)?.[1] ?? "0";

const admin = (...args: readonly string[]) => runAdmin(sandbox, ...args);

describe("the sandbox", () => {
  test("is healthy, documented, and lists what to try", async () => {
    const health = await fetch(`${sandbox.url}/health`);
    expect([health.status, await health.text()]).toEqual([200, '{"status":"ok"}']);
    const docs = await fetch(`${sandbox.url}/docs`);
    expect([docs.status, docs.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    const page = await docs.text();
    expect(page).toContain("/api/sonect/startwithdrawal");
    expect(page).not.toMatch(/(?:src|href)="https?:\/\/(?!127\.0\.0\.1)/);
    expect(sandbox.printed()).toContain(TOKEN);
  });

  test.each([
    ["GET", "/api/sonect/startwithdrawal", 405, "POST"],
    ["DELETE", "/health", 405, "GET"],
    ["POST", "/sdk/", 405, "GET"],
    ["GET", "/nowhere", 404, null],
    ["POST", "/", 404, null],
  ])("%s %s is %i and says no more", async (method, path, status, allow) => {
    const answered = await fetch(`${sandbox.url}${path}`, { method });
    expect([answered.status, answered.headers.get("allow"), await answered.text()]).toEqual([status, allow, ""]);
    expect(answered.headers.get("x-request-id")).toBeTruthy();
  });

  test("lets pages of other origins do what the functions say, and no more", async () => {
    const opened = async (method: string, path: string, Origin: string) => {
      const { status, headers } = await fetch(`${sandbox.url}${path}`, { method, headers: { Origin } });
      const told = [...headers].filter(([name]) => name.startsWith("access-control-allow-"));
      return [status, Object.fromEntries(told)];
    };
    // The web SDK of partner A is served from here.
    const allowed = { "access-control-allow-origin": sandbox.url };
    const preflight = {
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": "authorization, content-type",
    };
    expect(await opened("GET", "/health", sandbox.url)).toEqual([200, {}]);
    expect(await opened("GET", "/sdk/v1/me", "https://evil.example")).toEqual([401, {}]);
    expect(await opened("GET", "/sdk/v1/me", sandbox.url)).toEqual([401, allowed]);
    for (const path of ["/sdk/v1/session", "/sdk/v1/me"]) {
      expect(await opened("OPTIONS", path, "https://evil.example")).toEqual([204, preflight]);
      expect(await opened("OPTIONS", path, sandbox.url)).toEqual([204, { ...allowed, ...preflight }]);
    }
  });

  test("holds, settles, replays and reverses", async () => {
    const held = await start(1005, "12.50", ',"sonectTransactionReferenceId":"e2e-1"');
    // The local gateway adds a charset; AWS hands the type over as it is.
    expect([held.status, held.headers.get("content-type")?.split(";")[0]]).toEqual([200, "application/json"]);
    expect(held.body).toBe(`{"Message":"OK","ResultCode":0,"Skip":false,"TransactionId":${idOf(held)}}`);
    const ok = '{"Message":"OK","ResultCode":0,"Skip":false}';
    const settled = [await end("settle", 1005, idOf(held)), await end("settle", 1005, idOf(held))];
    expect(settled.map(({ body, headers }) => [body, headers.get("idempotency-replayed")])).toEqual([
      [ok, null],
      [ok, "true"],
    ]);
    expect((await end("cancel", 1005, idOf(held))).body).toBe(ok);
    expect((await end("settle", 1005, idOf(held))).body).toContain('"ResultCode":21');
  });

  test.each([
    ["text/plain", "{}", { "Content-Type": "text/plain" }],
    ["an array", "[]", {}],
    ["nothing", "", {}],
    ["members twice", '{"userId":1005,"userId":1001}', {}],
    ["members twice, one escaped", '{"userId":1005,"user\\u0049d":1001}', {}],
    ["a lone surrogate", '{"store":"\\ud800"}', {}],
    ["a deep nest", `${"[".repeat(16_000)}${"]".repeat(16_000)}`, {}],
    ["more than 32,768 bytes", JSON.stringify({ store: "x".repeat(32_768) }), {}],
    ["broken UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), {}],
    ["truncated UTF-8", new Uint8Array([0x7b, 0x22, 0xf0, 0x9f, 0x98, 0x22, 0x3a, 0x31, 0x7d]), {}],
  ])("a body of %s is refused in the protocol's words", async (_, body, headers) => {
    const answered = await post("/api/sonect/startwithdrawal", body, headers);
    expect([answered.status, answered.body]).toEqual([400, I8]);
  });

  /** A start as it stands on the wire, with these header lines; what comes back, status line and all. */
  const raw = (lines: readonly string[], path = "/api/sonect/startwithdrawal"): Promise<string> =>
    new Promise((resolve, reject) => {
      const body = startBody(1005, "1");
      const head = [
        `POST ${path} HTTP/1.1`,
        "Host: x",
        "Connection: close",
        `Content-Length: ${body.length}`,
        ...lines,
      ];
      let text = "";
      const socket = connect(sandbox.port, "127.0.0.1", () => socket.write(`${head.join("\r\n")}\r\n\r\n${body}`));
      socket.setEncoding("utf8").on("data", (more: string) => {
        text += more;
      });
      socket.once("close", () => resolve(text)).once("error", reject);
    });

  test.each([
    ["no type", [`X-Auth-Token: ${TOKEN}`], 400],
    ["an empty type", [`X-Auth-Token: ${TOKEN}`, "Content-Type:"], 400],
    [
      "two tokens that differ",
      ["X-Auth-Token: another", `X-Auth-Token: ${TOKEN}`, "Content-Type: application/json"],
      401,
    ],
    [
      "two types that differ",
      [`X-Auth-Token: ${TOKEN}`, "Content-Type: text/plain", "Content-Type: application/json"],
      400,
    ],
  ])("a start with %s is refused as it would be behind AWS's gateway", async (_, lines, status) => {
    expect(await raw(lines)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test.each([
    ["null", 1003],
    ['"x"', 1003],
    ['""', 1003],
    ["0", 1003],
    ["false", 1003],
    ["{", 1001],
  ])("a body of %s reaches a till's function as it was sent", async (body, code) => {
    const till = {
      Authorization: "Bearer sandbox-swip-token-00000000000000000000000000000001",
      "X-Merchant-ID": "SWTS",
      "X-Store-ID": "SwipTestStore",
      "X-Cash-ID": "1",
    };
    const answered = await post("/orders/7d0c0001-0000-4000-8000-000000000000/cancel", body, till);
    expect([answered.status, JSON.parse(answered.body)]).toMatchObject([400, { code }]);
  });

  test("a path with a slash at its end is another path", async () => {
    const good = [`X-Auth-Token: ${TOKEN}`, "Content-Type: application/json"];
    expect(await raw(good, "/api/sonect/startwithdrawal/")).toMatch(/^HTTP\/1.1 404 /);
    expect((await fetch(`${sandbox.url}/health/?x=1`)).status).toBe(404);
  });

  test("a request that breaks off leaves it serving", async () => {
    const socket = connect(sandbox.port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write(
      `POST /api/sonect/startwithdrawal HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{"userId"`,
    );
    await new Promise((resolve) => socket.once("connect", resolve));
    socket.destroy();
    expect((await fetch(`${sandbox.url}/health`)).status).toBe(200);
  });

  test("thirty mixed calls at once end each order once, and the books are even", async () => {
    const held = await Promise.all(Array.from({ length: 6 }, (_, n) => start(1005, "10", `,"store":"race ${n}"`)));
    const calls = held.flatMap((answer) =>
      ["settle", "cancel", "settle", "cancel"].map((verb) => end(verb as "settle" | "cancel", 1005, idOf(answer))),
    );
    const same = startBody(1005, "10", ',"sonectTransactionReferenceId":"race"');
    const more = Array.from({ length: 6 }, () => post("/api/sonect/startwithdrawal", same));
    const [ends, starts] = [await Promise.all(calls), await Promise.all(more)];
    expect(ends.filter(({ status }) => status !== 200)).toEqual([]);
    expect(new Set(starts.map(idOf)).size).toBe(1);
    await end("cancel", 1005, idOf(starts[0] ?? { body: "" }));
    const { code, told } = await admin("reconcile", "bank-a");
    expect([code, told]).toMatchObject([0, { tenant: "bank-a" }]);
    const { told: account } = await admin("account", "show", "bank-a", "1005");
    expect(account).toMatchObject({ available: "100000.00", held: "0.00" });
  });

  test("counts yen whole and dinars in thousandths, for the tenant that the token is of", async () => {
    expect((await start(2001, "1.5", "", TOKEN_B)).body).toBe(I8);
    expect((await start(2001, "1", "", TOKEN)).body).toContain("Generic error");
    for (const [userId, value] of [
      [2001, "500"],
      [2002, "0.125"],
    ] as const) {
      const held = await start(userId, value, "", TOKEN_B);
      expect((await end("cancel", userId, idOf(held), TOKEN)).body).toContain("Order not found");
      expect((await end("cancel", userId, idOf(held), TOKEN_B)).body).toContain('"ResultCode":0');
    }
  });

  test("a second one on its port is refused in one line", async () => {
    const second = run("start.ts", [], { PORT: String(sandbox.port) });
    expect(await second.ended).toBe(1);
    expect(second.printed().trim().split("\n").length).toBe(1);
    expect(second.printed()).toContain(`Port ${sandbox.port} is taken`);
  });

  test("plays the demo without a surprise", async () => {
    const demo = run("demo.ts", ["--port", String(sandbox.port)]);
    const code = await demo.ended;
    expect([code, demo.printed().includes("SURPRISE")]).toEqual([0, false]);
    expect(demo.printed()).toContain("The books after");
    expect(demo.printed()).not.toMatch(/sandbox-\w+-(?:token|secret)-/);
  }, 120_000);

  test("has no story of what there is not", async () => {
    const demo = run("demo.ts", ["--port", String(sandbox.port), "--only", "nothing"]);
    expect(await demo.ended).toBe(2);
    expect(demo.printed()).toMatch(/^Usage: npm run demo/);
  });

  test("keeps its data over a restart, and stops without a trace", async () => {
    const held = await start(1005, "7", ',"sonectTransactionReferenceId":"kept"');
    expect(await sandbox.stop()).toBe(0);
    await expect(fetch(`${sandbox.url}/health`)).rejects.toThrow();
    sandbox = await startSandbox(sandbox.port);
    expect((await end("cancel", 1005, idOf(held))).body).toContain('"ResultCode":0');
  }, 90_000);
});
