/** sonect.md 2.4 and 8, rows 8-14: users, and what only one of them can have. */
import { describe, expect, test } from "vitest";
import { takeCensus } from "../../support/census.ts";
import { A, ANN, B, basicOf, itemsOf, openPartnership } from "../../support/partnership.ts";
import { idIn, P1, P2, P3, P4, P9, said } from "./replies.ts";

const home = { country: "Switzerland", countryCode: "CH" };
const bea = { ...ANN, referenceId: "bank-user-43", email: "bea@example.com", phone: "+41790000043" };
const whole = {
  ...ANN,
  middleName: "Maria",
  dateOfBirth: "1990-04-01",
  address: {
    ...home,
    line1: "Bahnhofstrasse",
    line2: "c/o Frei",
    houseNumber: "1a",
    zip: "8001",
    city: "Zürich",
    formatted: "Bahnhofstrasse 1a, 8001 Zürich",
  },
};

describe("a creation", () => {
  test("sonect #8: repeated on the other path is one user, and answered as it was", async () => {
    const partnership = await openPartnership();
    const first = await partnership.createUser();
    expect(said(first)).toBe(`200 ${P2(idIn(first))}`);
    expect(idIn(first)).toMatch(/^usr_[0-9A-HJKMNP-TV-Z]{26}$/);
    const again = await partnership.call("POST /v7/user/create", { body: JSON.stringify(ANN), headers: basicOf(A) });
    expect(said(again)).toBe(`200 replayed ${first.body}`);
    expect(itemsOf(partnership, "user").filter(({ type }) => type === "user")).toHaveLength(1);
    takeCensus(partnership);
  });

  test.each([
    ["in other capitals", { ...whole, email: "ANN.Meier@Example.COM" }],
    [
      "with blanks around",
      { ...whole, firstName: " Ann\n", phone: ` ${ANN.phone} `, referenceId: ` ${ANN.referenceId}` },
    ],
    ["with what nobody asks for", { ...whole, nickname: "A", address: { ...whole.address, planet: "Earth" } }],
    ["in another order", Object.fromEntries(Object.entries(whole).toReversed())],
  ])("says the same %s", async (_, again) => {
    const { createUser } = await openPartnership();
    const first = await createUser(whole);
    expect(said(await createUser(again))).toBe(`200 replayed ${first.body}`);
  });

  test.each([null, "", "  "])("says the same with %j for what is absent", async (absent) => {
    const { createUser } = await openPartnership();
    const bare = { ...ANN, address: home };
    const first = await createUser(bare);
    const none = { line1: absent, line2: absent, houseNumber: absent, zip: absent, city: absent, formatted: absent };
    const again = { ...bare, middleName: absent, dateOfBirth: absent, address: { ...home, ...none } };
    expect(said(await createUser(again))).toBe(`200 replayed ${first.body}`);
    expect(said(await createUser({ ...bea, address: absent }))).toMatch(/^200 /);
    expect(said(await createUser(bea))).toMatch(/^200 replayed /);
  });

  test.each([
    ["lastName", { lastName: "Frei" }],
    ["firstName", { firstName: "ann" }],
    ["middleName", { middleName: undefined }],
    ["email", { email: "other@example.com" }],
    ["phone", { phone: "+41790000099" }],
    ["dateOfBirth", { dateOfBirth: "1990-04-02" }],
    ["address", { address: undefined }],
    ["city", { address: { ...whole.address, city: "Zug" } }],
    ["line1 for line2", { address: { ...whole.address, line1: undefined, line2: "Bahnhofstrasse" } }],
  ])("sonect #9: under the same reference with another %s is refused, and nothing changes", async (_, change) => {
    const partnership = await openPartnership();
    const first = await partnership.createUser(whole);
    const before = partnership.world.twin.items();
    expect(said(await partnership.createUser({ ...whole, ...change }))).toBe(`403 ${P4}`);
    expect(partnership.world.twin.items().filter(({ pk }) => !String(pk).includes("#rate#"))).toEqual(
      before.filter(({ pk }) => !String(pk).includes("#rate#")),
    );
    expect(said(await partnership.createUser(whole))).toBe(`200 replayed ${first.body}`);
  });

  test("sonect #10: with another's e-mail address, in other capitals", async () => {
    const partnership = await openPartnership();
    await partnership.createUser();
    expect(said(await partnership.createUser({ ...bea, email: "Ann.MEIER@example.com" }))).toBe(`403 ${P3}`);
    takeCensus(partnership);
  });

  test("sonect #11: with another's phone number", async () => {
    const partnership = await openPartnership();
    await partnership.createUser();
    expect(said(await partnership.createUser({ ...bea, phone: ANN.phone }))).toBe(`403 ${P4}`);
    takeCensus(partnership);
  });

  test("is judged in the order of the rules: reference, e-mail address, phone number", async () => {
    const { createUser } = await openPartnership();
    await createUser();
    await createUser(bea);
    const ofAnn = { email: ANN.email, phone: ANN.phone };
    expect(said(await createUser({ ...bea, ...ofAnn }))).toBe(`403 ${P4}`);
    expect(said(await createUser({ ...bea, ...ofAnn, referenceId: "new" }))).toBe(`403 ${P3}`);
    expect(said(await createUser({ ...bea, email: "new@example.com", referenceId: "new" }))).toBe(`403 ${P4}`);
  });

  test("that was refused has claimed nothing", async () => {
    const { createUser, exists } = await openPartnership();
    await createUser();
    expect(said(await createUser({ ...bea, phone: ANN.phone }))).toBe(`403 ${P4}`);
    expect(said(await createUser({ ...bea, email: ANN.email }))).toBe(`403 ${P3}`);
    expect(said(await exists({ id: bea.phone, idType: "phone", userType: "user" }))).toBe(`200 ${P1(false)}`);
    expect(said(await createUser({ ...bea, referenceId: "bank-user-44" }))).toMatch(/^200 \{/);
  });

  test("sonect #12: of another partner's is another user", async () => {
    const partnership = await openPartnership();
    const ids = [await partnership.createUser(ANN, A), await partnership.createUser(ANN, B)].map((answered) => {
      expect(said(answered)).toBe(`200 ${P2(idIn(answered))}`);
      return idIn(answered);
    });
    expect(new Set(ids).size).toBe(2);
    takeCensus(partnership);
  });
});

describe("what a user may be", () => {
  const invalid: Readonly<Record<string, unknown>> = {
    "address without countryCode": { address: { country: "Switzerland" } },
    "address without country": { address: { countryCode: "CH" } },
    "countryCode XX": { address: { ...home, countryCode: "XX" } },
    "countryCode in lower case": { address: { ...home, countryCode: "ch" } },
    "countryCode of three letters": { address: { ...home, countryCode: "CHE" } },
    "countryCode that was assigned once": { address: { ...home, countryCode: "AN" } },
    "address in a list": { address: [home] },
    "address as text": { address: "Bahnhofstrasse 1" },
    "a country of 101 characters": { address: { ...home, country: "x".repeat(101) } },
    "a line of 201 characters": { address: { ...home, line1: "x".repeat(201) } },
    "a house number of 21 characters": { address: { ...home, houseNumber: "1".repeat(21) } },
    "a zip that is a number": { address: { ...home, zip: 8001 } },
    "phone 0791234567": { phone: "0791234567" },
    "phone with blanks within": { phone: "+41 79 000 00 42" },
    "phone that is a number": { phone: 41790000042 },
    "born 2023-02-30": { dateOfBirth: "2023-02-30" },
    "born on 29 February of no leap year": { dateOfBirth: "1900-02-29" },
    "born 1899-12-31": { dateOfBirth: "1899-12-31" },
    "born today": { dateOfBirth: "2026-11-25" },
    "born tomorrow": { dateOfBirth: "2026-11-26" },
    "born 1990-4-1": { dateOfBirth: "1990-4-1" },
    "born at an hour": { dateOfBirth: "1990-04-01T00:00:00Z" },
    "no reference": { referenceId: undefined },
    "a blank reference": { referenceId: " " },
    "a reference of 129 characters": { referenceId: "x".repeat(129) },
    "a reference with a space": { referenceId: "bank user" },
    "a reference that is a number": { referenceId: 42 },
    "no first name": { firstName: undefined },
    "null for a name": { lastName: null },
    "a blank name": { lastName: "  " },
    "a name of 101 characters": { firstName: "x".repeat(101) },
    "a middle name of 101 characters": { middleName: "x".repeat(101) },
    "an e-mail address of 255 characters": { email: `${"x".repeat(243)}@example.com` },
    "an e-mail address without @": { email: "ann.example.com" },
    "an e-mail address with two @": { email: "ann@meier@example.com" },
    "an e-mail address of no dotted domain": { email: "ann@localhost" },
    "an e-mail address whose domain ends with a dot": { email: "ann@example.com." },
    "an e-mail address whose domain has two dots": { email: "ann@example..com" },
    "an e-mail address of nobody": { email: "@example.com" },
    "an e-mail address with a blank within": { email: "ann meier@example.com" },
  };
  test.each(Object.entries(invalid))("sonect #13: not %s", async (_, change) => {
    const partnership = await openPartnership();
    const before = itemsOf(partnership, "user").length;
    expect(said(await partnership.createUser({ ...ANN, ...Object(change) }))).toBe(`400 ${P9}`);
    expect(itemsOf(partnership, "user")).toHaveLength(before);
  });

  const valid: Readonly<Record<string, unknown>> = {
    "everything that there is": whole,
    "the longest reference": { referenceId: "!".repeat(128) },
    "the longest names": { firstName: "x".repeat(100), middleName: "y".repeat(100), lastName: "z".repeat(100) },
    "names of other letters": { firstName: "Zoë 🙂", lastName: "Ōe Kenzaburō 大江" },
    "the longest e-mail address": { email: `${"x".repeat(242)}@example.com` },
    "the longest lines": {
      address: { ...home, country: "x".repeat(100), line1: "x".repeat(200), houseNumber: "1".repeat(20) },
    },
    "born yesterday": { dateOfBirth: "2026-11-24" },
    "born on 29 February": { dateOfBirth: "2000-02-29" },
    "born 1900-01-01": { dateOfBirth: "1900-01-01" },
    "an address of any country": { address: { country: "Åland", countryCode: "AX" } },
  };
  test.each(Object.entries(valid))("%s", async (_, change) => {
    const { createUser } = await openPartnership();
    const wish = { ...ANN, ...Object(change) };
    const answered = await createUser(wish);
    expect(said(answered)).toBe(`200 ${P2(idIn(answered), wish.referenceId)}`);
  });

  test("born yesterday is by the server's clock", async () => {
    const { createUser, world } = await openPartnership();
    world.clock.advance(16 * 3_600_000 - 1);
    expect(said(await createUser({ ...ANN, dateOfBirth: "2026-11-25" }))).toBe(`400 ${P9}`);
    world.clock.advance(1);
    expect(said(await createUser({ ...ANN, dateOfBirth: "2026-11-25" }))).toMatch(/^200 /);
  });
});

describe("at once", () => {
  test("sonect #14: 20 equal creations are one user, and 20 say so", async () => {
    const partnership = await openPartnership();
    const answers = await Promise.all(Array.from({ length: 20 }, () => partnership.createUser()));
    const [first] = answers;
    expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(
      new Set([`200 ${P2(first === undefined ? "" : idIn(first))}`]),
    );
    expect(answers.filter(({ headers }) => headers["idempotency-replayed"] === "true")).toHaveLength(19);
    takeCensus(partnership);
  });

  test("two that want one e-mail address: exactly one gets it", async () => {
    const partnership = await openPartnership();
    const answers = await Promise.all([partnership.createUser(), partnership.createUser({ ...bea, email: ANN.email })]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 403]);
    expect(answers.find(({ status }) => status === 403)?.body).toBe(P3);
    takeCensus(partnership);
  });
});
