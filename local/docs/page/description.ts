/** The parts of an OpenAPI document that the page shows. */

/** A JSON schema. */
export interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
}

type Content = Readonly<Record<string, { readonly schema: Schema } | undefined>>;

/** What may be said at a path with a verb. */
export interface Operation {
  readonly summary: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}

/** A way to show a credential. */
export interface SecurityScheme {
  readonly type: string;
  readonly name?: string;
  readonly scheme?: string;
}

/** The document. */
export interface Description {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly securitySchemes: Readonly<Record<string, SecurityScheme>> };
}

/** The schema of a request's body. */
export const requestOf = ({ requestBody }: Operation): Schema | undefined =>
  requestBody?.content["application/json"]?.schema;

/** The schema of the answer when it is done; the other alternatives are refusals. */
export const replyOf = ({ responses }: Operation): Schema | undefined => {
  const schema = responses["200"]?.content?.["application/json"]?.schema;
  return schema?.anyOf?.[0] ?? schema;
};

/** An instance of a schema: its own example, or one made of what it fixes; undefined where it fixes nothing. */
export const exampleOf = (schema: Schema): unknown => {
  if (schema.examples) return schema.examples[0];
  if (!schema.properties) return schema.const;
  return Object.fromEntries(Object.entries(schema.properties).map(([name, inner]) => [name, exampleOf(inner)]));
};
