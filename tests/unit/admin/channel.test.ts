/** Channels of approvals, as their operator makes and changes them. */
import { describe, expect, test } from "vitest";
import { channelFor } from "#approval/channel";
import { createChannel } from "../../../local/admin/channel.ts";
import { type Admin, failing, inSandbox, lastEvent, openAdmin } from "./given.ts";

const openChannelAdmin = async (): Promise<Admin & { readonly secret: string }> => {
  const admin = openAdmin();
  return { ...admin, ...JSON.parse(await admin.done("channel create bank-web --json")) };
};

/** What a desk knows of whoever shows these secrets, when it has forgotten what it remembered. */
const known = ({ ports, clock }: Admin, ...secrets: readonly string[]) => {
  clock.advance(2_000);
  return Promise.all(secrets.map((secret) => channelFor({ id: "bank-web", secret }, ports)));
};

const caller = { client: "bank-web", tellsIdentity: false };

describe("a channel", () => {
  test("is told its secret once, when it is made", async () => {
    const admin = openAdmin();
    const out = await admin.done("channel create bank-web");
    const secret = / {2}secret {2}(\S+)/.exec(out)?.[1] ?? "";
    expect(out).toBe(
      [
        "Made the channel bank-web of approvals:",
        "",
        "  id      bank-web",
        `  secret  ${secret}`,
        "",
        "The secret is shown this once and stored nowhere: put it where it belongs now.",
        "",
      ].join("\n"),
    );
    expect(await known(admin, secret, "another")).toEqual([caller, undefined]);
    expect(await lastEvent(admin, "desk")).toEqual({
      type: "channel.created",
      actor: "dana",
      subject: "bank-web",
      detail: {},
    });
    const stored = JSON.stringify(admin.twin.items(), (_, value) =>
      typeof value === "bigint" ? String(value) : value,
    );
    expect([stored.includes(secret), stored.includes("bank-web")]).toEqual([false, true]);
  });

  test("is shown and listed, never with its secrets", async () => {
    const { done, clock } = await openChannelAdmin();
    const createdAt = new Date(clock.nowMs).toISOString();
    const shown = `${createdAt.slice(0, 19).replace("T", " ")}Z`;
    expect(await done("channel show bank-web")).toBe(
      [
        "Channel bank-web of approvals",
        "",
        "enabled             yes",
        "login OTP identity  off",
        "live secrets        1",
        `created             ${shown}`,
        "",
      ].join("\n"),
    );
    await done("channel create Bank.ATM_2");
    await done("channel disable Bank.ATM_2");
    expect(await done("channel list")).toBe(
      [
        "CHANNEL     ENABLED  LIVE SECRETS  CREATED",
        `Bank.ATM_2  no       1             ${shown}`,
        `bank-web    yes      1             ${shown}`,
        "",
      ].join("\n"),
    );
    expect(JSON.parse(await done("channel list --json"))).toEqual({
      channels: [
        { id: "Bank.ATM_2", enabled: false, loginOtpIdentity: false, liveSecrets: 1, createdAt },
        { id: "bank-web", enabled: true, loginOtpIdentity: false, liveSecrets: 1, createdAt },
      ],
    });
    expect(await openAdmin().done("channel list")).toBe("There is no channel yet.\n");
  });

  test("has a secret beside the new one until it is retired, or the next rotation", async () => {
    const admin = await openChannelAdmin();
    const { done, secret: first } = admin;
    const rotate = async () => JSON.parse(await done("channel rotate bank-web --json")).secret as string;
    const second = await rotate();
    expect(await known(admin, first, second)).toEqual([caller, caller]);
    expect(await done("channel retire bank-web")).toBe(
      "Retired the secret before the newest one of the channel bank-web.\n",
    );
    expect(await known(admin, first, second)).toEqual([undefined, caller]);
    expect(await lastEvent(admin, "desk")).toMatchObject({ type: "channel.secret-retired", subject: "bank-web" });
    expect(await done("channel retire bank-web")).toBe("The channel bank-web has one secret: nothing was changed.\n");
    const [third, fourth] = [await rotate(), await rotate()];
    expect(await known(admin, second, third, fourth)).toEqual([undefined, caller, caller]);
    expect(await done("channel rotate bank-web")).toContain(
      "The one before lives until the next rotation, or until it is retired.",
    );
  });

  test("is let in while it is enabled", async () => {
    const admin = await openChannelAdmin();
    const { done, secret } = admin;
    expect(await done("channel disable bank-web")).toBe("The channel bank-web is disabled.\n");
    expect(await known(admin, secret)).toEqual([undefined]);
    expect(await lastEvent(admin, "desk")).toEqual({
      type: "channel.disabled",
      actor: "dana",
      subject: "bank-web",
      detail: { enabled: "yes -> no" },
    });
    const before = admin.twin.items();
    expect(JSON.parse(await done("channel disable bank-web --json"))).toMatchObject({ enabled: false, changed: false });
    expect(admin.twin.items()).toEqual(before);
    expect(await done("channel enable bank-web")).toBe("The channel bank-web is enabled.\n");
    expect(await known(admin, secret)).toEqual([caller]);
  });

  test("is told whose login codes are, where that is set", async () => {
    const admin = await openChannelAdmin();
    const { done, secret } = admin;
    expect(await done("channel set bank-web --login-otp-identity on")).toBe(
      "The channel bank-web is told whose a login code is.\n",
    );
    expect(await known(admin, secret)).toEqual([{ ...caller, tellsIdentity: true }]);
    expect(await lastEvent(admin, "desk")).toMatchObject({ detail: { loginOtpIdentity: "off -> on" } });
    await done("channel disable bank-web");
    await done("channel enable bank-web");
    expect(JSON.parse(await done("channel show bank-web --json"))).toMatchObject({ loginOtpIdentity: true });
    expect(await done("channel set bank-web --login-otp-identity off")).toBe(
      "The channel bank-web is told no identity.\n",
    );
  });
});

