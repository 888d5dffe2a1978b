/** What differs between two readings of settings, for the audit: `{ theme: "white -> dark" }`. */
export const differencesBetween = (
  was: Readonly<Record<string, string>>,
  is: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const changes = names.filter((name) => was[name] !== is[name]);
  return Object.fromEntries(changes.map((name) => [name, `${was[name] ?? "none"} -> ${is[name] ?? "none"}`]));
};
