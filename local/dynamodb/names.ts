// Every attribute has a name, also deep inside a document (the service's naming rules: at least one character).
import { validationError } from "./errors.ts";
import type { AttributeValue, Item } from "./language.ts";

const isUnnamed = (item: Item): boolean =>
  Object.entries(item).some(([name, value]) => name === "" || hasUnnamed(value));

const hasUnnamed = ({ M, L }: AttributeValue): boolean =>
  (M !== undefined && isUnnamed(M)) || (L?.some(hasUnnamed) ?? false);

/** A request's parts that bring attributes. */
export interface Bringing {
  readonly Item?: Item;
  readonly ExpressionAttributeValues?: Item;
}

/** Throws where a request brings an attribute without a name. */
export const checkNames = ({ Item = {}, ExpressionAttributeValues = {} }: Bringing): void => {
  if (isUnnamed(Item)) throw validationError("Empty attribute name");
  const found = Object.entries(ExpressionAttributeValues).find(([, value]) => hasUnnamed(value));
  if (found) {
    throw validationError(`ExpressionAttributeValues contains invalid value: Empty attribute name for key ${found[0]}`);
  }
};
