/** The same refusal in the engine's words, which are the service's, and in DynamoDB Local's (docs/oracle.md, "Wording"). */

type Pair = readonly [engine: RegExp, oracle: RegExp];

/** What both of a pair capture must be the same. */
const pairs: readonly Pair[] = [
  [/^The conditional request failed$/, /^The conditional request failed\.$/],
  [/^The ClientRequestToken was used before with other transaction items$/, /^$/],
  [/^Requested resource not found$/, /^Cannot do operations on a non-existent table$/],
  [/^Transaction payload size cannot exceed 4MB$/, /^Transaction payload size cannot exceed 4MB\. /],
  // Where several expressions are wrong in the same way.
  [/^Invalid \w+: (An expression attribute .*)$/, /^Invalid \w+: (An expression attribute .*)$/],
  [/^Invalid (\w+): Syntax error; Expected /, /^Invalid (\w+): Syntax error; token: /],
  // Keys.
  [/^The provided key element does not match the schema$/, /^The number of conditions on the keys is invalid$/],
  [
    /^The provided key element does not match the schema$/,
    /^One or more parameter values were invalid: Type mismatch for key$/,
  ],
  [/: (Type mismatch for key) \w+ expected: /, /: (Type mismatch for key)$/],
  [/: (Type mismatch for Index Key) \w+ Expected: /, /: (Type mismatch for Index Key)$/],
  [/: Missing the key \w+ in the item$/, /^One of the required keys was not given a value$/],
  [
    /were invalid: (The AttributeValue for a key attribute .*)$/,
    /are not valid\. (The AttributeValue for a key attribute .*)$/,
  ],
  [
    /: (?:Size of hashkey|Aggregated size of all range keys) has exceeded the /,
    /^Hash primary key values must be under /,
  ],
  // Values.
  [
    /^(ExpressionAttributeValues contains invalid value: )?The parameter cannot be converted to a numeric value.*?( for key :\w+)?$/,
    /^(ExpressionAttributeValues contains invalid value: )?A value provided cannot be converted into a number( for key :\w+)?$/,
  ],
  [
    /^Attempting to store more than 38 significant digits in a Number$/,
    /^DynamoDB only supports precision up to 38 digits$/,
  ],
  [/^Number overflow\. /, /^DynamoDB only supports precision up to 38 digits$/],
  [/^(.* Input collection .* contains duplicates)\.$/, /^(.* Input collection .* contains duplicates)$/],
  // Members.
  [
    /^1 validation error detected: Value null at '(?:transactItems\..*\.)?(\w+)' (failed.*)$/,
    /^Value null at '(?:transactItems\..*\.)?(\w+)' (failed.*)$/,
  ],
  [/at 'transactItems(?:\.1\.member\.get)?' failed/, /^Value null at 'transactItems' failed/],
  [
    /^1 validation error detected: Value '.*' at '(?:transactItems|clientRequestToken)' failed.*: (Member must .*)$/,
    /^(?:Value .* failed.*: )?(Member must .*)$/,
  ],
  [
    /at '(?:tableName|indexName)' failed to satisfy constraint: Member must have length/,
    /^Invalid table\/index name\./,
  ],
  [
    /at 'indexName' failed to satisfy constraint: Member must have length/,
    /^The table does not have the specified index: /,
  ],
  [/^TransactItems can only contain one of /, /^Invalid Request: TransactWriteRequest should contain /],
  [/^ReturnValues can only be ALL_OLD or NONE$|at 'returnValues' failed/, /^Return values set to invalid value$/],
  // Queries.
  [/at 'limit' failed.* (greater than or equal to 1)$/, /^Limit must be (greater than or equal to 1)$/],
  [/at 'select' failed/, /^Select must be ALL_ATTRIBUTES, /],
  [/^1 validation error detected: (Must specify the AttributesToGet .*)$/, /^(Must specify the AttributesToGet .*)$/],
  [/^The provided key element does not match the schema$/, /^Type mismatch for attribute to update$/],
  [/^The provided starting key is invalid$/, /^Exclusive Start Key must have same size as table's key schema$/],
  [
    /^The query can return at most one row and cannot be restarted$|^The provided starting key is outside query boundaries/,
    /^The provided starting key does not match the range key predicate$/,
  ],
  [/^(Query condition missed key schema element): \w+$/, /^(Query condition missed key schema element)$/],
];

/** Lists of names come in any order. */
const inOrder = (message: string): string =>
  message.replace(
    /([{[])([^{}[\]]*)([}\]])$/,
    (_, open: string, names: string, close: string) => `${open}${names.split(", ").sort().join(", ")}${close}`,
  );

/** Whether two messages say the same. */
export const isSameWording = (engine: string, oracle: string): boolean => {
  if (inOrder(engine) === inOrder(oracle)) return true;
  return pairs.some(([ours, theirs]) => {
    const [one, other] = [ours.exec(engine), theirs.exec(oracle)];
    return one !== null && other !== null && String(one.slice(1)) === String(other.slice(1));
  });
};
