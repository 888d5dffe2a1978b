/** Bytes as text, strictly. */

// A byte order mark stays in the text: whoever reads it judges it.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What bytes say as UTF-8; undefined where they are not. */
export const readUtf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
};
