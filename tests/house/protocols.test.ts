/** What docs/protocols/ tells integrators: the bytes that are sent, code that runs, calls of the admin that there are. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Currency } from "#kernel/currency";
import { refuse } from "#kernel/refusal";
import { orderMachine } from "#pos/order.machine";
import { posRefusals } from "#pos/refusals";
import { sayRefusal as sayOrderRefusal } from "#pos/words";
import { encodeBegun, encodeChecked, encodeNoted, encodeToken } from "#sale/reply";
import { anomalies } from "#sale/sale";
import { saleMachine } from "#sale/sale.machine";
import { signChecked, signInitiated, signNoted } from "#sale/signature";
import { sayCheckRefusal, sayRefusal } from "#sale/words";
import { readCommand } from "../../local/gateway/commandLine.ts";
import * as replies from "../journey/partner/replies.ts";
import { openAdmin } from "../unit/admin/given.ts";
import { root } from "./sources.ts";

const folder = join(root, "docs/protocols");
const pages = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
const textOf = (wanted: string): string => pages.find(({ name }) => name === wanted)?.text ?? "";

const found = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, one = ""]) => one);

const blocksOf = (text: string, language: string): readonly string[] =>
  found(text, new RegExp(`^\`\`\`${language}\n(.*?)\n\`\`\`$`, "gms"));

describe.each(pages)("$name", ({ text }) => {
  const calls = [...new Set(found(text, /npm run admin -- ((?:"[^"]*"|[^`#\n"])+)/g).map((call) => call.trim()))];

  test.each(calls)("calls the admin as it is called: %s", async (call) => {
    const words = [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
    const { code, err } = await openAdmin().run(...words);
    expect(code === 2 ? err : "").toBe("");
  });

  test("leads to pages that there are", () => {
    expect(found(text, /\]\(([^)#:]+)\)/g).filter((link) => !existsSync(join(folder, link)))).toEqual([]);
  });
});

describe("partner.md", () => {
  const page = textOf("partner.md");
  const { P1, P2, P3, P4, P5, P6, P7, P8, P9, P10 } = replies;

  test("prints the replies as they are sent", () => {
    expect(blocksOf(page, "json").flatMap((block) => block.split("\n"))).toEqual([
      P1(true),
      P2("usr_01J8ZK3V5Q8X4M2N7T6R9W0B1C"),
      P3,
      P4,
      P5,
      P6(
        "https://sdk.example.com/#c=Zm9yLXRlc3RzLW9ubHktMzItYnl0ZXMtb2YtY29kZSE",
        "active",
        "2024-05-16T09:05:00.000Z",
      ),
      P7,
      P8,
      P9,
      P10,
      '{"accessToken":"<jwt>","tokenType":"Bearer","expiresIn":1800}',
    ]);
  });

  test("has code to copy that makes its own vectors", async () => {
    const [code = ""] = blocksOf(page, "js");
    const { sign, verify } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    const hmacKey = "fedcba9876543210".repeat(4);
    const vectors = [...page.matchAll(/^\| (user|payment|must fail)[^|]* \| `([^`]+)` \| `([^`]+)` \|$/gm)];
    const verified = vectors.map(([, name, message = "", signature]) => {
      const parts = ["11111111-2222-4333-8444-555555555555", ...message.split(":")];
      return [name, sign(hmacKey, parts) === signature, verify(hmacKey, parts, signature)];
    });
    expect(verified).toEqual([
      ["user", true, true],
      ["payment", true, true],
      ["must fail", false, false],
    ]);
    expect(() => sign(hmacKey, ["a:b", "c"])).toThrow(RangeError);
  });
});

describe("sale.md", () => {
  const page = textOf("sale.md");
  const vector = {
    controlKey: "00112233-4455-6677-8899-AABBCCDDEEFF",
    accessToken: "tok_0123456789abcdef0123456789abcdef",
    serialNumber: "SN-000001",
    endpointId: "1234",
    nonce: "nonce-0123456789abcdef0123456789abcdef",
    invoiceId: "7f3f0d0e-6f0b-4a37-9b1e-2f6f2d7f1a10",
  };

  test("prints the bytes of sbc.md 7, in its lengths", () => {
    const printed = blocksOf(page, "json").flatMap((block) => block.split("\n"));
    expect(printed.map((line) => [Buffer.byteLength(line), JSON.stringify(JSON.parse(line)) === line])).toEqual(
      [133, 170, 188, 350, 337, 253, 220, 295, 107, 78, 82, 96, 129].map((bytes) => [bytes, true]),
    );
  });

  test("prints the desk's own answers as it gives them", () => {
    const { accessToken: _, controlKey, serialNumber, ...sale } = vector;
    const sessionToken = "c0ffee00-1111-4222-8333-444455556666";
    const answered = { ...sale, serialNumber };
    const checked = { ...sale, sessionToken, currency: "EUR" as Currency };
    const sayings = [
      encodeToken({ accessToken: "A".repeat(64), expiresAtMs: Date.UTC(2030, 0, 1, 12, 30) }),
      encodeBegun({
        ...sale,
        signature: signInitiated(controlKey, { ...vector, amountCentis: 1050n, currency: "EUR" }),
        replayed: false,
      }),
      encodeChecked({
        ...checked,
        email: "a@b.io",
        serverCardId: "1001",
        checkSignature: signChecked(controlKey, answered, "1001"),
      }),
      encodeChecked({ ...checked, checkSignature: signChecked(controlKey, answered, undefined) }),
      encodeNoted({ ...checked, checkSignature: signNoted(controlKey, sale) }),
      sayRefusal(refuse("MALFORMED", { at: "fields", fields: "session.nonce, session.token" })),
      sayRefusal(refuse("SALE_REFUSED")),
      sayRefusal(refuse("FAULT")),
      sayRefusal(refuse("BUSY")),
      sayCheckRefusal(refuse("SALE_REFUSED"), { segments: { invoiceId: sale.invoiceId } }),
    ].map((said) => JSON.stringify(said?.body));
    const printed = blocksOf(page, "json").flatMap((block) => block.split("\n"));
    expect(sayings.filter((line) => !printed.includes(line))).toEqual([]);
  });

  test("tells every error that the desk says, every state and every anomaly", () => {
    const codes = found(page, /^\| (SALE-\d+) \|/gm);
    const utterances = ["MALFORMED", "SALE_REFUSED", "KEY_REUSED", "CURRENCY_UNACCEPTED", "AMOUNT_UNREPRESENTABLE"];
    const said = [
      ...[...utterances, "FAULT", "BUSY"].map((code) => sayRefusal(refuse(code))),
      sayRefusal(refuse("MALFORMED", { at: "fields", fields: "x" })),
      sayRefusal(refuse("MALFORMED", { at: "path", fields: "invoiceId" })),
    ].map((answer) => answer?.body.error.code ?? "");
    expect(codes.toSorted()).toEqual([...new Set(said)].toSorted());
    expect(found(page, /^\| `([A-Z_]+)` \|/gm)).toEqual(anomalies);
    const states = found(page, /^\| (`[a-z]+`(?:, `[a-z]+`)*) \|/gm).flatMap((cell) => found(cell, /`(\w+)`/g));
    expect(states).toEqual(Object.keys(saleMachine.states));
  });

  test("has code to copy that makes its own vectors", async () => {
    const [code = ""] = blocksOf(page, "js");
    const { sign, isSame, control } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
    const { controlKey, accessToken, serialNumber, endpointId, nonce, invoiceId } = vector;
    const initiated = [accessToken, serialNumber, endpointId, nonce, invoiceId, "1050", "EUR"];
    const values: Readonly<Record<string, readonly string[]>> = {
      V1: initiated,
      V2: [serialNumber, nonce, endpointId, invoiceId],
      V3: [serialNumber, nonce, endpointId, invoiceId, "1001"],
      V8: [nonce, endpointId, invoiceId],
      must: initiated,
    };
    const vectors = [...page.matchAll(/^\| (V\d|must)[^|]* \| (\d+) \| `([^`]+)` \|$/gm)];
    const verified = vectors.map(([, name = "", bytes, signature]) => {
      const signed = values[name] ?? [];
      const keys = [controlKey, controlKey.toLowerCase(), controlKey.replaceAll("-", "")];
      return [
        name,
        Buffer.byteLength(signed.join("")) === Number(bytes),
        keys.map((key) => isSame(sign(key, signed), signature)),
      ];
    });
    expect(verified).toEqual([
      ...["V1", "V2", "V3", "V8"].map((name) => [name, true, [true, true, true]]),
      ["must", true, [false, false, false]],
    ]);
    const [, bytes, controlled] = /^\| control[^|]* \| (\d+) \| `([^`]+)` \|$/m.exec(page) ?? [];
    const callback = { status: "approved", orderid: "900001", client_orderid: invoiceId };
    expect(control(controlKey, callback)).toBe(controlled);
    expect(`approved900001${invoiceId}${controlKey}`).toHaveLength(Number(bytes));
    expect(isSame("0", "0")).toBe(false);
  });

  test("calls the simulated gateway as it is called", () => {
    const calls = found(page.replaceAll(" \\\n", ""), /npm run gateway -- ([^`\n]+)/g);
    expect(calls.map((call) => readCommand(call.trim().split(/\s+/)).verb)).toEqual(["serve", "report"]);
  });
});

describe("pos.md", () => {
  const page = textOf("pos.md");

  test("prints JSON, and the refusals as they are said", () => {
    const printed = blocksOf(page, "json").flatMap((block) => block.split("\n"));
    expect(printed.filter((line) => typeof JSON.parse(line) !== "object")).toEqual([]);
    const issue = { way: ["purchases", "0", "amount"], message: "must equal price x quantity" };
    const said = [
      sayOrderRefusal(refuse("MALFORMED", { at: "fields", issues: JSON.stringify([issue]) })),
      sayOrderRefusal(refuse("ORDER_UNKNOWN")),
    ].map(({ body }) => JSON.stringify(body));
    expect(printed.filter((line) => said.includes(line))).toEqual(said);
  });

  test("tells every error that the desk says, and every state of an order", () => {
    const rows = [...page.matchAll(/^\| (\d+) \| (\d+) \| ([^|]+) \|/gm)].map((row) => row.slice(1, 4));
    const edge = [
      "UNAUTHENTICATED",
      "FORBIDDEN",
      "UNKNOWN_ROUTE",
      "RATE_LIMITED",
      "FAULT",
      "BUSY",
      "KEY_REUSED",
      "FUNDS_SHORT",
    ];
    const codes = Object.keys(posRefusals).filter((code) => !/^(?:TILL_MERCHANT|CUSTOMER)_/.test(code));
    const said = [
      ...["text", "headers", "fields"].map((at) => refuse("MALFORMED", { at })),
      ...[...edge, ...codes].map((code) => refuse(code)),
    ].map((refusal) => {
      const { status, body } = sayOrderRefusal(refusal);
      return [String(body.code), String(status), body.description];
    });
    const distinct = new Map(said.map((row) => [row.join(), row]));
    expect(rows).toEqual([...distinct.values()].toSorted(([one], [other]) => Number(one) - Number(other)));
    const states = found(page, /^\| (`[A-Z]+`) \|/gm).map((cell) => cell.replaceAll("`", ""));
    expect(states).toEqual(Object.keys(orderMachine.states));
  });
});
