/** The parts of an OpenAPI document that the page shows. */

/** A JSON schema. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** Schemas by name. */
export type Schemas = Readonly<Record<string, Schema>>;

/** What is read of a request beside its body. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

interface Said {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, unknown>>;
}

type Content = Readonly<Record<string, Said | undefined>>;

/** What may be said at a path with a verb. */
export interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

/** The document. */
export interface Description {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas?: Schemas };
}

const JSON_TYPE = "application/json";

/** The schema of a request's body. */
export const requestOf = ({ requestBody }: Operation): Schema | undefined => requestBody?.content[JSON_TYPE]?.schema;

/** The schema of a JSON answer when it is done; where refusals share its status, it is the first of the alternatives. */
export const replyOf = ({ responses }: Operation, status: number): Schema | undefined => {
  const said = responses[status]?.content?.[JSON_TYPE];
  return said?.examples ? said.schema.anyOf?.[0] : said?.schema;
};

/** The media type of an answer that is no JSON; undefined where there is no body. */
export const mediaTypeOf = ({ responses }: Operation, status: number): string | undefined =>
  Object.keys(responses[status]?.content ?? {}).find((type) => type !== JSON_TYPE);

const REF = "#/components/schemas/";

/** The name of the schema that this one refers to; undefined for one that stands for itself. */
export const nameOf = ({ $ref }: Schema): string | undefined =>
  $ref?.startsWith(REF) ? $ref.slice(REF.length) : undefined;

/** A schema for what it refers to; what it says itself goes before. */
export const resolve = (schema: Schema, schemas: Schemas): Schema => {
  const name = nameOf(schema);
  if (name === undefined) return schema;
  const { $ref, ...own } = schema;
  const found = schemas[name];
  if (!found) throw new RangeError(`${$ref} leads nowhere`);
  return { ...resolve(found, schemas), ...own };
};

/** The alternatives of a schema without null, and whether null is one. */
export const alternativesOf = (schema: Schema): { readonly of: readonly Schema[]; readonly nullable: boolean } => {
  const all = schema.anyOf ?? schema.oneOf ?? [schema];
  const of = all.filter(({ type }) => type !== "null");
  return { of, nullable: of.length < all.length || (Array.isArray(schema.type) && schema.type.includes("null")) };
};

/** An instance of a schema: its own example, or one made of what it fixes; undefined where it fixes nothing. */
export const exampleOf = (given: Schema, schemas: Schemas): unknown => {
  const schema = resolve(given, schemas);
  if (schema.examples) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => exampleOf(part, schemas)));
  const [first] = alternativesOf(schema).of;
  if (first && first !== schema) return exampleOf(first, schemas);
  if (schema.items) {
    const item = exampleOf(schema.items, schemas);
    return item === undefined ? [] : [item];
  }
  if (!schema.properties) return undefined;
  return Object.fromEntries(
    Object.entries(schema.properties).map(([name, inner]) => [name, exampleOf(inner, schemas)]),
  );
};
