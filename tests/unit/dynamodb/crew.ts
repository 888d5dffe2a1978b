// The transaction that persistence.test.ts looks for whole: a hundred items with the same number, each with an index
// row, so that most of a kill's chances fall into the middle of it.
import { key, TABLE } from "./client.ts";

/** Items of one transaction: the service's limit. */
export const CREW = 100;

/** The names of the `n`th transaction's items. */
export const crewNames = (n: number): string[] => Array.from({ length: CREW }, (_, member) => `${n}-${member}`);

/** The `n`th transaction as a request's body. */
export const crewOf = (n: number) => ({
  ClientRequestToken: `crew-${n}`,
  TransactItems: crewNames(n).map((name) => ({
    Put: {
      TableName: TABLE,
      Item: { ...key(name), list: { S: `crew-${n}` } },
      ConditionExpression: "attribute_not_exists(pk)",
    },
  })),
});
