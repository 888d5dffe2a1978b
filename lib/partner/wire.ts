/** The partner API as it is asked (sonect.md 1, 2.3-2.5). */
import * as z from "zod";
import { isCountry } from "#kernel/country";
import { example, MAX_ID, maybe, maybeText, text, word } from "#kernel/fields";
import { integer, isJsonObject, writeJson } from "#kernel/json";
import { isDay } from "#kernel/time";
import { type Person, userTypes } from "#partner/user";

/** Bounds of texts, in characters (sonect.md 2.3, 2.4). */
const MAX_REFERENCE = 128;
const MAX_NAME = 100;
const MAX_EMAIL = 254;
const MAX_LINE = 200;
const MAX_SHORT = 20;

/** The longest additional data, in bytes as it is kept (sonect.md 2.5). */
const MAX_ADDITIONAL_BYTES = 4_096;

/** The partner's key of a user (sonect.md 2.3). */
export const reference = z
  .string()
  .trim()
  .regex(/^[!-~]{1,128}$/);

/** A phone number, E.164. */
export const phone = z
  .string()
  .trim()
  .regex(/^\+[1-9]\d{6,14}$/);

/** An e-mail address, as far as it can be told from its text. */
export const email = z
  .string()
  .trim()
  .max(MAX_EMAIL)
  .regex(/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/);

/** A VAT number without its spaces, dots and dashes, in capitals; undefined where it is none. */
export const readVat = (said: string): string | undefined => {
  const plain = said.replace(/[ .-]/g, "");
  // Looked at first: the capitals of other letters (ß, ı) are letters of ours.
  return /^[A-Za-z]{2,3}[A-Za-z0-9]{2,15}$/.test(plain) ? plain.toUpperCase() : undefined;
};

/** How a party is asked after. */
const idTypes = ["id", "phone", "vat"] as const;

/** What exists is asked. */
export const ExistsRequest = z
  .object({
    id: text(MAX_REFERENCE).meta({
      description: "The partner's referenceId, an E.164 phone number, or a shop's VAT number: what `idType` says.",
    }),
    idType: word(idTypes).meta({ description: "What `id` is; `vat` of shops only." }),
    userType: word(userTypes).meta({ description: "A person, a shop (`atm`) or a cashier (`worker`)." }),
  })
  .meta(example({ id: "bank-user-1001", idType: "id", userType: "user" }))
  .transform(({ id, idType, userType: type }, context) => {
    const issue = () => context.issues.push({ code: "custom", message: "not of this idType", input: id, path: ["id"] });
    if (idType === "id" && reference.safeParse(id).success) return { by: "reference", type, value: id } as const;
    if (idType === "phone" && phone.safeParse(id).success) return { by: "phone", type, value: id } as const;
    const vat = idType === "vat" && type === "atm" ? readVat(id) : undefined;
    if (vat !== undefined) return { by: "vat", type, value: vat } as const;
    issue();
    return z.NEVER;
  });

/** Whom exists is asked after. */
export type Exists = z.output<typeof ExistsRequest>;

/** Whether a text is a day that there was, since 1900; whether it is past, only the clock tells. */
export const isBirthday = (text: string): boolean => isDay(text) && text >= "1900-01-01";

const birthday = maybeText(MAX_SHORT).refine((day) => day === undefined || isBirthday(day), "a day, YYYY-MM-DD");

const Address = z.object({
  country: text(MAX_NAME),
  countryCode: z
    .string()
    .trim()
    .refine(isCountry, "the two letters of a country")
    .meta({ description: "ISO 3166-1, two capitals." }),
  line1: maybeText(MAX_LINE),
  line2: maybeText(MAX_LINE),
  houseNumber: maybeText(MAX_SHORT),
  zip: maybeText(MAX_SHORT),
  city: maybeText(MAX_LINE),
  formatted: maybeText(MAX_LINE),
});

/** What createUser is asked. */
export const CreateUserRequest = z
  .object({
    referenceId: reference.meta({
      description:
        "The partner's own key of the user: 1 to 128 characters of ASCII, no space. A creation repeated under it is answered like the first one.",
    }),
    firstName: text(MAX_NAME),
    lastName: text(MAX_NAME),
    middleName: maybeText(MAX_NAME),
    email: email.meta({ description: "One user's alone within the partner, in whatever case." }),
    phone: phone.meta({ description: "E.164. One user's alone within the partner." }),
    dateOfBirth: birthday.meta({ format: "date", description: "From 1900-01-01 to yesterday." }),
    address: maybe(Address),
  })
  .meta(
    example({
      referenceId: "bank-user-42",
      firstName: "Cem",
      lastName: "Yılmaz",
      email: "cem.yilmaz@example.com",
      phone: "+41790000042",
      dateOfBirth: "1990-04-01",
      address: { country: "Switzerland", countryCode: "CH", line1: "Bahnhofstrasse", houseNumber: "1", city: "Zürich" },
    }),
  )
  .transform(({ referenceId, ...person }): { readonly reference: string; readonly person: Person } => ({
    reference: referenceId,
    person,
  }));

/** A user to create. */
export type CreateUser = z.output<typeof CreateUserRequest>;

const bankUserId = maybe(integer(1n, MAX_ID));

const additionalData = z
  .custom<Readonly<Record<string, unknown>>>(isJsonObject, "an object")
  .meta({ type: "object", properties: { userId: { type: "integer", minimum: 1, maximum: Number(MAX_ID) } } })
  .transform((data, context) => {
    const kept = writeJson(data);
    const linked = bankUserId.safeParse(data.userId);
    if (linked.success && Buffer.byteLength(kept) <= MAX_ADDITIONAL_BYTES) return { kept, bankUserId: linked.data };
    context.issues.push({ code: "custom", message: "too long, or with a userId that is none", input: data });
    return z.NEVER;
  });

/** What checkIn is asked. */
export const CheckInRequest = z
  .object({
    referenceId: reference.meta({ description: "The partner's own key of the user." }),
    additionalData: maybe(additionalData).meta({
      description:
        "Free content of 4,096 bytes at the most; kept encrypted. `userId` links the user to the bank's customer.",
    }),
  })
  .meta(example({ referenceId: "bank-user-1001", additionalData: { userId: 1001 } }))
  .transform(({ referenceId, additionalData: data }) => ({ reference: referenceId, data }));

/** A check-in to make. */
export type CheckIn = z.output<typeof CheckInRequest>;
