/** The chapter on who may ask: every scheme that a contract has, and every credential of the sandbox. */
import type { AnyContract, Credential as Shown } from "#edge/contract";
import { type Credential, optionsOf } from "../../sandbox/credential.ts";
import { credentials } from "../../sandbox/credentials.ts";
import { type Html, html } from "./html.ts";
import { sliceOf, words } from "./words.ts";

type Scheme = NonNullable<AnyContract["auth"]>;

/** Where the page has the chapter. */
export const AUTHENTICATION = "credentials";

const anchorOf = (scheme: string): string => `auth-${scheme}`;

/** Whether a caller shows anything: a scheme may go by what a connection tells. */
export const showsCredential = (scheme: Scheme | undefined): scheme is Scheme =>
  scheme !== undefined && scheme.openapi.length > 0;

/** A scheme by name, as a link to the chapter. */
export const authenticationLink = (scheme: Scheme | undefined): Html => {
  const { says = "Anybody may ask." } = scheme ?? {};
  return showsCredential(scheme)
    ? html`By <a href="#${anchorOf(scheme.name)}">${words(scheme.name).toLowerCase()}</a>.`
    : html`${says}`;
};

const headerOf = (shown: Shown): string => {
  if (shown.type === "apiKey") return `${shown.name}: <token>`;
  return shown.scheme === "basic" ? "Authorization: Basic <base64 of id:secret>" : "Authorization: Bearer <token>";
};

const credentialRow = (credential: Credential): Html => html`
<div><dt>${credential.who}</dt><dd>${optionsOf(credential).map((option) => html`<code>${option}</code> `)}</dd><dd>${credential.what}</dd></div>`;

const credentialList = (scheme: string): Html | undefined => {
  const own = credentials.filter((credential) => credential.scheme === scheme);
  return own.length > 0 ? html`<dl class="fields secrets">${own.map(credentialRow)}\n</dl>` : undefined;
};

const schemeSection = ({ name, openapi }: Scheme, users: readonly string[]): Html => {
  const ways = openapi.map((shown, at) => html`${at > 0 ? " or " : ""}<code>${headerOf(shown)}</code>`);
  return html`
<h3 id="${anchorOf(name)}">${words(name)}</h3>
<p>${ways} for ${users.join(", ")}.</p>
${credentialList(name)}`;
};

/** The chapter; `titles` are those of the slices, by name. */
export const authenticationChapter = (
  contracts: readonly AnyContract[],
  titles: Readonly<Record<string, string>>,
): Html => {
  const asking = contracts.map(({ auth }) => auth).filter(showsCredential);
  const schemes = [...new Map(asking.map((scheme) => [scheme.name, scheme])).values()];
  const usersOf = ({ name }: Scheme): readonly string[] => [
    ...new Set(contracts.filter(({ auth }) => auth?.name === name).map((row) => titles[sliceOf(row)] ?? "")),
  ];
  return html`
<section id="${AUTHENTICATION}" class="part">
<div class="intro"><h2>Authentication</h2>
<p class="lead">Who is asking, the credential alone tells; what another one owns is answered like what is not there. Below are the sandbox's, as options of curl: they are public and work nowhere else.</p></div>
${schemes.map((scheme) => schemeSection(scheme, usersOf(scheme)))}
</section>`;
};
