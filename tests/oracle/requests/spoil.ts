/** Requests that the service must refuse: one thing is wrong with an otherwise good one. */
import type { Random } from "../random.ts";
import type { Request } from "./request.ts";
import { actions, type Input, placeholders, queries, recordOf, transactions } from "./wrongs.ts";

const spoilAction = (input: Input, random: Random): Input => {
  // What does not apply to this request leaves it as it is: try another.
  for (let tries = 0; tries < 20; tries++) {
    const spoilt = random.pick(actions)(input);
    if (spoilt !== input) return spoilt;
  }
  return input;
};

const spoilMember = (members: readonly Input[], random: Random): readonly Input[] => {
  const chosen = random.below(members.length);
  return members.map((member, position) =>
    position === chosen
      ? Object.fromEntries(Object.entries(member).map(([kind, input]) => [kind, spoilAction(recordOf(input), random)]))
      : member,
  );
};

/** The request with something wrong. */
export const spoil = ({ operation, input }: Request, random: Random): Request => {
  const members = recordOf(input);
  if (operation === "Query") {
    // Where it begins may be beyond its bounds already.
    const { ExclusiveStartKey: _, ...query } = members;
    return { operation, input: random.pick([...queries, ...placeholders])(query) };
  }
  if (!Array.isArray(members.TransactItems)) return { operation, input: spoilAction(members, random) };
  // What one side may do all the same must not use up a token.
  const { ClientRequestToken: _, ...nameless } = members;
  if (random.chance(30)) return { operation, input: random.pick(transactions)(nameless) };
  return { operation, input: { ...members, TransactItems: spoilMember(members.TransactItems, random) } };
};
