/** HTML as values: what is put into a template is escaped, unless it is HTML already. */

/** A piece of HTML. Made by `html`, and by `raw` of what is HTML for sure. */
export interface Html {
  readonly markup: string;
}

type Piece = Html | string | number | readonly Html[] | undefined;

/** Takes text for HTML as it is. */
export const raw = (markup: string): Html => ({ markup });

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Text as HTML, outside of tags. */
export const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => escapes[character] ?? "");

const markupOf = (piece: Piece): string => {
  if (piece === undefined) return "";
  if (typeof piece !== "object") return escaped(String(piece)).replaceAll('"', "&quot;");
  return "markup" in piece ? piece.markup : piece.map(({ markup }) => markup).join("");
};

/** A template of HTML, whose texts may stand within an attribute's double quotes. */
export const html = (texts: TemplateStringsArray, ...pieces: readonly Piece[]): Html =>
  raw(String.raw({ raw: texts }, ...pieces.map(markupOf)));

/** A sentence in which backticks mark code. */
export const prose = (text: string): Html => raw(escaped(text).replace(/`([^`]+)`/g, "<code>$1</code>"));
