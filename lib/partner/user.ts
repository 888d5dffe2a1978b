/** A user of a partner: a person, a shop (`atm`) or one of its cashiers (`worker`), as the protocol calls them. */

/** What a user can be. */
export const userTypes = ["user", "atm", "worker"] as const;

/** What a user is. */
export type UserType = (typeof userTypes)[number];

/** A blocked user may look, and do nothing (sonect.md 2.5). */
export const userStatuses = ["active", "blocked"] as const;

/** Where a person lives; `countryCode` is ISO 3166-1. */
export interface Address {
  readonly country: string;
  readonly countryCode: string;
  readonly line1?: string | undefined;
  readonly line2?: string | undefined;
  readonly houseNumber?: string | undefined;
  readonly zip?: string | undefined;
  readonly city?: string | undefined;
  readonly formatted?: string | undefined;
}

/** A person's particulars. */
export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly middleName?: string | undefined;
  readonly email: string;
  /** E.164. */
  readonly phone: string;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth?: string | undefined;
  readonly address?: Address | undefined;
}

/** What a user is known by, each of which is its own alone within the partner and its type. */
export interface Known {
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  /** Normalised: capitals and digits. */
  readonly vat?: string | undefined;
}

/** A user. */
export interface User {
  readonly tenant: string;
  readonly type: UserType;
  /** Ours: `usr_` and a ULID. */
  readonly id: string;
  /** The partner's. */
  readonly reference: string;
  readonly status: (typeof userStatuses)[number];
  /** Absent for shops and cashiers. */
  readonly person?: Person;
  /** What a shop or a cashier is called. */
  readonly name?: string;
  /** A shop's VAT number, normalised. */
  readonly vat?: string;
  /** The bank's number of the same customer. */
  readonly bankUserId?: bigint;
  /** Sessions whose check-in began before this instant are over; 0 while none was ended. */
  readonly sessionsFromMs: number;
  readonly createdAtMs: number;
}

/** An e-mail address as it is compared (sonect.md 2.4). */
export const sameEmail = (email: string): string => email.toLowerCase();
