/** The little Markdown that the documents need. */

/** A code span; a pipe would end a table's cell. */
export const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;

/** A table: cells are Markdown, an empty one shows a dash. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell || "–").join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
};

/** Blocks one below the other, as a file. */
export const page = (...blocks: readonly string[]): string => `${blocks.join("\n\n")}\n`;
