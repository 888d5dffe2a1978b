/** Users of a partner in words: for people, and as JSON documents. */
import { isoInstant } from "#kernel/time";
import type { Created } from "#partner/reply.wire";
import type { Address, User } from "#partner/user";
import { columns, instantText } from "./layout.ts";
import type { ChangedUser } from "./user.ts";
import type { Said } from "./verb.ts";

const nouns = { user: "user", atm: "shop", worker: "cashier" } as const;

const nameOf = ({ type, reference, tenant }: User): string => `${nouns[type]} ${reference} of ${tenant}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const documentOf = (user: User) => ({
  tenant: user.tenant,
  type: user.type,
  reference: user.reference,
  id: user.id,
  status: user.status,
  userId: user.bankUserId ?? null,
  ...(user.name !== undefined && { name: user.name }),
  ...(user.vat !== undefined && { vat: user.vat }),
  ...user.person,
  createdAt: isoInstant(user.createdAtMs),
});

/** Says that a user was created, now or before. */
export const sayCreated =
  (noun: (typeof nouns)[keyof typeof nouns]) =>
  ({ id, reference, replayed }: Created): Said => ({
    text: replayed
      ? `There is this ${noun} already, ${id}: nothing was changed.`
      : `Created the ${noun} ${reference}: ${id}`,
    document: { reference, id, replayed },
  });

/** Says what a user is after a change. */
export const sayChanged =
  (words: (user: User) => string) =>
  ({ user, changed }: ChangedUser): Said => ({
    text: `${capital(nameOf(user))} ${words(user)}${changed ? "" : "\nIt was so already: nothing was changed."}`,
    document: { ...documentOf(user), changed },
  });

const lineOf = ({ formatted, line1, line2, houseNumber, zip, city, country, countryCode }: Address): string =>
  formatted ??
  [line1, houseNumber, line2, zip, city, country, countryCode].filter((part) => part !== undefined).join(" ");

/** Says what a user is. */
export const sayUser = (user: User): Said => {
  const { person } = user;
  const names = person && [person.firstName, person.middleName, person.lastName].filter((part) => part !== undefined);
  const rows: readonly (readonly [name: string, text: string | undefined])[] = [
    ["id", user.id],
    ["status", user.status],
    ["name", names?.join(" ") ?? user.name],
    ["VAT", user.vat],
    ["email", person?.email],
    ["phone", person?.phone],
    ["born", person?.dateOfBirth],
    ["address", person?.address && lineOf(person.address)],
    ["customer", user.type === "user" ? String(user.bankUserId ?? "not linked") : undefined],
    ["created", instantText(user.createdAtMs)],
  ];
  const told = rows.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]]));
  return { text: [capital(nameOf(user)), "", columns(told)].join("\n"), document: documentOf(user) };
};
