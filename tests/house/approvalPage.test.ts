/** What docs/protocols/approval.md tells integrators: the bytes that are sent, code that runs, the simulator as it is called. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as reply from "#approval/reply";
import * as words from "#approval/words";
import { refuse } from "#kernel/refusal";
import { readCommand } from "../../local/device/commandLine.ts";
import { decide, openListed } from "../support/enrolment.ts";
import { VECTOR_KEY } from "../support/phone.ts";
import { adminOf } from "../unit/admin/given.ts";
import { root } from "./sources.ts";

const page = readFileSync(join(root, "docs/protocols/approval.md"), "utf8");

const found = (pattern: RegExp): readonly string[] => [...page.matchAll(pattern)].map(([, one = ""]) => one);
const blocksOf = (language: string) => found(new RegExp(`^\`\`\`${language}\n(.*?)\n\`\`\`$`, "gms"));

const OWNER_KEY = "20260102-6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b";
const TOKEN = "AAECAwQFBgcICQoLDA0ODw==";
const NONCE = "EBESExQVFhcYGRobHB0eHw==";
const listed = {
  TransactionToken: TOKEN,
  TransactionType: 2,
  TransactionName: "WEBLOGIN",
  TransactionContent: "ENCRYPTEDCONFIRMATIONDATA",
  ExpiresAt: 1_767_312_180_000,
  Challenge: NONCE,
};

const says = (said: { readonly body?: unknown } | undefined): string => JSON.stringify(said?.body);

/** A refusal that a device hears at an instant. */
const toDevice = (code: string, serverTimeMs: number, facts = {}) =>
  says(words.sayToDevice(refuse(code, facts), {}, serverTimeMs));

