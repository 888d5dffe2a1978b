// Document paths: how an expression names a value inside an item.
import type { AttributeValue, Item, Path } from "./language.ts";

/** What one step of a path names inside a value, if there is such a thing. */
export const stepInto = (node: AttributeValue | undefined, step: string | number): AttributeValue | undefined => {
  if (typeof step === "number") return node?.L?.[step];
  // An attribute may be called "constructor": only the item's own members count.
  return node?.M && Object.hasOwn(node.M, step) ? node.M[step] : undefined;
};

/** The value a document path names, if there is one. */
export const valueAt = (path: Path, item: Item): AttributeValue | undefined =>
  path.reduce<AttributeValue | undefined>(stepInto, { M: item });
