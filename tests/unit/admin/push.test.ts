/** Where devices of approvals are woken, as an operator sets it. */
import { describe, expect, test } from "vitest";
import { webhookOf } from "#approval/push";
import { approvalPushKey } from "#store/keys/approval";
import { resealPush, setPush } from "../../../local/admin/push.ts";
import { inSandbox, lastEvent, openAdmin } from "./given.ts";

const URL = "https://push.bank.example/wake";

const kept = async ({ ports }: Pick<ReturnType<typeof openAdmin>, "ports">) => {
  const [found] = await ports.store.read([approvalPushKey()]);
  const { seal } = await ports.secrets();
  return found && webhookOf(seal, found);
};

describe("push messages", () => {
  test("go nowhere until an address is set, whose key is told once", async () => {
    const admin = openAdmin();
    expect(await admin.done("push show")).toBe("Phones are not woken: they ask what waits.\n");
    const out = await admin.done(`push set --url ${URL}`);
    const key = / {2}key {2}(\S+)/.exec(out)?.[1] ?? "";
    expect(out).toBe(
      [
        "Phones are woken within 30 seconds from now at",
        "",
        `  url  ${URL}`,
        `  key  ${key}`,
        "",
        "The key is shown this once, and kept sealed: put it where it belongs now.",
        "",
      ].join("\n"),
    );
    expect(await kept(admin)).toEqual({ url: URL, key });
    expect(await lastEvent(admin, "desk")).toEqual({
      type: "push.set",
      actor: "dana",
      subject: "push",
      detail: { url: URL },
    });
    expect(await admin.done("push show")).toBe(`Phones are woken at ${URL}\n`);
    expect(JSON.stringify(admin.twin.items(), (_, value) => String(value))).not.toContain(key);
  });

  test("go nowhere any more when that is wanted", async () => {
    const admin = openAdmin();
    await admin.done(`push set --url ${URL}`);
    expect(await admin.done("push remove")).toBe("Phones are not woken any more.\n");
    expect(await kept(admin)).toBeUndefined();
    expect(await lastEvent(admin, "desk")).toMatchObject({ type: "push.removed", detail: { url: URL } });
    const before = admin.twin.items();
    expect(await admin.done("push remove")).toBe("Phones were not woken: nothing was changed.\n");
    expect(admin.twin.items()).toEqual(before);
  });

  test("go to this machine in the sandbox alone", async () => {
    const { ports, twin } = openAdmin();
    const wish = { url: "http://127.0.0.1:4000/wake", actor: "dana" };
    await expect(setPush(ports, wish)).rejects.toMatchObject({ refusal: { code: "SANDBOX_VALUE" } });
    expect(twin.items()).toEqual([]);
    expect(await setPush(inSandbox(ports), wish)).toMatchObject({ url: wish.url });
  });

  test("are signed by the same key after it was sealed anew", async () => {
    const admin = openAdmin();
    await admin.done(`push set --url ${URL}`);
    const before = await kept(admin);
    const { seal } = await admin.ports.secrets();
    const ring = [{ id: "newer", key: new Uint8Array(32) }, ...seal] as const;
    expect(await resealPush(admin.ports, ring, "dana")).toBe(1);
    const [found] = await admin.ports.store.read([approvalPushKey()]);
    expect(found && webhookOf([ring[0]], found)).toEqual(before);
    expect(await resealPush(admin.ports, ring, "dana")).toBe(0);
    expect(await resealPush(openAdmin().ports, ring, "dana")).toBe(0);
  });
});
