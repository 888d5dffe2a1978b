/** A public credential of the sandbox, and how it is shown to the desk: by the demo, by curl, on the first screen and in the documentation. */

/** The headers that prove who is calling; `basic` stands for the one that curl makes of `-u`. */
export interface Shown {
  readonly basic?: { readonly id: string; readonly secret: string };
  /**
   * By name. What does not live long enough to be written down is a shell's `$(command)`, or a `$VARIABLE` where another
   * call tells it.
   */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A credential, and what it is good for. */
export interface Credential {
  /** The name of the scheme that takes it, as contracts have it. */
  readonly scheme: string;
  /** Which protocol, in which role. */
  readonly protocol: string;
  /** Whose it is. */
  readonly who: string;
  readonly how: Shown;
  /** What is to be known before one uses it, in a few words. */
  readonly what: string;
}

/** The headers of a request that shows a credential. */
export const headersOf = ({ how: { basic, headers } }: Credential): Readonly<Record<string, string>> => ({
  ...(basic && { Authorization: `Basic ${Buffer.from(`${basic.id}:${basic.secret}`).toString("base64")}` }),
  ...headers,
});

/** A word for a shell: as it is, but for what the shell is to put there. */
const quoted = (word: string): string =>
  word.includes("$") ? `"${word.replaceAll('"', '\\"')}"` : `'${word.replaceAll("'", "'\\''")}'`;

/** A header as an option of curl. */
export const headerOption = (name: string, value: string): string => `-H ${quoted(`${name}: ${value}`)}`;

/** The options of curl that show a credential. */
export const optionsOf = ({ how: { basic, headers = {} } }: Credential): readonly string[] => [
  ...(basic ? [`-u ${quoted(`${basic.id}:${basic.secret}`)}`] : []),
  ...Object.entries(headers).map(([name, value]) => headerOption(name, value)),
];

/** Whether somebody has to be asked for a credential before it can be shown. */
export const isToldByCall = (credential: Credential): boolean => optionsOf(credential).some((one) => /\$\w/.test(one));