describe("nothing is done", () => {
  test.each([
    [
      "channel create bank-web",
      "CLIENT_EXISTS",
      'There is a client of this id already. "channel show" tells what it is; "channel rotate" gives it a new secret.',
    ],
    ["channel show x", "CHANNEL_UNKNOWN", 'There is no such channel. "channel list" shows those that there are.'],
    ["channel rotate x", "CHANNEL_UNKNOWN", undefined],
    ["channel retire x", "CHANNEL_UNKNOWN", undefined],
    ["channel enable x", "CHANNEL_UNKNOWN", undefined],
    ["channel disable x", "CHANNEL_UNKNOWN", undefined],
    ["channel set x --login-otp-identity on", "CHANNEL_UNKNOWN", undefined],
  ])("%s: %s", async (line, code, message) => {
    const admin = await openChannelAdmin();
    const before = admin.twin.items();
    expect(await failing(admin, line)).toMatchObject([1, { code, ...(message !== undefined && { message }) }]);
    expect(admin.twin.items()).toEqual(before);
  });

  test.each(["bank web", "bank#web", "", "x".repeat(65), "bänk"])("with the id %j", async (id) => {
    const { code, err } = await openAdmin().run("channel", "create", id);
    expect([code, err]).toEqual([2, expect.stringContaining("it has to be 1-64 letters, digits, ., - and _")]);
  });

  test("with public values outside the sandbox", async () => {
    const { ports, twin } = openAdmin();
    const wish = { channel: "bank-web", actor: "dana", secret: "sandbox-core-secret-0000000000000000000000000000001" };
    await expect(createChannel(ports, wish)).rejects.toMatchObject({ refusal: { code: "SANDBOX_VALUE" } });
    expect(twin.items()).toEqual([]);
    expect(await createChannel(inSandbox(ports), wish)).toEqual({ id: "bank-web", secret: wish.secret });
  });
});
