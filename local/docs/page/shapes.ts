/** What is said at several endpoints, by name: a schema with `.meta({ id })` stands on the page once, and is linked to. */
import { nameOf, type Operation, resolve, type Schema, type Schemas } from "./description.ts";
import { type Html, html } from "./html.ts";

/** The named objects, and where a page has them. */
export interface Shapes {
  readonly schemas: Schemas;
  /** The name of the object that a schema refers to; undefined for what is told in its place. */
  readonly named: (schema: Schema) => string | undefined;
}

/** The shapes of a document. Names of what is no object are told in their place: they are short. */
export const shapesIn = (schemas: Schemas): Shapes => ({
  schemas,
  named: (schema) => {
    const name = nameOf(schema);
    return name !== undefined && resolve(schema, schemas).properties ? name : undefined;
  },
});

/** Where the page has a shape. */
export const shapeAnchor = (name: string): string => `shape-${name}`;

/** A shape's name as a link. */
export const shapeLink = (name: string): Html => html`<a href="#${shapeAnchor(name)}">${name}</a>`;

const namesWithin = (value: unknown, shapes: Shapes, found: Set<string>): void => {
  if (typeof value !== "object" || value === null) return;
  const name = shapes.named(value);
  if (name !== undefined && found.has(name)) return;
  if (name !== undefined) found.add(name);
  for (const inner of Object.values(value)) namesWithin(inner, shapes, found);
  if (name !== undefined) namesWithin(shapes.schemas[name], shapes, found);
};

/** The shapes that some operations speak of, and those that these speak of, in the order in which they come up. */
export const shapesAt = (
  endpoints: readonly { readonly operation: Operation }[],
  shapes: Shapes,
): readonly string[] => {
  const found = new Set<string>();
  for (const { operation } of endpoints) namesWithin(operation, shapes, found);
  return [...found];
};
