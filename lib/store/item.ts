/** What the table holds. */

/** A field of an item. Numbers are integers, always bigint; anything structured is JSON text. */
export type Value = string | bigint | boolean;

/** A stored record's fields. */
export type Item = Readonly<Record<string, Value>>;

/** Where an item lies. Made in `keys/` only. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** The key of an item that was read or listed. */
export const keyIn = ({ pk, sk }: Item): Key => ({ pk: String(pk), sk: String(sk) });
