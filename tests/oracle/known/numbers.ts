/** Numbers by their value: DynamoDB Local keeps some as they were written, where the service writes all in one way. */

/** A number's digits and the power of ten of the last one: `1.50`, `15E-1` and `1.5` are the same. */
const plain = (text: string): string => {
  const [, sign = "", whole = "", fraction = "", power = "0"] =
    /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  const exponent = Number(power) - fraction.length + digits.length - significant.length;
  return `${sign === "-" ? "-" : ""}${significant}E${exponent}`;
};

/** A copy with all typed numbers and sets of numbers by their value. */
export const inPlainNumbers = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inPlainNumbers);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (name === "N" && typeof member === "string") return [name, plain(member)];
      if (name === "NS" && Array.isArray(member)) return [name, member.map((one) => plain(String(one))).sort()];
      return [name, inPlainNumbers(member)];
    }),
  );
};
