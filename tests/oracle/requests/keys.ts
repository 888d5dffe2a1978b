/** The items that a request is about. */
import type { Request } from "./request.ts";
import { recordOf } from "./wrongs.ts";

/** The keys of a request's items, in the order of its actions; none of a Query. */
export const keysOf = ({ input }: Request): readonly { readonly pk: unknown; readonly sk: unknown }[] => {
  const { TransactItems } = recordOf(input);
  const actions = Array.isArray(TransactItems)
    ? TransactItems.flatMap((member) => Object.values(recordOf(member)))
    : [input];
  return actions.flatMap((action) => {
    const { Key, Item } = recordOf(action);
    const { pk, sk } = recordOf(Key ?? Item);
    return pk === undefined || sk === undefined ? [] : [{ pk, sk }];
  });
};
