/** How the admin is called, and what it says to who calls it wrongly. */
import { describe, expect, test } from "vitest";
import { verbs } from "../../../local/admin/verbs.ts";
import { openAdmin } from "./given.ts";

const words = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");

const firstLine = (text: string): string => text.split("\n")[0] ?? "";

describe("a wrong call", () => {
  test.each([
    ["acount show bank 1", 'There is no "acount show"; did you mean "account show"?'],
    ["account shwo bank 1", 'There is no "account shwo"; did you mean "account show"?'],
    ["acount", 'There is no "acount"; did you mean "account"?'],
    ["boks bank", 'There is no "boks"; did you mean "books"?'],
    ["account destroy bank 1", 'There is no "account destroy".'],
    ["wibble --help", 'There is no "wibble".'],
    ["account", '"account" needs a verb.'],
    ["merchant key", '"merchant key" needs a verb.'],
    ["merchant key ad shop", 'There is no "merchant key ad"; did you mean "merchant key add"?'],
    ["account show", '"account show" needs <tenant> and <userId>.'],
    ["account show bank 1 2", '"account show" takes no further argument, but got "2".'],
    ["account create bank 1", '"account create" needs --currency <code>.'],
    ["account limits bank 1", '"account limits" needs at least one of --transaction, --day, --week, --month, --year.'],
    ["account show bank 1 --jsn", 'There is no option --jsn; did you mean "--json"?'],
    ["account fund bank 1 -5", "There is no option -5."],
    ["account show bank 1 --currency CHF", '"account show" has no option --currency.'],
    ["account limits bank 1 --day 1 --day 2", "--day is given twice."],
    ["account limits bank 1 --day", "--day needs a value."],
    ["account limits bank 1 --day --week 5", "--day needs a value."],
    ["tenant list --json=yes", "--json takes no value."],
    ["tenant show desk", '<tenant> is "desk": it has to be 1-64 letters, digits, _ or -, but not "desk".'],
    ["tenant show a#b", '<tenant> is "a#b": it has to be 1-64 letters, digits, _ or -, but not "desk".'],
    ["integrator create bank A", '<integrator> is "A": it has to be 1-64 of a-z, 0-9 and dash.'],
    ["account show bank 0", '<userId> is "0": it has to be a whole number from 1 to 9007199254740991.'],
    ["account show bank 007", '<userId> is "007": it has to be a whole number from 1 to 9007199254740991.'],
    [
      "account show bank 9007199254740992",
      '<userId> is "9007199254740992": it has to be a whole number from 1 to 9007199254740991.',
    ],
    [
      "account create bank 1 --currency chf",
      '--currency is "chf": it has to be an ISO 4217 code in capitals, such as CHF.',
    ],
    [
      "account create bank 1 --currency CHF --limit-day 1e3",
      '--limit-day is "1e3": it has to be an amount in major units, such as 500.00, or none.',
    ],
    ["account mode bank 1 off", '<mode> is "off": it has to be book or skip.'],
    [
      "account fund bank 1 0.00",
      '<amount> is "0.00": it has to be an amount above zero in major units, such as 250.00.',
    ],
    ["account fund bank 1 ten", '<amount> is "ten": it has to be an amount above zero in major units, such as 250.00.'],
    ["account statement bank 1 --limit 101", '--limit is "101": it has to be a whole number from 1 to 100.'],
    ["account statement bank 1 --cursor ä", '--cursor is "ä": it has to be what the page before has ended with.'],
    ["audit bank --day 2026-02-30", '--day is "2026-02-30": it has to be a day as YYYY-MM-DD.'],
    [
      "tenant create bank --name Bank --time-zone +01:00",
      '--time-zone is "+01:00": it has to be an IANA time zone, such as Europe/Zurich.',
    ],
    [
      "tenant create bank --name Bank --time-zone UTC --retention-days 6",
      '--retention-days is "6": it has to be a whole number from 7 to 3650.',
    ],
    ["partner create bank --currency CHF", '"partner create" needs at least one of --mode, --web-sdk, --base-url.'],
    [
      "partner set bank --web-sdk http://localhost:3000/sdk",
      '--web-sdk is "http://localhost:3000/sdk": it has to be an https address without query and fragment (in the sandbox also http://127.0.0.1:<port>).',
    ],
    [
      "partner set bank --calls exists,all",
      '--calls is "exists,all": it has to be 1-3 of them with commas between, such as exists,user,partnerCheckin; each exists or user or partnerCheckin.',
    ],
    [
      "partner set bank --country XX",
      '--country is "XX": it has to be the two letters of a country in capitals, such as CH.',
    ],
    ["partner rotate bank --secret both", '--secret is "both": it has to be clientSecret or hmacKey.'],
    ["merchant create shop --token-life 0", '--token-life is "0": it has to be a whole number from 1 to 1440.'],
    [
      "merchant set shop",
      '"merchant set" needs at least one of --token-life, --session-life, --outcome-wait, --retention-days, --callback-types.',
    ],
    ["merchant set shop --outcome-wait 14", '--outcome-wait is "14": it has to be a whole number from 15 to 90.'],
    [
      "merchant endpoint set shop EUR 12-34",
      '<endpointId> is "12-34": it has to be 1-64 letters and digits, as the gateway has it.',
    ],
    [
      "merchant endpoint set shop XBT 1",
      '<currency> is "XBT": it has to be an ISO 4217 code in capitals, such as CHF.',
    ],
    [
      "merchant source set shop 192.0.2.0/33",
      '<networks> is "192.0.2.0/33": it has to be networks such as 192.0.2.0/24,2001:db8::1, or any.',
    ],
    [
      "merchant key add shop k1 --control-key 0011223344556677",
      '--control-key is "0011223344556677": it has to be an even number of hex digits, at least 32, with dashes as it was issued.',
    ],
    [
      "merchant key retire shop k1 --retire-at tomorrow",
      '--retire-at is "tomorrow": it has to be an instant such as 2026-11-25T08:00:00Z.',
    ],
    ["sale show a/b", '<invoiceId> is "a/b": it has to be a sale\'s invoiceId.'],
    ["user show bank", '"user show" needs <reference>.'],
    ["user show bank ä", '<reference> is "ä": it has to be 1-128 printable ASCII characters without space.'],
    [
      "worker create bank w --name W --phone 0791234567",
      '--phone is "0791234567": it has to be a phone number as E.164, such as +41790000001.',
    ],
    ["shop create bank s --name S --vat 12", '--vat is "12": it has to be a VAT number, such as CHE-123.456.789.'],
    [
      "user create bank u --first-name A --last-name B --email a@b.ch --phone +41790000001 --date-of-birth 2023-02-30",
      '--date-of-birth is "2023-02-30": it has to be a day since 1900 as YYYY-MM-DD.',
    ],
    [
      "session revoke abc",
      '<session> is "abc": it has to be a session\'s id of 43 characters: the "sid" of its token.',
    ],
    ["sign user bank --app a:b --user-id u", '--app is "a:b": it has to be a text without a colon.'],
    ["secret rotate --ring sign", '"secret rotate" needs --stage <stage>.'],
    ["secret rotate --ring pepper --stage prod", '--ring is "pepper": it has to be seal or sign.'],
    ["tenant list --port 65536", '--port is "65536": it has to be a whole number from 1 to 65535.'],
    ["tenant list --port 3000 --stage x", "--port is of the sandbox, --stage of a deployed stage: give one."],
    ["tenant list --stage sandbox", "The sandbox is no deployed stage: leave --stage out, or give its --port."],
    ["tenant list --stage a/b", '--stage is "a/b": it has to be 1-64 of a-z, 0-9 and dash.'],
  ])("%s ends with 2 before anything is opened: %s", async (line, message) => {
    const { run, targets } = openAdmin();
    const { code, out, err } = await run(...words(line));
    expect([code, out, firstLine(err), targets]).toEqual([2, "", message, []]);
    expect(err).toContain("npm run admin --");
  });

  test("of what people read is refused where it would move the cursor of a terminal", async () => {
    const { run } = openAdmin();
    const { code, err } = await run("account", "fund", "bank", "1", "5", "--reference", "x\u001b[2J");
    expect([code, err.includes("printable")]).toEqual([2, true]);
  });

  test("is followed by how the verb is called", async () => {
    const { run } = openAdmin();
    expect((await run("account", "fund", "bank", "1")).err).toBe(
      [
        '"account fund" needs <amount>.',
        "",
        "Usage: npm run admin -- …",
        "  account fund <tenant> <userId> <amount> [--reference <text>]",
        "",
        "Examples",
        '  npm run admin -- account fund bank-x 1001 250.00 --reference "payroll 2026-11"',
        "",
      ].join("\n"),
    );
  });

  test("with --json is told on standard output and nowhere else", async () => {
    const { run } = openAdmin();
    expect(await run("acount", "--json")).toEqual({
      code: 2,
      out: '{"error":{"code":"USAGE","message":"There is no \\"acount\\"; did you mean \\"account\\"?"}}\n',
      err: "",
    });
    expect((await run("account", "show", "bank", "1", "--port", "--json")).out).toBe(
      '{"error":{"code":"USAGE","message":"--port needs a value."}}\n',
    );
  });
});

