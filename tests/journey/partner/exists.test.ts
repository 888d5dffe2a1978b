/** sonect.md 2.3 and 8, rows 3-6: whether a party exists, which is told to its own partner only. */
import { describe, expect, test } from "vitest";
import { A, ANN, B, openPartnership, VAT } from "../../support/partnership.ts";
import { P1, P1ofB, P9, said } from "./replies.ts";

const byId = { id: ANN.referenceId, idType: "id", userType: "user" };
const byPhone = { id: ANN.phone, idType: "phone", userType: "user" };
const byVat = { id: VAT, idType: "vat", userType: "atm" };

describe("a party", () => {
  test.each([
    ["its reference", byId],
    ["its phone number", byPhone],
    ["its reference, with blanks around", { id: ` ${ANN.referenceId}\t`, idType: " id ", userType: " user\n" }],
  ])("sonect #3: is known to its partner by %s", async (_, question) => {
    const { createUser, exists } = await openPartnership();
    expect(said(await exists(question))).toBe(`200 ${P1(false)}`);
    await createUser();
    expect(said(await exists(question))).toBe(`200 ${P1(true)}`);
  });

  test.each([byId, byPhone, byVat])("sonect #4: is unknown to another partner: %j", async (question) => {
    const { createUser, exists } = await openPartnership();
    await createUser();
    const unknown = await exists({ ...byId, id: "nobody" }, B);
    const foreign = await exists(question, B);
    expect(said(foreign)).toBe(`200 ${P1ofB(false)}`);
    expect(foreign.body).toBe(unknown.body);
    expect(Object.keys(foreign.headers)).toEqual(Object.keys(unknown.headers));
  });

  test.each([
    ["a user's VAT number", { ...byVat, userType: "user" }],
    ["a cashier's VAT number", { ...byVat, userType: "worker" }],
    ["an e-mail address", { ...byId, idType: "email", id: ANN.email }],
    ["no id", { idType: "id", userType: "user" }],
    ["no kind of id", { id: "a", userType: "user" }],
    ["no type", { id: "a", idType: "id" }],
    ["a type in capitals", { ...byId, userType: "USER" }],
    ["null", { ...byId, id: null }],
    ["a blank id", { ...byId, id: " " }],
    ["a number", '{"id":42,"idType":"id","userType":"user"}'],
    ["a reference with a space", { ...byId, id: "bank user" }],
    ["a reference that is not ASCII", { ...byId, id: "bänk" }],
    ["a reference of 129 characters", { ...byId, id: "x".repeat(129) }],
    ["a phone number without its plus", { ...byPhone, id: "41790000042" }],
    ["a phone number that begins with zero", { ...byPhone, id: "+01790000042" }],
    ["a phone number of 6 digits", { ...byPhone, id: "+123456" }],
    ["a phone number of 16 digits", { ...byPhone, id: "+1234567890123456" }],
    ["a phone number in other digits", { ...byPhone, id: "+4179000004２" }],
    ["a VAT number without a country", { ...byVat, id: "123456789" }],
    ["a VAT number of three characters", { ...byVat, id: "CHE" }],
    ["a VAT number of 19 characters", { ...byVat, id: `CHE${"1".repeat(16)}` }],
    ["a VAT number with a letter that has other capitals", { ...byVat, id: "CHEß23456789" }],
    ["a VAT number with a slash", { ...byVat, id: "CHE-123/456" }],
  ])("sonect #5: is not asked after by %s", async (_, question) => {
    const { exists } = await openPartnership();
    expect(said(await exists(question))).toBe(`400 ${P9}`);
  });

  test.each(["CHE-123.456.789", VAT, "che123456789", " C H E 1 2 3 4 5 6 7 8 9 ", "CHE.123-456 789"])(
    "sonect #6: a shop is known by its VAT number, written %j",
    async (id) => {
      const { exists } = await openPartnership();
      expect(said(await exists({ ...byVat, id }))).toBe(`200 ${P1(true)}`);
    },
  );

  test.each([
    ["a shop", { id: "shop-1", idType: "id", userType: "atm" }, true],
    ["a cashier", { id: "cashier-1", idType: "id", userType: "worker" }, true],
    ["a shop asked after as a user", { id: "shop-1", idType: "id", userType: "user" }, false],
    ["a shop in other letters", { id: "Shop-1", idType: "id", userType: "atm" }, false],
    ["another shop", { ...byVat, id: "CHE987654321" }, false],
    ["the longest reference", { ...byId, id: "~".repeat(128) }, false],
    ["the shortest phone number", { ...byPhone, id: "+1234567" }, false],
    ["the longest phone number", { ...byPhone, id: "+123456789012345" }, false],
    ["the shortest VAT number", { ...byVat, id: "CHE1" }, false],
    ["the longest VAT number", { ...byVat, id: `CHE${"1".repeat(15)}` }, false],
    ["a blocked user", byId, true],
  ])("is known as what it is: %s", async (_, question, isThere) => {
    const { createUser, changeUser, exists } = await openPartnership();
    await createUser();
    await changeUser(ANN.referenceId, { status: "blocked" });
    expect(said(await exists(question, A))).toBe(`200 ${P1(isThere)}`);
  });
});
