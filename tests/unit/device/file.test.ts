/** The file that the simulator keeps a phone's keys in. */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { FileTrouble, forgetPhone, loadPhone, savePhone } from "../../../local/device/file.ts";
import { noteCame, noteShown, type Phone } from "../../../local/device/phone.ts";
import { makeKey } from "../../../local/device/signature.ts";
import type { Listed } from "../../../local/device/wire.ts";

const folder = (): string => {
  const path = mkdtempSync(join(tmpdir(), "phone-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
};

const phone: Phone = {
  base: "http://127.0.0.1:1",
  customerId: "999",
  userCode: "u",
  name: "Terminal",
  platform: "web",
  format: "der",
  key: makeKey(),
  approvalKey: makeKey(),
  ownerKey: "20260102-6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b",
  clockOffsetMs: -7,
  shown: [],
};

const listed = (nth: number): Listed => ({
  TransactionToken: `token ${nth}`,
  TransactionType: 2,
  TransactionName: "WEBLOGIN",
  TransactionContent: "x",
  CreatedAt: 1,
  ExpiresAt: 2,
  Challenge: "c",
  BindingRequired: false,
});

/** What can be compared of it. */
const plain = ({ key, approvalKey, ...rest }: Phone) => ({ ...rest, keys: [key.spki, approvalKey?.spki] });

describe("a phone's file", () => {
  test("is its owner's alone, in a folder that is made, and is all there is", () => {
    const path = join(folder(), "made", "phone.json");
    expect(loadPhone(path)).toBeUndefined();
    savePhone(path, phone);
    savePhone(path, { ...phone, name: "Mine" });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const kept = loadPhone(path);
    expect(kept && plain(kept)).toEqual(plain({ ...phone, name: "Mine" }));
    expect(readdirSync(join(path, ".."))).toEqual(["phone.json"]);
    forgetPhone(path);
    expect(loadPhone(path)).toBeUndefined();
  });

  test.each([0o640, 0o604, 0o622])("is not used where others may read or change it: mode %o", (mode) => {
    const path = join(folder(), "phone.json");
    savePhone(path, phone);
    chmodSync(path, mode);
    expect(() => loadPhone(path)).toThrow(`${path} holds keys that others may read: chmod 600 ${path}`);
  });

  test.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["something else", "{}"],
    ["a key that is none", "-----BEGIN PRIVATE KEY-----"],
  ])("with %s in it holds no phone", (what, text) => {
    const path = join(folder(), "phone.json");
    savePhone(path, phone);
    const broken = what.startsWith("a key")
      ? readFileSync(path, "utf8").replace(text, "-----BEGIN NOTHING-----")
      : text;
    writeFileSync(path, broken);
    expect(() => loadPhone(path)).toThrow(new FileTrouble(`${path} holds no phone`));
  });

  test("that cannot be written is told", () => {
    const path = join(folder(), "file");
    writeFileSync(path, "");
    expect(() => savePhone(join(path, "phone.json"), phone)).toThrow(/phone\.json cannot be written: EEXIST|ENOTDIR/);
    expect(() => forgetPhone(join(path, "phone.json"))).toThrow(/phone\.json cannot be removed: /);
  });
});

describe("what a phone has shown", () => {
  test("is kept with what came of it, the latest fifty", () => {
    const first = noteCame(noteShown(phone, [listed(0), listed(1)]), "token 0", "reject");
    const again = noteShown(first, [listed(0)]);
    expect(again.shown).toEqual([listed(1), { ...listed(0), came: "reject" }]);
    const many = noteShown(
      again,
      Array.from({ length: 49 }, (_, nth) => listed(nth + 2)),
    );
    expect(many.shown.map(({ TransactionToken }) => TransactionToken)).toEqual([
      "token 0",
      ...Array.from({ length: 49 }, (_, nth) => `token ${nth + 2}`),
    ]);
  });
});