describe("the help", () => {
  test.each([
    ["--help"],
    ["-h"],
    ["account --help"],
    ["account fund --help"],
    ["books --help"],
    ...verbs.map(({ name }) => [`${name} --help`]),
  ])("of %s fits 80 columns, shows an example and ends with 0", async (line) => {
    const { run, targets } = openAdmin();
    const { code, out, err } = await run(...words(line));
    expect([code, err, targets]).toEqual([0, "", []]);
    expect(out.split("\n").filter((each) => [...each].length > 80)).toEqual([]);
    expect(out).toMatch(/^Examples\n {2}npm run admin -- /m);
    expect(out).toContain("Exit codes:");
  });

  test("is what the admin says when it is called with nothing, and names every verb", async () => {
    const { run } = openAdmin();
    const bare = await run();
    expect(bare).toEqual(await run("--help"));
    const listed = [...bare.out.matchAll(/^ {2}([\w-]+(?: [\w-]+){0,2}) {2,}[A-Z]/gm)].map(([, name]) => name);
    expect(listed).toEqual(verbs.map(({ name }) => name));
  });

  test("of a verb says what it takes", async () => {
    const { run } = openAdmin();
    expect((await run("account", "fund", "--help")).out.split("\nWhere\n")[0]).toBe(
      [
        "Usage: npm run admin -- …",
        "  account fund <tenant> <userId> <amount> [--reference <text>]",
        "",
        "Puts money on an account, once a reference.",
        "The money comes from the tenant's funding account. When in doubt, repeat it",
        "with the same reference: what was done is not done twice.",
        "",
        '  <tenant>            1-64 letters, digits, _ or -, but not "desk"',
        "  <userId>            a whole number from 1 to 9007199254740991",
        "  <amount>            an amount above zero in major units, such as 250.00",
        "  --reference <text>  names the sum (default: a fresh name)",
        "",
      ].join("\n"),
    );
  });

  test.each(verbs.flatMap(({ name, examples }) => examples.map((example) => [name, example] as const)))(
    "of %s shows an example that is right: %s",
    async (name, example) => {
      const { run, targets } = openAdmin();
      const { code } = await run(...words(example));
      const opened = example.includes("--hmac-key") ? 0 : 1;
      expect([example.startsWith(name), code === 2, targets.length]).toEqual([true, false, opened]);
    },
  );
});

test.each([
  ["tenant list", { port: 3000 }],
  ["--port 3100 tenant list", { port: 3100 }],
  ["tenant list --stage prod", { stage: "prod" }],
])("%s works at %o", async (line, target) => {
  const { run, targets } = openAdmin();
  await run(...words(line));
  expect(targets).toEqual([target]);
});
