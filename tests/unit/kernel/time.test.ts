import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  DAY_MS,
  HOUR_MS,
  isoInstant,
  isTimeZone,
  MINUTE_MS,
  readInstant,
  SECOND_MS,
  secondsOf,
  utcDay,
  windowsAt,
} from "#kernel/time";

const at = (text: string): number => readInstant(text) ?? Number.NaN;
const instants = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2199, 11, 31) });

test("units of time are multiples of each other", () => {
  expect([SECOND_MS, MINUTE_MS, HOUR_MS, DAY_MS]).toEqual([1000, 60_000, 3_600_000, 86_400_000]);
});

describe("reading an instant", () => {
  test.each([
    ["2023-10-05T05:31:04.278Z", "2023-10-05T05:31:04.278Z"],
    ["2023-10-05T05:31:04Z", "2023-10-05T05:31:04.000Z"],
    ["2023-10-05T05:31:04.2Z", "2023-10-05T05:31:04.200Z"],
    ["2023-10-05T05:31:04.27Z", "2023-10-05T05:31:04.270Z"],
    ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"],
    ["2024-02-29T23:59:59.999Z", "2024-02-29T23:59:59.999Z"],
    ["2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000Z"],
    ["0050-06-01T00:00:00Z", "0050-06-01T00:00:00.000Z"],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
  ])("takes %s as %s", (text, normal) => {
    expect(isoInstant(at(text))).toBe(normal);
  });

  test.each([
    ["no such month", "2024-13-01T00:00:00Z"],
    ["month zero", "2024-00-01T00:00:00Z"],
    ["day zero", "2024-01-00T00:00:00Z"],
    ["30 February", "2024-02-30T00:00:00Z"],
    ["29 February of a common year", "2023-02-29T00:00:00Z"],
    ["29 February of 1900", "1900-02-29T00:00:00Z"],
    ["31 April", "2024-04-31T00:00:00Z"],
    ["hour 24", "2024-01-01T24:00:00Z"],
    ["hour 25", "2024-01-01T25:00:00Z"],
    ["minute 60", "2024-01-01T00:60:00Z"],
    ["a leap second", "2016-12-31T23:59:60Z"],
    ["four fraction digits", "2024-01-01T00:00:00.0000Z"],
    ["a point without digits", "2024-01-01T00:00:00.Z"],
    ["a comma", "2024-01-01T00:00:00,5Z"],
    ["an offset", "2024-01-01T00:00:00+00:00"],
    ["no zone", "2024-01-01T00:00:00"],
    ["no seconds", "2024-01-01T00:00Z"],
    ["a day only", "2024-01-01"],
    ["a small t", "2024-01-01t00:00:00Z"],
    ["a small z", "2024-01-01T00:00:00z"],
    ["a space", "2024-01-01 00:00:00Z"],
    ["spaces around", " 2024-01-01T00:00:00Z "],
    ["a line end", "2024-01-01T00:00:00Z\n"],
    ["one digit of a month", "2024-1-01T00:00:00Z"],
    ["a five-digit year", "12024-01-01T00:00:00Z"],
    ["an expanded year", "+002024-01-01T00:00:00Z"],
    ["a negative year", "-2024-01-01T00:00:00Z"],
    ["other digits", "２０２４-01-01T00:00:00Z"],
    ["epoch milliseconds", "1704067200000"],
    ["nothing", ""],
  ])("refuses %s: %j", (_what, text) => {
    expect(readInstant(text)).toBeUndefined();
  });

  test("gives back every instant that was printed", () => {
    fc.assert(
      fc.property(instants, (ms) => {
        expect(readInstant(isoInstant(ms))).toBe(ms);
      }),
    );
  });
});

test.each([
  [0, 0n],
  [1, 1n],
  [1000, 1n],
  [1001, 2n],
  [1_795_165_200_999, 1_795_165_201n],
])("%i ms are %s whole seconds", (ms, seconds) => {
  expect(secondsOf(ms)).toBe(seconds);
});

test.each([
  ["Europe/Zurich", true],
  ["America/Argentina/Buenos_Aires", true],
  ["UTC", true],
  ["Etc/GMT+5", true],
  ["Europe/Bern", false],
  ["+01:00", false],
  ["-0800", false],
  ["", false],
  [" UTC", false],
  ["Europe/Zurich\n", false],
  ["__proto__", false],
])("%j is a time zone: %s", (name, isOne) => {
  expect(isTimeZone(name)).toBe(isOne);
});

