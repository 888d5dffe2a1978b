/** Text for a terminal of 80 columns. */
import { isoInstant } from "#kernel/time";

/** How wide a terminal is at least. */
export const WIDTH = 80;

/** An instant to the second: `2026-11-25 08:00:00Z`. */
export const instantText = (ms: number): string => isoInstant(ms).replace("T", " ").replace(/\.\d+/, "");

/** What others have named is printed, and must not move a terminal's cursor. */
export const printable = (said: string): string => said.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");

/** A text cut to a width, so that columns stay columns. */
export const cut = (text: string, width: number): string => {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join("")}…`;
};

/** Rows in columns two spaces apart; the columns whose numbers are given are aligned to the right, the others to the left. */
export const columns = (rows: readonly (readonly string[])[], toTheRight: readonly number[] = []): string => {
  const widths = (rows[0] ?? []).map((_, nth) => Math.max(...rows.map((row) => [...(row[nth] ?? "")].length)));
  const cell = (text: string, nth: number): string => {
    const padding = " ".repeat((widths[nth] ?? 0) - [...text].length);
    return toTheRight.includes(nth) ? `${padding}${text}` : `${text}${padding}`;
  };
  return rows.map((row) => row.map(cell).join("  ").trimEnd()).join("\n");
};

/** Words in lines that fit a width; every line but the first is indented. */
export const wrap = (words: readonly string[], indent: string, width = WIDTH): string => {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
};