describe("approval.md", () => {
  test("prints answers as they are given, and no others", () => {
    const at = { serverTimeMs: 1_767_312_001_120 };
    const decidedAt = 1_767_312_010_333;
    const token = "yGRDXgv4KRGRqJHqK5bLUQ==";
    const listedDevice = {
      ...{ ownerKey: OWNER_KEY, customerId: "999", state: "ACTIVE", name: "My phone", platform: "ios" },
      activatedAtMs: 1_767_311_990_120,
    };
    const waiting = {
      type: 2 as const,
      ...{ token: TOKEN, name: "WEBLOGIN", content: "ENCRYPTEDCONFIRMATIONDATA", challenge: NONCE },
      ...{ createdAtMs: 1_767_312_000_000, expiresAtMs: 1_767_312_180_000, isBound: false },
    };
    const printed = blocksOf("json").flatMap((block) => block.split("\n"));
    expect(printed).toEqual([
      says(reply.encodeOtp({ otp: "958495" })),
      says(reply.encodeLogin({})),
      says(reply.encodeStarted({ token, replayed: false })),
      says(reply.encodeStatus({ status: 4 })),
      says(reply.encodeStatus({ status: 6 })),
      says(words.sayNoOtp(refuse("RATE_LIMITED"))),
      says(words.sayNoLogin(refuse("LOGIN_CODE_INVALID"))),
      says(words.sayNoStart(refuse("OWNER_UNKNOWN"))),
      says(words.sayNoCheck(refuse("APPROVAL_UNKNOWN"))),
      says(words.sayNoCancel(refuse("APPROVAL_UNKNOWN"))),
      says(reply.encodeLogin({ who: { customerId: "999", ownerKey: OWNER_KEY } })),
      says(reply.encodeStarted({ token, bindingCode: "042317", replayed: false })),
      says(words.sayNoCancel(refuse("APPROVAL_OVER", { status: 1 }))),
      says(reply.encodeDevices([listedDevice])),
      says(reply.encodeDeviceState({ state: "BLOCKED" })),
      says(reply.encodeActivated({ ownerKey: OWNER_KEY, serverTimeMs: 1_767_311_990_120 })),
      says(reply.encodeDeviceStatus({ ownerKey: OWNER_KEY, waiting: 2, ...at })),
      says(reply.encodeTime(at)),
      says(reply.encodeDeactivated(at)),
      says(
        reply.encodeLoginOtp({
          code: "0b7e3c1a-52d4-4f86-9a1e-6c2f8d9b7a35",
          expiresAtMs: at.serverTimeMs + 120_000,
          ...at,
        }),
      ),
      says(reply.encodePending({ waiting: [waiting], ...at })),
      says(reply.encodeDecided({ status: 1, decidedAtMs: decidedAt, serverTimeMs: decidedAt + 7 })),
      toDevice("UNAUTHENTICATED", at.serverTimeMs),
      toDevice("APPROVAL_OVER", decidedAt + 7, { status: 6 }),
      says(words.sayNoOtp(refuse("MALFORMED"))).replace(/^.*?\[(.*)\].*$/, "$1"),
    ]);
  });

  test("tells every error that the two APIs say", () => {
    const told = found(/^\| (\d+) \| `/gm);
    const codes = [
      ...["OWNER_UNKNOWN", "MALFORMED", "LOGIN_CODE_INVALID", "APPROVAL_UNKNOWN", "FAULT", "UNAUTHENTICATED"],
      ...["DEVICE_INACTIVE", "APPROVAL_OVER", "APPROVAL_EXPIRED", "DEVICE_UNKNOWN", "ACTIVATION_FAILED"],
      ...["DECISION_REFUSED", "RATE_LIMITED", "WAITING_FULL", "DEVICES_FULL", "KEY_REUSED", "BUSY"],
    ];
    const said = codes.flatMap((code) => [says(words.sayNoStart(refuse(code))), toDevice(code, 0)]);
    const spoken = new Set(said.map((text) => /"ErrorCode":"(\d+)"/.exec(text)?.[1]));
    expect(told.toSorted()).toEqual([...spoken].toSorted());
  });

  test("has code to copy that makes the specification's frames, and signatures that verify", async () => {
    const code = blocksOf("js").join("\n");
    const { frame, sha256, decisionFrame, requestFrame, signFrame, isProven } = await import(
      `data:text/javascript,${encodeURIComponent(code)}`
    );
    const spki = Buffer.from(VECTOR_KEY.spki, "base64");
    const activation = ["8053944", undefined, "042317", sha256(spki), "1767311990000", NONCE];
    const path = "/device/v1/transactions/pending";
    const framed = [
      frame("PFDEV1", "activate", ...activation),
      requestFrame(path, OWNER_KEY, 1_767_312_001_000, NONCE, '{"MaxItems":20}'),
      decisionFrame(OWNER_KEY, listed, "approve", undefined),
      decisionFrame(OWNER_KEY, listed, "approve", undefined),
    ];
    const vectors = [...page.matchAll(/^\| [^|]+ \| (\d+) \| `([0-9a-f]{64})` \| `([^`]+)` \|$/gm)];
    expect(vectors.map(([, bytes, sum]) => [Number(bytes), sum])).toEqual(
      framed.map((bytes) => [bytes.length, sha256(bytes).toString("hex")]),
    );
    const detail = {
      ...{ decision: "approve", transactionType: "2", expiresAtMs: "1767312180000", challenge: NONCE },
      keySha: sha256(spki).toString("base64"),
    };
    const started = { name: "WEBLOGIN", content: "ENCRYPTEDCONFIRMATIONDATA" };
    const proven = (signature: string, signatureFormat: string, content = started.content) =>
      isProven(
        { actor: OWNER_KEY, subject: TOKEN, detail: { ...detail, signature } },
        { ...started, content },
        { publicKey: VECTOR_KEY.spki, signatureFormat },
      );
    const [, , raw = [], der = []] = vectors;
    const own = ["p1363", "der"].map((format) => signFrame(VECTOR_KEY.privateKey, format, framed[2]));
    expect([proven(raw[3] ?? "", "p1363"), proven(der[3] ?? "", "der")]).toEqual([true, true]);
    expect([proven(own[0], "p1363"), proven(own[1], "der")]).toEqual([true, true]);
    expect([proven(raw[3] ?? "", "p1363", "another"), proven(raw[3] ?? "", "der")]).toEqual([false, false]);
  });

  test("proves by what the admin tells, and nothing else, what a device has decided", async () => {
    const { isProven } = await import(`data:text/javascript,${encodeURIComponent(blocksOf("js").join("\n"))}`);
    const { approvals, phone, listed: waiting, bindingCode } = await openListed({ BindingMode: "code6" }, true);
    await decide(approvals, phone, waiting, "approve", { bindingCode });
    const { done } = adminOf(approvals.world);
    const { events } = JSON.parse(await done("approval audit --json"));
    const { devices } = JSON.parse(await done("device list 999 --json"));
    const [{ approvalPublicKey, publicKey, signatureFormat }] = devices;
    const started = { name: "WEBLOGIN", content: "ENCRYPTEDCONFIRMATIONDATA", bindingCode };
    const provenBy = (key: string) => isProven(events.at(-1), started, { publicKey: key, signatureFormat });
    expect([provenBy(approvalPublicKey), provenBy(publicKey)]).toEqual([true, false]);
  });

  test("calls the simulated phone as it is called", () => {
    const calls = found(/npm run device -- ([^`\n#]+)/g).map((call) => call.trim().split(/\s+/));
    expect(calls.map((argv) => readCommand(argv)?.deed.verb)).toEqual(["activate", "pending", "approve", undefined]);
  });
});
