/** The web SDK's page in a real browser, against `npm start`: what a bank's customer sees behind a check-in's URL. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../local/offline.ts";
import { type Browser, findBrowser, type Page, startBrowser } from "../support/browser.ts";
import { removeData, type Started, startSandbox } from "../support/sandbox.ts";

const path = findBrowser();
if (path === undefined)
  process.stdout.write("\nNO BROWSER IS INSTALLED: the web SDK's page is not tried. apt-get install chromium\n\n");

const BANK_A = `11111111-2222-4333-8444-555555555555:${"0123456789abcdef".repeat(4)}`;

describe.skipIf(path === undefined)("the web SDK's page", () => {
  let sandbox: Started;
  let browser: Browser;

  beforeAll(async () => {
    sandbox = await startSandbox(await freePort(), ["--fresh"]);
    browser = await startBrowser(path ?? "");
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop();
    removeData(sandbox?.port ?? 0);
  });

  const checkIn = async (referenceId: string): Promise<string> => {
    const answered = await fetch(`${sandbox.url}/v7/partnerCheckin`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Basic ${btoa(BANK_A)}` },
      body: JSON.stringify({ referenceId }),
    });
    const { payload } = (await answered.json()) as { readonly payload: { readonly checkinUrl: string } };
    return payload.checkinUrl;
  };

  const reached = (page: Page, state: string) =>
    page.until(`document.querySelector("main")?.dataset.state === ${JSON.stringify(state)}`);

  /** Opens a URL as it is clicked, and waits for a state. */
  const open = async (url: string, state: string): Promise<Page> => {
    const page = await browser.open();
    await page.visit(url);
    await reached(page, state);
    return page;
  };

  /** Texts, with plain spaces; which apostrophe stands between thousands depends on the browser's age. */
  const textOf = async (page: Page, selector: string): Promise<readonly string[]> => {
    const all = `[...document.querySelectorAll(${JSON.stringify(selector)})].map((found) => found.textContent)`;
    const texts = (await page.evaluate(all)) as readonly string[];
    return texts.map((text) => text.replaceAll("\u00a0", " ").replace(/(?<=\d)’(?=\d)/g, "'"));
  };

  const theme = (page: Page) => page.evaluate("document.documentElement.dataset.theme");

  test("opens a check-in's URL: greeting, status, amounts, limits, profile, and nothing of the code is left", async () => {
    const url = await checkIn("bank-user-1001");
    expect(url.startsWith(`${sandbox.url}/sdk/#c=`)).toBe(true);
    const page = await open(url, "open");
    expect(await textOf(page, "h1, .status strong, .chips li")).toEqual([
      "Hello, Ann",
      "Active",
      "CHF 20",
      "CHF 50",
      "CHF 100",
      "CHF 200",
    ]);
    expect(await textOf(page, "dt, dd")).toEqual([
      ...["Smallest amount", "CHF 20", "Largest amount", "CHF 500", "In steps of", "CHF 10"],
      ...["Per withdrawal", "CHF 500", "Per day", "CHF 1'000", "Per week", "CHF 2'000", "Per month", "CHF 5'000"],
      ...["Per year", "No limit", "Name", "Ann Meier", "Email", "ann.meier@example.com", "Phone", "+41790000001"],
      ...["Reference", "bank-user-1001"],
    ]);
    expect(await page.evaluate("location.href")).toBe(`${sandbox.url}/sdk/`);
    expect(
      await page.evaluate("[history.length, localStorage.length, sessionStorage.length, document.cookie]"),
    ).toEqual([expect.any(Number), 0, 0, ""]);
    expect(page.requests).toEqual(["GET /sdk/", "POST /sdk/v1/session", "GET /sdk/v1/me"]);
    expect(await textOf(page, "[role=status]")).toEqual(["Your page is open. Active: You can withdraw cash."]);
    expect(page.complaints).toEqual([]);
  });

  test("says of a URL that was opened before that it is used up", async () => {
    const url = await checkIn("bank-user-1001");
    await open(url, "open");
    const again = await open(url, "used");
    expect(await textOf(again, "main")).toEqual([
      "This link no longer works" +
        "This link has been used or has expired. Go back to your bank’s app and open it again.",
    ]);
    expect(await again.evaluate("location.hash")).toBe("");
    expect(again.requests).toEqual(["GET /sdk/", "POST /sdk/v1/session"]);
    expect(again.complaints).toEqual([]);
  });

  test.each([
    ["without a code", "/sdk", "none", "Open this page from your bank’s app"],
    ["with a part of a code", "/sdk/#c=Zm9yLXRlc3", "incomplete", "This link is incomplete"],
  ])("asks nobody %s", async (_, address, state, title) => {
    const page = await open(`${sandbox.url}${address}`, state);
    expect([await textOf(page, "h1"), await page.evaluate("location.hash")]).toEqual([[title], ""]);
    expect(page.requests).toEqual([`GET ${address.replace(/#.*/, "")}`]);
    expect(page.complaints).toEqual([]);
  });

  test("tells a blocked user so", async () => {
    const page = await open(await checkIn("bank-user-1003"), "open");
    expect(await textOf(page, "h1, .status")).toEqual([
      "Hello, Bea",
      "BlockedYou can look around, but you cannot withdraw cash. Your bank can tell you why, and unblock you.",
    ]);
    expect(page.complaints).toEqual([]);
  });

  test("opens another link on the same page", async () => {
    const page = await open(await checkIn("bank-user-1001"), "open");
    await page.visit(await checkIn("bank-user-1003"));
    await page.until(`document.querySelector("h1")?.textContent === "Hello, Bea"`);
    expect(await page.evaluate("location.hash")).toBe("");
  });

  test("is dark as the system is until it knows the bank's theme, and then as its user wants it", async () => {
    const page = await browser.open();
    await page.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: "dark" }] });
    await page.visit(`${sandbox.url}/sdk/`);
    await reached(page, "none");
    expect(await theme(page)).toBe("dark");
    await page.visit(await checkIn("bank-user-1001"));
    await reached(page, "open");
    expect(await theme(page)).toBe("white");
    await page.evaluate(`document.querySelector("[role=switch]").click()`);
    expect([await theme(page), await page.evaluate(`document.querySelector("[role=switch]").ariaChecked`)]).toEqual([
      "dark",
      "true",
    ]);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(14, 19, 27)");
    expect(page.complaints).toEqual([]);
  });

  test("offers to try again when nobody answers, with the same link and the focus in its place", async () => {
    const page = await browser.open();
    const url = await checkIn("bank-user-1001");
    await page.send("Network.setBlockedURLs", { urls: ["*/sdk/v1/session"] });
    await page.visit(url);
    await reached(page, "lost");
    await page.send("Network.setBlockedURLs", { urls: [] });
    await page.evaluate(`document.querySelector("main button").focus()`);
    await page.evaluate(`document.querySelector("main button").click()`);
    await reached(page, "open");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Hello, Ann");
  });

  /** A tab in which the API answers what it is told to: path by path, status, headers and body. */
  const openAnswered = async (answers: Readonly<Record<string, readonly unknown[]>>, state: string): Promise<Page> => {
    const page = await browser.open();
    await page.send("Page.addScriptToEvaluateOnNewDocument", {
      source: `fetch = async (path) => {
        const [status, headers, body] = (${JSON.stringify(answers)})[path];
        return new Response(JSON.stringify(body), { status, headers });
      };`,
    });
    await page.visit(`${sandbox.url}/sdk/#c=${"c".repeat(43)}`);
    await reached(page, state);
    return page;
  };

  const me = {
    profile: { id: "usr_1", referenceId: "bank-user-1" },
    status: "active",
    configuration: {
      currency: "CHF",
      locale: "de-CH",
      theme: "white",
      quickAmounts: [20],
      minAmount: 20,
      maxAmount: 20,
      stepAmount: 1,
      limits: {},
    },
  };

  const session = [200, {}, { accessToken: "token", tokenType: "Bearer", expiresIn: 1_800 }];

  test.each([
    ["asked too often", { "/sdk/v1/session": [429, { "Retry-After": "600" }, {}] }, "busy", ["Try again in 600 s"]],
    ["unavailable", { "/sdk/v1/session": [503, {}, {}] }, "failed", ["Try again"]],
    ["of another mind of what a code is", { "/sdk/v1/session": [400, {}, {}] }, "incomplete", []],
    [
      "unavailable a moment later",
      { "/sdk/v1/session": session, "/sdk/v1/me": [500, {}, {}] },
      "failed",
      ["Try again"],
    ],
    ["done with the session", { "/sdk/v1/session": session, "/sdk/v1/me": [401, {}, {}] }, "over", []],
    ["no longer what it was", { "/sdk/v1/session": session, "/sdk/v1/me": [200, {}, {}] }, "failed", ["Try again"]],
  ])("has words where the API is %s", async (_, answers, state, buttons) => {
    const page = await openAnswered(answers, state);
    expect(await textOf(page, "main button")).toEqual(buttons);
    expect(await page.evaluate(`document.querySelector("main button")?.disabled ?? false`)).toBe(state === "busy");
  });

  test("closes when the session ends, and leaves nothing of it", async () => {
    const short = [200, {}, { accessToken: "token", tokenType: "Bearer", expiresIn: 1 }];
    const answers = { "/sdk/v1/session": short, "/sdk/v1/me": [200, {}, me] };
    const page = await openAnswered(answers, "over");
    expect(await textOf(page, "h1, dd")).toEqual(["Your session has ended"]);
    expect(page.complaints).toEqual([]);
  });

  test("is as wide as a phone", async () => {
    const page = await browser.open();
    await page.send("Emulation.setDeviceMetricsOverride", {
      width: 320,
      height: 640,
      deviceScaleFactor: 2,
      mobile: true,
    });
    await page.visit(await checkIn("bank-user-1001"));
    await reached(page, "open");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
  });
});
