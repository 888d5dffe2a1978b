/** The demo plays what there is. */
import { expect, test } from "vitest";
import { stories } from "../../local/demo/stories.ts";
import { everyContract } from "../support/desk.ts";

test("every slice that has endpoints has one story, besides the desk itself", async () => {
  const slices = (await everyContract()).map(({ name }) => name.split("/")[0] ?? "");
  const told = stories.map(({ slice }) => slice);
  expect(told.toSorted()).toEqual([...new Set(slices)].filter((slice) => slice !== "desk").toSorted());
});