describe("windows", () => {
  test.each([
    ["an ordinary Friday", "2026-11-20T12:00:00Z", "Europe/Zurich", "2026-11-20", "2026-11-16"],
    ["the last ms of a local day", "2026-11-20T22:59:59.999Z", "Europe/Zurich", "2026-11-20", "2026-11-16"],
    ["the first of the next", "2026-11-20T23:00:00Z", "Europe/Zurich", "2026-11-21", "2026-11-16"],
    ["the end of a Sunday", "2026-11-22T22:59:59.999Z", "Europe/Zurich", "2026-11-22", "2026-11-16"],
    ["the start of a Monday", "2026-11-22T23:00:00Z", "Europe/Zurich", "2026-11-23", "2026-11-23"],
    ["before clocks go forward", "2026-03-28T23:00:00Z", "Europe/Zurich", "2026-03-29", "2026-03-23"],
    ["the end of that 23-hour day", "2026-03-29T21:59:59.999Z", "Europe/Zurich", "2026-03-29", "2026-03-23"],
    ["the day after it", "2026-03-29T22:00:00Z", "Europe/Zurich", "2026-03-30", "2026-03-30"],
    ["before clocks go back", "2026-10-24T22:00:00Z", "Europe/Zurich", "2026-10-25", "2026-10-19"],
    ["the end of that 25-hour day", "2026-10-25T22:59:59.999Z", "Europe/Zurich", "2026-10-25", "2026-10-19"],
    ["the day after that", "2026-10-25T23:00:00Z", "Europe/Zurich", "2026-10-26", "2026-10-26"],
    ["the last ms of a year", "2026-12-31T22:59:59.999Z", "Europe/Zurich", "2026-12-31", "2026-12-28"],
    ["New Year, in the old year's week", "2026-12-31T23:00:00Z", "Europe/Zurich", "2027-01-01", "2026-12-28"],
    [
      "New Year, still the old one in New York",
      "2027-01-01T04:59:59.999Z",
      "America/New_York",
      "2026-12-31",
      "2026-12-28",
    ],
    [
      "New Year's Eve, already over in Kiribati",
      "2026-12-31T10:00:00Z",
      "Pacific/Kiritimati",
      "2027-01-01",
      "2026-12-28",
    ],
    ["a leap day", "2028-02-29T00:00:00Z", "UTC", "2028-02-29", "2028-02-28"],
    ["the day before the one that Samoa left out", "2011-12-30T09:59:59Z", "Pacific/Apia", "2011-12-29", "2011-12-26"],
    ["the day after it", "2011-12-30T10:00:00Z", "Pacific/Apia", "2011-12-31", "2011-12-26"],
    ["half an hour off", "2026-11-20T18:29:59.999Z", "Asia/Kolkata", "2026-11-20", "2026-11-16"],
    ["half an hour off, a day later", "2026-11-20T18:30:00Z", "Asia/Kolkata", "2026-11-21", "2026-11-16"],
  ])("%s: %s in %s is on %s, in the week of %s", (_what, instant, zone, day, week) => {
    expect(windowsAt(at(instant), zone)).toEqual({ day, week, month: day.slice(0, 7), year: day.slice(0, 4) });
  });

  test("a zone that does not exist throws", () => {
    expect(() => windowsAt(0, "Europe/Bern")).toThrow(RangeError);
  });

  const zones = fc.constantFrom(
    "UTC",
    "Europe/Zurich",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "Asia/Kathmandu",
    "America/St_Johns",
  );

  test("hold together: the day is near its UTC day, in its week from Monday, its month and its year", () => {
    fc.assert(
      fc.property(instants, zones, (ms, zone) => {
        const { day, week, month, year } = windowsAt(ms, zone);
        const dayMs = at(`${day}T00:00:00Z`);
        const weekMs = at(`${week}T00:00:00Z`);
        expect([utcDay(ms - DAY_MS), utcDay(ms), utcDay(ms + DAY_MS)]).toContain(day);
        expect(new Date(weekMs).getUTCDay()).toBe(1);
        expect([0, 1, 2, 3, 4, 5, 6]).toContain((dayMs - weekMs) / DAY_MS);
        expect({ month, year }).toEqual({ month: day.slice(0, 7), year: day.slice(0, 4) });
      }),
    );
  });

  test("are UTC's own in UTC", () => {
    fc.assert(
      fc.property(instants, (ms) => {
        expect(windowsAt(ms, "UTC").day).toBe(utcDay(ms));
      }),
    );
  });

  /** The last Sunday of a month that has 31 days, at 01:00 UTC: when the European Union changes its clocks. */
  const changeMs = (year: number, month: number): number => {
    const last = new Date(Date.UTC(year, month, 31, 1));
    return last.getTime() - last.getUTCDay() * DAY_MS;
  };

  test("follow the clock changes of the European Union", () => {
    // From 1996 on the rule is the present one; as far as rules are known, it stays.
    const sinceTheRule = fc.integer({ min: Date.UTC(1996, 0, 1), max: Date.UTC(2099, 11, 31) });
    fc.assert(
      fc.property(sinceTheRule, (ms) => {
        const year = new Date(ms).getUTCFullYear();
        const isSummer = changeMs(year, 2) <= ms && ms < changeMs(year, 9);
        expect(windowsAt(ms, "Europe/Zurich").day).toBe(utcDay(ms + (isSummer ? 2 : 1) * HOUR_MS));
      }),
    );
  });
});
