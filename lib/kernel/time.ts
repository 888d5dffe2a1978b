/** Instants as epoch milliseconds, their ISO text, and the calendar windows of a time zone in which limits count (sonect.md 4.4). */

/** A second in milliseconds. */
export const SECOND_MS = 1000;
/** A minute in milliseconds. */
export const MINUTE_MS = 60 * SECOND_MS;
/** An hour in milliseconds. */
export const HOUR_MS = 60 * MINUTE_MS;
/** 24 hours in milliseconds: a UTC day, not always a day of a time zone. */
export const DAY_MS = 24 * HOUR_MS;

/** The text of an instant: `2026-11-20T09:05:00.000Z`. */
export const isoInstant = (ms: number): string => new Date(ms).toISOString();

/**
 * Epoch milliseconds of `YYYY-MM-DDThh:mm:ss[.f]Z` with one to three fraction digits (sonect.md 4.1); `undefined` for
 * any other form and for instants that no calendar has (30 February, 24:00, second 60).
 */
export const readInstant = (text: string): number | undefined => {
  const [, whole, fraction = ""] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?Z$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const normal = `${whole}.${fraction.padEnd(3, "0")}Z`;
  const ms = Date.parse(normal);
  // Date.parse rolls 30 February over into March; only a real instant is printed as it was written.
  return !Number.isNaN(ms) && isoInstant(ms) === normal ? ms : undefined;
};

/** Whether a text is a day that there is: `2026-11-20`. */
export const isDay = (text: string): boolean => readInstant(`${text}T00:00:00Z`) !== undefined;

/** Whole epoch seconds, rounded up: what `ttl` holds. */
export const secondsOf = (ms: number): bigint => BigInt(Math.ceil(ms / SECOND_MS));

/** The UTC day of an instant: `2026-11-20`. */
export const utcDay = (ms: number): string => isoInstant(ms).slice(0, "YYYY-MM-DD".length);

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs far more than using it. */
const formatIn = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  formats.set(timeZone, made);
  return made;
};

/** Whether the runtime knows an IANA time zone by this name; an offset such as `+01:00` is none. */
export const isTimeZone = (name: string): boolean => {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return formatIn(name) !== undefined;
  } catch {
    return false;
  }
};

/** The calendar windows that an instant falls into, by name. */
export interface Windows {
  /** `2026-11-20`. */
  readonly day: string;
  /** The day of its Monday: `2026-11-16`. */
  readonly week: string;
  /** `2026-11`. */
  readonly month: string;
  /** `2026`. */
  readonly year: string;
}

const mondayOf = (day: string): string => {
  const ms = Date.parse(`${day}T00:00:00Z`);
  const daysSinceMonday = (new Date(ms).getUTCDay() + 6) % 7;
  return utcDay(ms - daysSinceMonday * DAY_MS);
};

/** Since 1980 every zone is whole quarters of an hour from UTC, so no window begins or ends within one. */
const QUARTER_MS = 15 * MINUTE_MS;
const FIRST_QUARTER = Date.UTC(1980, 0) / QUARTER_MS;

/** Quarters remembered at once, over all zones. */
const MOST_REMEMBERED = 1_000;

const remembered = new Map<string, Windows>();

/** The windows of an instant (years 1-9999) on the calendar of an IANA time zone; an unknown zone throws a RangeError. */
export const windowsAt = (ms: number, timeZone: string): Windows => {
  const quarter = Math.floor(ms / QUARTER_MS);
  if (quarter < FIRST_QUARTER) return readWindows(ms, timeZone);
  const name = `${quarter} ${timeZone}`;
  const known = remembered.get(name) ?? readWindows(ms, timeZone);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(name, known);
  return known;
};

const readWindows = (ms: number, timeZone: string): Windows => {
  const parts = formatIn(timeZone).formatToParts(ms);
  const partOf = (type: "year" | "month" | "day"): string => parts.find((part) => part.type === type)?.value ?? "";
  const year = partOf("year").padStart(4, "0");
  const month = `${year}-${partOf("month")}`;
  const day = `${month}-${partOf("day")}`;
  return { day, week: mondayOf(day), month, year };
};
