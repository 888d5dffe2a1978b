/** Names as the page says them. */
import type { AnyContract } from "#edge/contract";

/** A name in camel case as words: `startOrder` is "Start order". */
export const words = (name: string): string => {
  const apart = name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  return `${apart.charAt(0).toUpperCase()}${apart.slice(1)}`;
};

/** The slice that a contract is of. */
export const sliceOf = ({ name }: AnyContract): string => name.split("/")[0] ?? name;
