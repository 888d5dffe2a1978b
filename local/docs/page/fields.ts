/** A JSON schema as a list of its fields: type, required or not, bounds, what it means. */
import { alternativesOf, type Parameter, resolve, type Schema } from "./description.ts";
import { escaped, type Html, html, prose, raw } from "./html.ts";
import { type Shapes, shapeLink } from "./shapes.ts";

interface Field {
  readonly path: string;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly schema: Schema;
}

/** An object's fields; of alternatives all of them, required where every alternative requires them. */
const membersOf = (schema: Schema, shapes: Shapes): Pick<Schema, "properties" | "required"> => {
  const parts = schema.allOf ?? alternativesOf(schema).of;
  if (parts.length === 1 && parts[0] === schema) return schema;
  const members = parts.map((part) => membersOf(resolve(part, shapes.schemas), shapes));
  const required = members.flatMap((member) => member.required ?? []);
  const isEverywhere = (name: string) =>
    schema.allOf !== undefined || required.filter((other) => other === name).length === parts.length;
  return {
    // In the order of the first, and as the first says it.
    properties: Object.assign({}, ...[...members, ...members.toReversed()].map(({ properties }) => properties)),
    required: [...new Set(required)].filter(isEverywhere),
  };
};

/** The one alternative that is not null, or the choice as it is. What is said of the choice is said of the one. */
const withoutNull = (schema: Schema): { readonly schema: Schema; readonly nullable: boolean } => {
  const { of, nullable } = alternativesOf(schema);
  const [one] = of;
  if (of.length > 1 || !one || one === schema) return { schema, nullable };
  return { schema: { ...one, ...(schema.description && { description: schema.description }) }, nullable };
};

/** What is in a field of an object or an array, and is no shape of its own. */
const innerOf = (schema: Schema, path: string, shapes: Shapes): readonly Field[] => {
  if (shapes.named(schema) !== undefined) return [];
  const { items } = schema;
  if (items) return innerOf(withoutNull(items).schema, `${path}[]`, shapes);
  return fieldsOf(resolve(schema, shapes.schemas), shapes, `${path}.`);
};

/** The fields of an object and of the objects in it, with dots between their names. */
const fieldsOf = (object: Schema, shapes: Shapes, prefix = ""): readonly Field[] => {
  const { properties = {}, required = [] } = membersOf(object, shapes);
  return Object.entries(properties).flatMap(([name, member]) => {
    const { schema, nullable } = withoutNull(member);
    const path = `${prefix}${name}`;
    return [{ path, required: required.includes(name), nullable, schema }, ...innerOf(schema, path, shapes)];
  });
};

const typeOf = (given: Schema, shapes: Shapes): Html => {
  const name = shapes.named(given);
  if (name !== undefined) return shapeLink(name);
  const schema = resolve(given, shapes.schemas);
  if (schema.items) return html`array of ${typeOf(withoutNull(schema.items).schema, shapes)}`;
  const { of } = alternativesOf(schema);
  if (of.length > 1) return raw([...new Set(of.map((one) => typeOf(one, shapes).markup))].join(" or "));
  const types = [schema.type ?? []].flat().filter((type) => type !== "null");
  return html`${schema.format ?? (types.join(" or ") || (schema.enum ? "string" : "object"))}`;
};

/** The largest integer that floats tell apart reads better as a power. */
const numberOf = (bound: number): string => (bound === Number.MAX_SAFE_INTEGER ? "2<sup>53</sup> − 1" : String(bound));

const literal = (value: unknown): string => `<code>${escaped(JSON.stringify(value))}</code>`;

/** The bounds that zod gives to any integer. */
const isAnyInteger = ({ minimum, maximum }: Schema): boolean =>
  minimum === Number.MIN_SAFE_INTEGER && maximum === Number.MAX_SAFE_INTEGER;

const rangeOf = (least: number | undefined, most: number | undefined, of: string): readonly string[] => {
  if (least !== undefined && most !== undefined) return [`${numberOf(least)} to ${numberOf(most)}${of}`];
  if (least !== undefined) return [`at least ${numberOf(least)}${of}`];
  return most === undefined ? [] : [`at most ${numberOf(most)}${of}`];
};

const boundsOf = (schema: Schema): Html =>
  raw(
    [
      ...(schema.const === undefined ? [] : [`always ${literal(schema.const)}`]),
      ...(schema.enum ? [`one of ${schema.enum.map(literal).join(", ")}`] : []),
      ...(isAnyInteger(schema) ? [] : rangeOf(schema.minimum, schema.maximum, "")),
      ...(schema.exclusiveMinimum === undefined ? [] : [`more than ${numberOf(schema.exclusiveMinimum)}`]),
      ...rangeOf(schema.minLength, schema.maxLength, " characters"),
      ...rangeOf(schema.minItems, schema.maxItems, " of them"),
      ...(schema.format === "date-time" ? ["UTC"] : []),
      ...(schema.examples ?? []).map((example) => `e.g. <code>${escaped(String(example))}</code>`),
    ].join(", "),
  );

/** Names up to this length fit on a line of their column. */
const SHORT_NAME = 14;

/** A field's name within the object that it is in, which has been told above it. */
const nameIn = (path: string): Html => {
  const name = path.split(".").slice(-2).join(".");
  return name.length > SHORT_NAME ? raw(escaped(name).replace(/\.|(?<=[a-z])(?=[A-Z])/g, "<wbr>$&")) : html`${name}`;
};

const row = ({ path, required, nullable, schema: given }: Field, shapes: Shapes, isRequest: boolean): Html => {
  const schema = shapes.named(given) === undefined ? resolve(given, shapes.schemas) : given;
  const must = required ? undefined : isRequest ? "optional" : "may be absent";
  const bounds = boundsOf(schema);
  return html`
<div><dt><code>${nameIn(path)}</code>${must && html` <small>${must}</small>`}</dt><dd>${typeOf(given, shapes)}${nullable ? " or null" : ""}${bounds.markup && html` <small>${bounds}</small>`}</dd>${given.description && html`<dd>${prose(given.description)}</dd>`}</div>`;
};

const list = (fields: readonly Field[], shapes: Shapes, isRequest: boolean): Html =>
  html`<dl class="fields">${fields.map((field) => row(field, shapes, isRequest))}
</dl>`;

/** The list of an object's fields. A request's are required, an answer's are there, unless it is said. */
export const fieldList = (object: Schema, shapes: Shapes, isRequest: boolean): Html =>
  list(fieldsOf(resolve(object, shapes.schemas), shapes), shapes, isRequest);

const placed: Readonly<Record<Parameter["in"], (name: string) => string>> = {
  path: (name) => `{${name}}`,
  query: (name) => `?${name}=`,
  header: (name) => `${name}:`,
};

/** The list of what is read beside the body. */
export const parameterList = (parameters: readonly Parameter[], shapes: Shapes): Html =>
  list(
    parameters.map(({ name, in: where, required = false, description, schema: given }) => {
      const { schema, nullable } = withoutNull(given);
      const told = description ?? schema.description;
      return {
        path: placed[where](name),
        required,
        nullable,
        schema: { ...schema, ...(told && { description: told }) },
      };
    }),
    shapes,
    true,
  );
