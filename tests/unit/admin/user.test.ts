/** Users of a partner, shops and cashiers, and sessions: what an operator does with them. */
import { describe, expect, test } from "vitest";
import { checkIn } from "#partner/checkIn";
import { createUser } from "#partner/createUser";
import { exists } from "#partner/exists";
import { openSession } from "#partner/openSession";
import { findPartner } from "#partner/partner.item";
import { tokenIn } from "#partner/session";
import { showMe } from "#partner/showMe";
import type { Ports } from "#ports";
import { type Admin, openBankAdmin } from "./given.ts";

const PARTNER =
  "partner create bank --currency CHF --country CH --locale de-CH --quick-amounts 20 --min 20 --max 500 --step 10 --web-sdk https://sdk.example.com";
const ANN = "--first-name Ann --last-name Meier --email ann@example.com --phone +41790000001";

const openPartnerAdmin = async (): Promise<Admin> => {
  const admin = await openBankAdmin();
  await admin.done(PARTNER);
  return admin;
};

const openUserAdmin = async (): Promise<Admin & { readonly id: string }> => {
  const admin = await openPartnerAdmin();
  return { ...admin, id: JSON.parse(await admin.done(`user create bank u-1 ${ANN} --json`)).id };
};

const lastEvent = async ({ done }: Admin): Promise<unknown> => {
  const { events } = JSON.parse(await done("audit bank --json"));
  const { id, at, actor, ...event } = events.at(-1);
  return event;
};

const callerOf = async (ports: Ports) => {
  const partner = await findPartner(ports, "bank");
  if (partner === undefined) throw new Error("there is no partner");
  return { tenant: "bank", partner };
};

const shown = async ({ done }: Admin, rest = "u-1"): Promise<unknown> =>
  JSON.parse(await done(`user show bank ${rest} --json`));

const ann = (id: string) => ({
  tenant: "bank",
  type: "user",
  reference: "u-1",
  id,
  status: "active",
  userId: null,
  firstName: "Ann",
  lastName: "Meier",
  email: "ann@example.com",
  phone: "+41790000001",
  createdAt: "2026-11-25T08:00:00.000Z",
});

