/** What a condition means: the same in the table as in the evaluator. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  above,
  absent,
  anyOf,
  atLeast,
  atMost,
  below,
  type Condition,
  equals,
  holds,
  oneOf,
  present,
} from "#store/condition";
import type { Item } from "#store/item";
import { put, update } from "#store/write";
import { type Given, key } from "./given.ts";

/** Binds what a store makes of conditions. */
export const bindConditions = (name: string, { commit }: Given): void => {
  describe(`${name}: a condition`, () => {
    const fieldValue = fc.oneof(fc.bigInt({ min: -3n, max: 3n }), fc.constantFrom("x", "y"), fc.boolean());
    const integer = fc.bigInt({ min: -3n, max: 3n });
    const field = fc.constantFrom("a", "b:c");
    const simple: fc.Arbitrary<Condition> = fc.oneof(
      fc.constantFrom(absent(), present()),
      field.map((name) => absent(name)),
      field.map((name) => present(name)),
      fc.tuple(field, fieldValue).map(([name, value]) => equals(name, value)),
      fc
        .tuple(field, fc.array(fieldValue, { minLength: 1, maxLength: 3 }))
        .map(([name, values]) => oneOf(name, values)),
      fc
        .tuple(fc.constantFrom(atLeast, atMost, above, below), field, integer)
        .map(([bound, name, value]) => bound(name, value)),
    );
    const condition = fc.oneof(
      simple,
      fc.array(simple, { minLength: 1, maxLength: 3 }).map((conditions) => anyOf(...conditions)),
    );
    const item = fc.option(fc.record({ a: fieldValue, "b:c": fieldValue }, { requiredKeys: [] }), { nil: undefined });

    test("holds in the table exactly where it holds in the evaluator", async () => {
      let nth = 0;
      const property = fc.asyncProperty(item, condition, fc.boolean(), async (fields, rule, alone) => {
        const at = key(`c${++nth}`);
        if (fields !== undefined) await commit(put(at, fields as Item, []));
        const other = alone ? [] : [put(key(`d${nth}`), {}, [])];
        const outcome = await commit(update(at, { set: { changed: true }, orCreate: true }, [[rule, "no"]]), ...other);
        expect(outcome.done).toBe(holds(rule, fields as Item | undefined));
        if (!outcome.done) expect(outcome).toMatchObject({ otherwise: "no" });
      });
      await fc.assert(property, { numRuns: 150 });
    });
  });
};
