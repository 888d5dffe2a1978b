/** A slice's refusals, each told once: what it means, how it is said, and where, if not everywhere alike. */
import type { AnyContract } from "#edge/contract";
import { type Example, refusalsAt } from "#edge/openapi.responses";
import { retryInWords } from "../refusals.ts";
import type { RefusalTable } from "../sources.ts";
import { escaped, type Html, html, prose, raw } from "./html.ts";
import { words } from "./words.ts";

const anchorOf = (slice: string, code: string): string => `${slice}.${code}`;

const link = (slice: string, code: string): Html => html`<a href="#${anchorOf(slice, code)}">${code}</a>`;

/** Refusals by name, each a link to where it is told. */
export const refusalLinks = (slice: string, codes: readonly string[]): Html =>
  html`<p class="codes">${codes.map((code) => html`${link(slice, code)} `)}</p>`;

/** A refusal as it is said at an endpoint; `beginning` and `rest` are its body as JSON, parted after its first member. */
interface Heard extends Example {
  readonly at: string;
  readonly beginning: string;
  readonly rest: string;
}

/** What every endpoint of a slice may refuse; nothing where there is only one, which tells its refusals itself. */
export const usualRefusals = (contracts: readonly AnyContract[]): readonly string[] => {
  if (contracts.length < 2) return [];
  const [first = [], ...others] = contracts.map((row) => refusalsAt(row).map(({ code }) => code));
  return first.filter((code) => others.every((codes) => codes.includes(code)));
};

const partsOf = (value: unknown): Pick<Heard, "beginning" | "rest"> => {
  const json = value === undefined ? "" : JSON.stringify(value);
  const [first, ...others] = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const length = first && others.length > 0 ? JSON.stringify(Object.fromEntries([first])).length - 1 : 0;
  return { beginning: json.slice(0, length), rest: json.slice(length) };
};

const heardAt = (row: AnyContract): readonly Heard[] =>
  refusalsAt(row).map((said) => ({ ...said, ...partsOf(said.value), at: words(row.name.split("/")[1] ?? "") }));

/** A long line of JSON, to be broken after a comma where it has to be. */
const breakable = (json: string): Html => raw(escaped(json).replaceAll(",", ",<wbr>"));

const utterance = ({ status, headers, value }: Example, json: string, where: Html | undefined): Html => {
  const added = Object.entries(headers).map(([name, header]) => html`<br><code>${name}: ${header}</code>`);
  const body = value === undefined ? html`no body` : html`<code>${breakable(json)}</code>`;
  return html`<p><b class="s${Math.floor(status / 100)}">${status}</b> ${body}${added}${where && html` <small>${where}</small>`}</p>`;
};

const placesOf = (heard: readonly Heard[]): string => heard.map(({ at }) => at).join(", ");

const groupsBy = (heard: readonly Heard[], key: (said: Heard) => string): readonly (readonly Heard[])[] =>
  Object.values(Object.groupBy(heard, key)).map((group = []) => group);

/** What is said alike but for its beginning, once; with the endpoints, unless that is all of them. */
const alikeUtterance = (heard: readonly Heard[], isEverywhere: boolean): readonly Html[] => {
  const [first] = heard;
  if (first === undefined) return [];
  const begun = groupsBy(heard, ({ beginning }) => beginning);
  const where = begun.map(
    (group) => html`<br><code>${raw(escaped(group[0]?.beginning ?? ""))}</code> ${placesOf(group)}`,
  );
  if (begun.length > 1) return [utterance(first, `{…${first.rest}`, html`${where}`)];
  return [utterance(first, first.beginning + first.rest, isEverywhere ? undefined : html`${placesOf(heard)}`)];
};

/** How a refusal is said: where it is not said alike everywhere, with the endpoints. */
const utterances = (heard: readonly Heard[]): readonly Html[] => {
  const alike = groupsBy(heard, ({ at: _, value: __, beginning: ___, ...said }) => JSON.stringify(said));
  return alike.flatMap((group) => alikeUtterance(group, alike.length === 1));
};

const row = (slice: string, heard: readonly Heard[], refusals: RefusalTable): Html => {
  const { code = "" } = heard[0] ?? {};
  const known = refusals[code];
  if (!known) throw new RangeError(`no table of refusals has ${code}`);
  return html`
<div id="${anchorOf(slice, code)}"><dt><code>${code}</code></dt><dd>${utterances(heard)}</dd><dd>${prose(known.says)} <small>${retryInWords[known.retry]}</small></dd></div>`;
};

/** The list, in the order in which the endpoints come to them. */
export const refusalList = (slice: string, contracts: readonly AnyContract[], refusals: RefusalTable): Html => {
  const usual = usualRefusals(contracts);
  const byCode = Object.groupBy(contracts.flatMap(heardAt), ({ code }) => code);
  return html`
<section class="refusals"><h3 id="${slice}-refusals">Refusals</h3>
${usual.length > 0 ? html`<p>Every endpoint of this protocol may also say:</p>${refusalLinks(slice, usual)}` : undefined}
<dl class="fields">${Object.values(byCode).map((heard = []) => row(slice, heard, refusals))}
</dl></section>`;
};
