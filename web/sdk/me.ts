/** Who a session is of, as `GET /sdk/v1/me` tells it, and how people read that. Amounts are in major units. */

/** How the operator has set up the bank whose customer opens the page. */
export interface Configuration {
  readonly currency: string;
  readonly country: string;
  readonly locale: string;
  readonly theme: "white" | "dark";
  readonly quickAmounts: readonly number[];
  readonly minAmount: number;
  readonly maxAmount: number;
  readonly stepAmount: number;
  readonly limits: Readonly<Record<string, number | null>>;
}

/** Whom the session is of. */
export interface Me {
  readonly profile: {
    readonly id: string;
    readonly referenceId: string;
    readonly firstName?: string | undefined;
    readonly middleName?: string | undefined;
    readonly lastName?: string | undefined;
    readonly email?: string | undefined;
    readonly phone?: string | undefined;
    readonly dateOfBirth?: string | undefined;
    readonly address?: Readonly<Record<string, string>> | undefined;
  };
  readonly status: "active" | "blocked";
  readonly configuration: Configuration;
}

/** A line of a list: what it is called, and what it is. */
export type Line = readonly [name: string, value: string];

const limitNames: Readonly<Record<string, string>> = {
  transaction: "Per withdrawal",
  day: "Per day",
  week: "Per week",
  month: "Per month",
  year: "Per year",
};

// A whole amount stands without its zeros; browsers that do not know how print them.
const amountIn = ({ locale, currency }: Configuration): ((major: number) => string) => {
  const style = { style: "currency", currency, trailingZeroDisplay: "stripIfInteger" } as const;
  const { format } = new Intl.NumberFormat(locale, style);
  return (major) => format(major);
};

/** The amounts that are offered at a touch. */
export const quickAmountsOf = (configuration: Configuration): readonly string[] =>
  configuration.quickAmounts.map(amountIn(configuration));

/** Which amounts there are besides. */
export const amountLines = (configuration: Configuration): readonly Line[] => {
  const amount = amountIn(configuration);
  return [
    ["Smallest amount", amount(configuration.minAmount)],
    ["Largest amount", amount(configuration.maxAmount)],
    ["In steps of", amount(configuration.stepAmount)],
  ];
};

/** How much there may be in a time. */
export const limitLines = (configuration: Configuration): readonly Line[] =>
  Object.entries(configuration.limits).map(([name, limit]) => [
    limitNames[name] ?? name,
    limit === null ? "No limit" : amountIn(configuration)(limit),
  ]);

// In figures alone: the page's words are English, the month's name would be another language's.
const dayIn = (locale: string, day: string): string =>
  new Intl.DateTimeFormat(locale, { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" }).format(
    new Date(`${day}T00:00:00Z`),
  );

const present = (...words: readonly (string | undefined)[]): readonly string[] =>
  words.filter((word) => word !== undefined && word !== "") as readonly string[];

const addressOf = (address: Readonly<Record<string, string>>): string => {
  const { formatted, line1, houseNumber, line2, zip, city, country } = address;
  if (formatted) return formatted;
  return present(present(line1, houseNumber).join(" "), line2, present(zip, city).join(" "), country).join("\n");
};

/** What the bank has told of the user. */
export const personLines = ({ profile, configuration }: Me): readonly Line[] => {
  const lines: readonly (readonly [name: string, value: string | undefined])[] = [
    ["Name", present(profile.firstName, profile.middleName, profile.lastName).join(" ")],
    ["Email", profile.email],
    ["Phone", profile.phone],
    ["Date of birth", profile.dateOfBirth && dayIn(configuration.locale, profile.dateOfBirth)],
    ["Address", profile.address && addressOf(profile.address)],
    ["Reference", profile.referenceId],
  ];
  return lines.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
};