describe("a person", () => {
  test("is created as the partner API does it: each of the two is the other's replay", async () => {
    const admin = await openPartnerAdmin();
    const out = await admin.done(`user create bank u-1 ${ANN}`);
    const [id = ""] = /usr_\w{26}/.exec(out) ?? [];
    expect(out).toBe(`Created the user u-1: ${id}\n`);
    const person = { firstName: "Ann", lastName: "Meier", email: "ANN@example.com", phone: "+41790000001" };
    const caller = await callerOf(admin.ports);
    expect(await createUser({ reference: "u-1", person }, admin.ports, caller)).toEqual({
      id,
      reference: "u-1",
      replayed: true,
    });
    const before = admin.twin.items();
    expect(await admin.done(`user create bank u-1 ${ANN}`)).toBe(
      `There is this user already, ${id}: nothing was changed.\n`,
    );
    expect(admin.twin.items()).toEqual(before);
  });

  test("is known in the audit by its id alone", async () => {
    const admin = await openUserAdmin();
    expect(await lastEvent(admin)).toEqual({
      type: "user.created",
      subject: admin.id,
      detail: { type: "user", status: "active" },
    });
  });

  test("is shown with all that is known of it", async () => {
    const admin = await openUserAdmin();
    expect(await shown(admin)).toEqual(ann(admin.id));
    await admin.done(
      "user create bank u-2 --first-name B --middle-name C --last-name D --email b@example.com --phone +41790000002 --date-of-birth 1990-04-01 --status blocked --customer 7",
    );
    const [, , id = ""] = (await admin.done("user show bank u-2")).split("\n");
    expect(await admin.done("user show bank u-2")).toBe(
      [
        "User u-2 of bank",
        "",
        id,
        "status    blocked",
        "name      B C D",
        "email     b@example.com",
        "phone     +41790000002",
        "born      1990-04-01",
        "customer  7",
        "created   2026-11-25 08:00:00Z",
        "",
      ].join("\n"),
    );
  });

  test("is created once, and not otherwise under the same reference", async () => {
    const admin = await openUserAdmin();
    const again = "user create bank u-2 --first-name B --last-name D --email b@example.com --phone +41790000002";
    await admin.done(`${again} --customer 7`);
    expect(await admin.done(`${again} --customer 7`)).toContain("nothing was changed");
    expect(await admin.done(again)).toContain("nothing was changed");
    for (const other of ["--status blocked", "--customer 8"]) {
      const { code, out } = await admin.run(...`${again} ${other} --json`.split(" "));
      expect([code, JSON.parse(out).error.code]).toEqual([1, "REFERENCE_TAKEN"]);
    }
  });

  test("is blocked and unblocked, each once", async () => {
    const admin = await openUserAdmin();
    expect(await admin.done("user block bank u-1")).toBe("User u-1 of bank is blocked.\n");
    expect(await lastEvent(admin)).toEqual({ type: "user.blocked", subject: admin.id, detail: {} });
    expect(await admin.done("user block bank u-1")).toBe(
      "User u-1 of bank is blocked.\nIt was so already: nothing was changed.\n",
    );
    expect(await shown(admin)).toEqual({ ...ann(admin.id), status: "blocked" });
    expect(JSON.parse(await admin.done("user unblock bank u-1 --json"))).toEqual({ ...ann(admin.id), changed: true });
    expect(await lastEvent(admin)).toEqual({ type: "user.unblocked", subject: admin.id, detail: {} });
  });

  test("is linked to one customer of the bank, and the customer to one person, until the link is ended", async () => {
    const admin = await openUserAdmin();
    const { done, run } = admin;
    await done("user create bank u-2 --first-name B --last-name D --email b@example.com --phone +41790000002");
    expect(await done("user link bank u-1 1001")).toBe("User u-1 of bank is customer 1001 of the bank.\n");
    expect(await lastEvent(admin)).toEqual({ type: "user.linked", subject: admin.id, detail: { userId: "1001" } });
    expect(await done("user link bank u-1 1001")).toContain("nothing was changed");
    for (const line of ["user link bank u-1 1002", "user link bank u-2 1001"])
      expect([line, (await run(...line.split(" "))).err]).toEqual([
        line,
        'The user is linked to another bank customer, or the bank customer to another user. "user show" tells what a user is linked to; "user unlink" ends it.\n',
      ]);
    expect(await done("user unlink bank u-1")).toBe("User u-1 of bank is linked to no customer of the bank.\n");
    expect(await lastEvent(admin)).toEqual({ type: "user.unlinked", subject: admin.id, detail: { userId: "1001" } });
    expect(await done("user unlink bank u-1")).toContain("nothing was changed");
    await done("user link bank u-2 1001");
    await done("user link bank u-1 1002");
    expect(await shown(admin)).toEqual({ ...ann(admin.id), userId: 1002 });
  });
});

describe("a shop and a cashier", () => {
  test("are created, and known to the partner API by what is their own", async () => {
    const { done, run, ports } = await openPartnerAdmin();
    const shop = ["shop", "create", "bank", "s-1", "--name", "Corner Shop", "--vat", "che-123.456.789"];
    const { out } = await run(...shop);
    expect(out).toMatch(/^Created the shop s-1: usr_\w{26}\n$/);
    expect(await done("user show bank s-1 --type atm")).toContain("\nVAT      CHE123456789\n");
    expect((await run(...shop)).out).toMatch(/^There is this shop already, usr_\w{26}: nothing was changed\.\n$/);
    expect(await done("worker create bank c-1 --name Till --phone +41790000009")).toMatch(/^Created the cashier c-1: /);
    const caller = await callerOf(ports);
    const known = async (by: "vat" | "phone" | "reference", type: "atm" | "worker" | "user", value: string) =>
      (await exists({ by, type, value } as Parameters<typeof exists>[0], ports, caller)).exists;
    expect(await known("vat", "atm", "CHE123456789")).toBe(true);
    expect(await known("reference", "atm", "s-1")).toBe(true);
    expect(await known("phone", "worker", "+41790000009")).toBe(true);
    expect(await known("phone", "user", "+41790000009")).toBe(false);
    expect(await done("user show bank s-1 --type atm")).toMatch(
      /^Shop s-1 of bank\n\nid {7}usr_\w+\nstatus {3}active\nname {5}Corner Shop\nVAT {6}CHE123456789\ncreated {2}2026-11-25 08:00:00Z\n$/,
    );
    expect(await done("user block bank c-1 --type worker")).toBe("Cashier c-1 of bank is blocked.\n");
  });
});

