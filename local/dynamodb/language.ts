// The words of DynamoDB's wire language that the engine handles: values, items, tables and parsed expressions.

/** A typed value: exactly one member is set; numbers are decimal text, binary is base64. */
export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
  readonly L?: readonly AttributeValue[];
  readonly M?: Item;
}

/** Attributes by name. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** One element of a key schema, the partition key first. */
export interface KeyElement {
  readonly AttributeName: string;
  readonly KeyType: "HASH" | "RANGE";
}

/** A secondary index as stored in its table's description. */
export interface Index {
  readonly IndexName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly Projection: {
    readonly ProjectionType: "ALL" | "KEYS_ONLY" | "INCLUDE";
    readonly NonKeyAttributes?: readonly string[];
  };
}

/** A table's description as stored and described. */
export interface Table {
  readonly TableName: string;
  readonly KeySchema: readonly KeyElement[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly LocalSecondaryIndexes?: readonly Index[];
  readonly TableStatus: string;
  readonly CreationDateTime: number;
  readonly DeletionProtectionEnabled?: boolean;
}

/** A document path: attribute names and list positions. */
export type Path = readonly (string | number)[];

/** What a comparison compares: a path, a literal, or the size of a path. */
export type Operand = Path | AttributeValue | { readonly type: "function"; readonly args: readonly Operand[] };

/** A parsed condition or filter. */
export type Condition =
  | { readonly type: "and"; readonly args: readonly [Condition, Condition] }
  | { readonly type: "or"; readonly args: readonly [Condition, Condition] }
  | { readonly type: "not"; readonly args: readonly [Condition] }
  | { readonly type: "function"; readonly name: string; readonly args: readonly Operand[] }
  | { readonly type: "=" | "<>" | "<" | "<=" | ">" | ">=" | "between" | "in"; readonly args: readonly Operand[] };

/** What SET may set: a path, a literal, a sum or a function of such. */
export type Term =
  | Path
  | AttributeValue
  | { readonly type: "add" | "subtract"; readonly args: readonly [Term, Term] }
  | { readonly type: "function"; readonly name: "list_append"; readonly args: readonly [Term, Term] }
  | { readonly type: "function"; readonly name: "if_not_exists"; readonly args: readonly [Path, Term] };

/** One clause of an update expression. */
export type Section =
  | { readonly type: "set"; readonly path: Path; readonly val: Term }
  | { readonly type: "remove"; readonly path: Path }
  | { readonly type: "add" | "delete"; readonly path: Path; readonly val: AttributeValue };

/** A parsed update expression. */
export interface Updates {
  readonly sections: readonly Section[];
  readonly paths: readonly Path[];
}

/** How much a request wants to hear about what it cost. */
export type CapacityMode = "NONE" | "TOTAL" | "INDEXES";

interface Asked {
  readonly TableName: string;
  readonly ReturnConsumedCapacity?: CapacityMode;
}

interface Conditional extends Asked {
  readonly ReturnValues?: "NONE" | "ALL_OLD" | "UPDATED_OLD" | "ALL_NEW" | "UPDATED_NEW";
  readonly _condition?: { readonly expression: Condition };
  readonly _updates?: Updates;
}

/** A checked PutItem. */
export interface PutData extends Conditional {
  readonly Item: Item;
}

/** A checked UpdateItem or DeleteItem. */
export interface KeyData extends Conditional {
  readonly Key: Item;
}

/** A checked GetItem. */
export interface GetData extends Asked {
  readonly Key: Item;
  readonly _projection?: { readonly paths: readonly Path[] };
}

/** A checked Query or Scan. */
export interface ListData extends Asked {
  readonly IndexName?: string;
  readonly Select?: string;
  readonly ExclusiveStartKey?: Item;
  readonly KeyConditions?: Readonly<Record<string, { readonly AttributeValueList: readonly AttributeValue[] }>>;
  readonly _filter?: { readonly expression: Condition; readonly pathHeads: Readonly<Record<string, unknown>> };
  readonly _projection?: { readonly paths: readonly Path[] };
}

/** Each operation that dynalite checks, and what its check yields. */
export interface Parsed {
  readonly PutItem: PutData;
  readonly UpdateItem: KeyData;
  readonly DeleteItem: KeyData;
  readonly GetItem: GetData;
  readonly Query: ListData;
  readonly Scan: ListData;
  readonly BatchGetItem: { readonly RequestItems: Readonly<Record<string, object>> } & Omit<Asked, "TableName">;
  readonly BatchWriteItem: {
    readonly RequestItems: Readonly<
      Record<string, readonly { readonly PutRequest?: { Item: Item }; readonly DeleteRequest?: { Key: Item } }[]>
    >;
  } & Omit<Asked, "TableName">;
  readonly CreateTable: { readonly TableName: string };
  readonly DescribeTable: { readonly TableName: string };
  readonly DeleteTable: { readonly TableName: string };
}
