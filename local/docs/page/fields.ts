/** A JSON schema as a table of its fields: type, required or not, bounds, what it means. */
import type { Schema } from "./description.ts";
import { escaped, type Html, html, prose, raw } from "./html.ts";

interface Field {
  readonly path: string;
  readonly required: boolean;
  readonly schema: Schema;
  readonly nullable: boolean;
}

/** A field's schema without the alternative null. */
const withoutNull = (schema: Schema): { readonly schema: Schema; readonly nullable: boolean } => {
  const [one, ...others] = (schema.anyOf ?? [schema]).filter(({ type }) => type !== "null");
  if (!one || others.length > 0) throw new Error("the page has no words for a choice of schemas");
  return {
    schema: { ...one, ...(schema.description && { description: schema.description }) },
    nullable: one !== schema,
  };
};

/** The fields of an object and of the objects in it, with dots between their names. */
const fieldsOf = ({ properties = {}, required = [] }: Schema, prefix = ""): readonly Field[] =>
  Object.entries(properties).flatMap(([name, member]) => {
    const { schema, nullable } = withoutNull(member);
    const path = `${prefix}${name}`;
    return [{ path, required: required.includes(name), schema, nullable }, ...fieldsOf(schema, `${path}.`)];
  });

/** The largest integer that floats tell apart reads better as a power. */
const numberOf = (bound: number): string => (bound === Number.MAX_SAFE_INTEGER ? "2<sup>53</sup> − 1" : String(bound));

const boundsOf = ({ format, minimum, maximum, exclusiveMinimum, minLength, maxLength, ...rest }: Schema): Html => {
  const bounds: string[] = [];
  if (rest.const !== undefined) bounds.push(`always <code>${escaped(JSON.stringify(rest.const))}</code>`);
  if (minimum !== undefined && maximum !== undefined) bounds.push(`${numberOf(minimum)} to ${numberOf(maximum)}`);
  if (exclusiveMinimum !== undefined) bounds.push(`more than ${numberOf(exclusiveMinimum)}`);
  if (minLength !== undefined) bounds.push(`at least ${minLength} characters`);
  if (maxLength !== undefined) bounds.push(`at most ${maxLength} characters`);
  if (format === "date-time") bounds.push("UTC");
  for (const example of rest.examples ?? []) bounds.push(`e.g. <code>${escaped(String(example))}</code>`);
  return raw(bounds.join(", "));
};

const nameOf = (path: string): Html => raw(escaped(path).replace(/\.|(?<=[a-z])(?=[A-Z])/g, "<wbr>$&"));

/** What a field has to be; an answer's fields are all there, so only a request's say whether they are required. */
const rowOf = ({ path, required, schema, nullable }: Field, isRequest: boolean): Html => {
  const need = required ? html`<b class="must">required</b>` : html`<span>optional</span>`;
  const bounds = boundsOf(schema);
  return html`
<tr role="row"><th role="rowheader" scope="row"><code>${nameOf(path)}</code>${isRequest ? html` ${need}` : undefined}</th>
<td role="cell">${schema.format ?? schema.type}${nullable ? " or null" : ""}${bounds.markup && html` <small>${bounds}</small>`}</td>
<td role="cell">${prose(schema.description ?? "")}</td></tr>`;
};

/** The table. Roles, since a narrow screen shows its rows as blocks. */
export const fieldTable = (label: string, schema: Schema, isRequest: boolean): Html => html`
<table role="table" class="fields" aria-label="${label}">
<thead role="rowgroup"><tr role="row">${["Field", "Type and bounds", "Meaning"].map((head) => html`<th role="columnheader" scope="col">${head}</th>`)}</tr></thead>
<tbody role="rowgroup">${fieldsOf(schema).map((field) => rowOf(field, isRequest))}
</tbody></table>`;
