/** Where identifiers and secrets come from; `live.ts` hands these out as the port `Ids`. */
import { randomBytes } from "node:crypto";

/** The largest TransactionId: JSON readers that use floats still read it exactly (sonect.md 4.4). */
const MAX_TRANSACTION_ID = 2n ** 53n - 1n;

/** A uniformly random integer from 1 to 2^53-1. */
export const randomTransactionId = (): bigint => {
  // The mask keeps 53 of 64 random bits, so every value is equally likely; zero, once in 2^53, is drawn again.
  const drawn = randomBytes(8).readBigUInt64BE() & MAX_TRANSACTION_ID;
  return drawn === 0n ? randomTransactionId() : drawn;
};

/** A UUID of version 7 (RFC 9562): its text sorts by `nowMs`, whole epoch milliseconds; in random order within one. */
export const uuidV7 = (nowMs: number): string => {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(nowMs, 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

/** A machine secret: 32 random bytes, base64url, 43 characters. */
export const randomSecret = (): string => randomBytes(32).toString("base64url");