describe("nothing is done", () => {
  test.each([
    [`user create bank u-1 ${ANN.replace("Ann", "Eve")}`, "REFERENCE_TAKEN"],
    [`user create bank u-2 ${ANN.replace("ann@", "ANN@")}`, "EMAIL_TAKEN"],
    [`user create bank u-2 ${ANN.replace("ann@", "eve@")}`, "PHONE_TAKEN"],
    [`user create bank u-2 ${ANN} --date-of-birth 2026-11-25`, "MALFORMED"],
    [`user create other u-1 ${ANN}`, "PARTNER_UNKNOWN"],
    [`user create x u-1 ${ANN}`, "TENANT_UNKNOWN"],
    ["shop create bank s-1 --name Other --vat CHE123456789", "REFERENCE_TAKEN"],
    ["shop create bank s-2 --name Other --vat CHE123456789", "VAT_TAKEN"],
    ["shop create other s-1 --name Other", "PARTNER_UNKNOWN"],
    ["user show bank nobody", "USER_UNKNOWN"],
    ["user show bank u-1 --type worker", "USER_UNKNOWN"],
    ["user show other u-1", "PARTNER_UNKNOWN"],
    ["user block bank nobody", "USER_UNKNOWN"],
    ["user link bank nobody 1", "USER_UNKNOWN"],
    ["user unlink bank nobody", "USER_UNKNOWN"],
    ["user sign-out bank nobody", "USER_UNKNOWN"],
    [`session revoke ${"A".repeat(43)}`, "SESSION_UNKNOWN"],
  ])("%s: %s", async (line, code) => {
    const { done, run, twin } = await openUserAdmin();
    await done("tenant create other --name Other --time-zone UTC");
    await done("shop create bank s-1 --name Shop --vat CHE123456789");
    const before = twin.items();
    const { code: exitCode, out } = await run(...line.split(" "), "--json");
    expect([exitCode, JSON.parse(out).error.code]).toEqual([1, code]);
    expect(twin.items()).toEqual(before);
  });
});

describe("a session", () => {
  const open = async (admin: Admin) => {
    const { ports } = admin;
    const { url } = await checkIn({ reference: "u-1", data: undefined }, ports, await callerOf(ports));
    const code = url.split("#c=")[1] ?? "";
    const { token } = await openSession({ code }, ports);
    const { sid } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    const me = async (): Promise<string> => (await showMe(undefined, ports, await tokenIn(ports, token))).user.id;
    return { sid: String(sid), me };
  };
  const over = { refusal: { code: "UNAUTHENTICATED" } };

  test("is revoked by its id, once, and the others go on", async () => {
    const admin = await openUserAdmin();
    const [one, other] = [await open(admin), await open(admin)];
    expect(await admin.done(`session revoke -- ${one.sid}`)).toBe(`Ended the session ${one.sid}\nof a user of bank.\n`);
    expect(await lastEvent(admin)).toEqual({
      type: "session.revoked",
      subject: admin.id,
      detail: { session: one.sid },
    });
    await expect(one.me()).rejects.toMatchObject(over);
    expect(await other.me()).toBe(admin.id);
    expect(await admin.done(`session revoke --json -- ${one.sid}`)).toBe(
      `{"tenant":"bank","session":"${one.sid}","changed":false}\n`,
    );
  });

  test("ends with all the others of a person who is signed out, and a new one begins", async () => {
    const admin = await openUserAdmin();
    const [one, other] = [await open(admin), await open(admin)];
    expect(await admin.done("user sign-out bank u-1")).toBe("User u-1 of bank is signed out everywhere.\n");
    expect(await lastEvent(admin)).toEqual({ type: "user.signed-out", subject: admin.id, detail: {} });
    await expect(one.me()).rejects.toMatchObject(over);
    await expect(other.me()).rejects.toMatchObject(over);
    admin.clock.advance(1);
    expect(await (await open(admin)).me()).toBe(admin.id);
  });

  test("stays over when its user is signed out again, by a clock that is behind", async () => {
    const admin = await openUserAdmin();
    const one = await open(admin);
    await admin.done("user sign-out bank u-1");
    admin.clock.advance(-120_000);
    await admin.done("user sign-out bank u-1");
    admin.clock.advance(120_000);
    await expect(one.me()).rejects.toMatchObject(over);
  });
});
