/** Where identifiers and secrets come from; `idsBy` makes the port `Ids` of them. */
import { randomBytes, randomInt, randomUUID } from "node:crypto";

/** A uniformly random integer from 1 to 2^53-1: JSON readers that use floats still read it exactly. */
export const randomNumber = (): bigint => {
  // randomInt draws 48 bits at the most, from a pool; 26 and 27 make 53. Zero, once in 2^53, is drawn again.
  const drawn = (BigInt(randomInt(2 ** 26)) << 27n) | BigInt(randomInt(2 ** 27));
  return drawn === 0n ? randomNumber() : drawn;
};

/** A UUID of version 7 (RFC 9562): its text sorts by `nowMs`, whole epoch milliseconds; in random order within one. */
export const uuidV7 = (nowMs: number): string => {
  if (!Number.isInteger(nowMs) || nowMs < 0 || nowMs >= 2 ** 48) throw new RangeError("a UUID holds 48 bits of time");
  const time = nowMs.toString(16).padStart(12, "0");
  // Behind its version, a UUID of version 4 is as random as one of version 7, and Node draws it from a pool.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
};

/** A machine secret: 32 random bytes, base64url, 43 characters. */
export const randomSecret = (): string => randomBytes(32).toString("base64url");

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const crockford = (value: bigint, length: number): string =>
  Array.from({ length }, (_, nth) => CROCKFORD[Number((value >> BigInt(5 * (length - 1 - nth))) & 31n)]).join("");

/** A ULID: 48 bits of `nowMs`, whole epoch milliseconds, and 80 random ones; 26 characters of Crockford's base 32. */
export const ulid = (nowMs: number): string => {
  if (!Number.isInteger(nowMs) || nowMs < 0 || nowMs >= 2 ** 48) throw new RangeError("a ULID holds 48 bits of time");
  return crockford(BigInt(nowMs), 10) + crockford(BigInt(`0x${randomBytes(10).toString("hex")}`), 16);
};

const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** So many of 0-9, A-Z and a-z, all equally likely. */
export const randomLetters = (length: number): string =>
  Array.from({ length }, () => LETTERS[randomInt(LETTERS.length)]).join("");

/** So many decimal digits, all equally likely; 1-14, as `randomInt` draws 48 bits at the most. */
export const randomDigits = (length: number): string => String(randomInt(10 ** length)).padStart(length, "0");

/** 128 random bits, Base64, 24 characters. */
export const randomNonce = (): string => randomBytes(16).toString("base64");

/** Everything that identifiers are made of, by a clock (epoch milliseconds); `live.ts` hands it out. */
export const idsBy = (clock: () => number) => ({
  number: randomNumber,
  uuid: () => uuidV7(clock()),
  uuid4: () => randomUUID(),
  ulid: () => ulid(clock()),
  letters: randomLetters,
  digits: randomDigits,
  nonce: randomNonce,
  secret: randomSecret,
});
