/** Prints docs/table.md: the grammar of the one table. */
import type { Kind } from "#store/kind";
import { DESK, duePartition, listPartition, SHARDS } from "#store/table";
import { code, page, table } from "./markdown.ts";
import type { Sources } from "./sources.ts";

/** A kind's `pk`. What its id says after the first comma outside of angle brackets is about other items of the kind. */
const partitionOf = (kind: string, { owner, id }: Kind): string => {
  const [first = ""] = /^(?:<[^>]*>|[^<,])*/.exec(id) ?? [];
  const more = id.slice(first.length).replace(/<[^>]*>(?:#<[^>]*>)*/g, code);
  return `${code(`${owner === "desk" ? DESK : "<tenant>"}#${kind}#${first}`)}${more}`;
};

const rowOf = ([kind, row]: [string, Kind]): readonly string[] => [
  code(kind),
  partitionOf(kind, row),
  code(row.part),
  row.index === undefined ? "" : code(row.index),
  row.lifetime,
  row.owner,
  row.holds,
];

/** The document. */
export const printTable = ({ kinds }: Sources): string => {
  const shards = `${SHARDS[0]}-${SHARDS.at(-1)}`;
  return page(
    "# The table",
    `One table holds everything. \`pk\` is \`<owner>#<kind>#<id>\`, \`sk\` the part. The owner is a tenant, or ${code(DESK)} for what no tenant owns and for what is found before the tenant is known. No segment contains \`#\`: own ids stand as they are, foreign text as a digest, personal data and secrets as a keyed digest. Numbers are integers; times are epoch milliseconds (\`…AtMs\`), ISO text in sort keys, and seconds in \`ttl\` only.`,
    table(["kind", "`pk`", "`sk`", "index", "lives", "owner", "holds"], Object.entries(kinds).map(rowOf)),
    "## Indexes",
    "Both hold keys only, and only of items that bear their fields.",
    table(
      ["index", "partition", "sorted by", "finds"],
      [
        [
          code("due"),
          `\`due\` = ${code(duePartition(`<${shards}>`))}, by hash of the item's \`pk\``,
          "`dueAt` = `<deadline>`",
          "What the clock has to move. Candidates only: the write that moves an item judges again.",
        ],
        [
          code("list"),
          `\`list\` = ${code(listPartition("<owner>", "<list>", "<UTC day>"))}`,
          "`listAt` = `<time>#<id>`",
          "What an owner's list has of a day.",
        ],
      ],
    ),
  );
};
