// What the service refuses in a Query or Scan and dynalite lets through: attributes that the index does not have, a
// selection that contradicts itself, and empty keys.
import { validationError } from "./errors.ts";
import { emptyIndexKey, findIndex, projectedNames } from "./indexes.ts";
import type { ListData, Table } from "./language.ts";

const checkSelect = ({ IndexName, Select, _projection }: ListData): void => {
  if (_projection && Select !== undefined && Select !== "SPECIFIC_ATTRIBUTES") {
    const chosen = Select === "COUNT" ? "only the Count" : Select;
    throw validationError(`Cannot specify the ProjectionExpression when choosing to get ${chosen}`);
  }
  if (Select === "SPECIFIC_ATTRIBUTES" && !_projection) {
    throw validationError(
      "1 validation error detected: Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES",
    );
  }
  if (Select === "ALL_PROJECTED_ATTRIBUTES" && IndexName === undefined) {
    throw validationError("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
  }
};

const checkKeyValues = ({ IndexName, KeyConditions = {} }: ListData): void => {
  for (const [name, { AttributeValueList }] of Object.entries(KeyConditions)) {
    const empty = AttributeValueList.some(({ S }) => S === "")
      ? "string"
      : AttributeValueList.some(({ B }) => B === "") && "binary";
    if (!empty) continue;
    if (IndexName !== undefined) throw emptyIndexKey(empty, IndexName, name);
    throw validationError(
      "One or more parameter values are not valid. " +
        `The AttributeValue for a key attribute cannot contain an empty ${empty} value. Key: ${name}`,
    );
  }
};

/** A global index answers with what it has; the items themselves are elsewhere. */
const checkProjected = ({ IndexName, Select, _projection, _filter }: ListData, table: Table): void => {
  const index = table.GlobalSecondaryIndexes?.find((one) => one.IndexName === IndexName);
  const names = index && projectedNames(table, index);
  if (!names) return;
  if (Select === "ALL_ATTRIBUTES") {
    throw validationError(
      "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported " +
        `for global secondary index ${IndexName} because its projection type is not ALL`,
    );
  }
  const missing = (heads: readonly (string | number)[]): readonly (string | number)[] =>
    [...new Set(heads)].filter((name) => !names.has(String(name)));
  const unread = missing((_projection?.paths ?? []).flatMap(([head]) => head ?? []));
  if (unread.length > 0) {
    throw validationError(
      `One or more parameter values were invalid: Global secondary index ${IndexName} does not project [${unread.join(", ")}]`,
    );
  }
  const unfiltered = missing(Object.keys(_filter?.pathHeads ?? {}));
  if (unfiltered.length === 0) return;
  throw validationError(
    `One or more parameter values were invalid: Secondary index ${IndexName} ` +
      `does not project one or more filter attributes: [${unfiltered.join(", ")}]`,
  );
};

/** Throws what is wrong with a Query or Scan of this table; of an index that does not exist dynalite itself complains. */
export const checkAsking = (data: ListData, table: Table): void => {
  checkSelect(data);
  if (data.IndexName !== undefined && !findIndex(table, data.IndexName)) return;
  checkKeyValues(data);
  checkProjected(data, table);
};
