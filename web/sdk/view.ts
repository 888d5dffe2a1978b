/** What is seen. Whatever comes from the server becomes text, never markup. */
import { amountLines, type Line, limitLines, type Me, personLines, quickAmountsOf } from "./me.ts";
import { type TroubleName, troubles } from "./trouble.ts";

type Child = Node | string;

const element = (tag: string, className: string, ...children: readonly Child[]): HTMLElement => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
};

const icon = (name: string): Element => {
  const space = "http://www.w3.org/2000/svg";
  const drawn = document.createElementNS(space, "svg");
  const used = document.createElementNS(space, "use");
  used.setAttribute("href", `#${name}`);
  drawn.setAttribute("aria-hidden", "true");
  drawn.append(used);
  return drawn;
};

const heading = (text: string): HTMLElement => {
  const made = element("h1", "", text);
  made.tabIndex = -1;
  return made;
};

/** What a server says, in whichever direction its script is read. */
const said = (tag: string, text: string): HTMLElement => {
  const made = element(tag, "", text);
  made.dir = "auto";
  return made;
};

const list = (lines: readonly Line[]): HTMLElement =>
  element("dl", "", ...lines.map(([name, value]) => element("div", "", element("dt", "", name), said("dd", value))));

const card = (title: string, ...children: readonly Child[]): HTMLElement =>
  element("section", "card", element("h2", "", title), ...children);

/** Puts a screen into the page, says it aloud, and lets nobody's focus fall into nothing. */
const show = (state: string, aloud: string, ...children: readonly Node[]): void => {
  const main = document.querySelector("main");
  const status = document.querySelector("[role=status]");
  if (main === null || status === null) return;
  const hadFocus = main.contains(document.activeElement);
  main.dataset.state = state;
  main.setAttribute("aria-busy", String(state === "opening"));
  main.replaceChildren(...children);
  if (status.textContent !== aloud) status.textContent = aloud;
  scrollTo(0, 0);
  if (hadFocus) main.querySelector("h1")?.focus();
};

const bone = (className: string): HTMLElement => element("div", `bone ${className}`);

const skeleton = (): HTMLElement => {
  const lines = (count: number) => Array.from({ length: count }, () => bone("line"));
  const made = element(
    "div",
    "columns",
    element("section", "card", bone("title"), bone("chips"), ...lines(3)),
    element("section", "card", bone("title"), ...lines(5)),
    element("section", "card", bone("title"), ...lines(5)),
  );
  made.setAttribute("aria-hidden", "true");
  return made;
};

/** The link is being opened. */
export const showOpening = (): void => {
  const title = "One moment …";
  const intro = element("div", "intro", heading(title), element("p", "", "Your page is being opened."));
  show("opening", "One moment. Your page is being opened.", intro, skeleton());
};

/** How to ask again, and how long to wait before. */
export interface Retry {
  readonly ask: () => void;
  readonly waitSeconds?: number | undefined;
}

const retryButton = ({ ask, waitSeconds = 0 }: Retry): HTMLElement => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "primary";
  button.addEventListener("click", ask);
  const count = (left: number): void => {
    button.disabled = left > 0;
    button.textContent = left > 0 ? `Try again in ${left} s` : "Try again";
    if (left > 0) setTimeout(() => count(left - 1), 1_000);
  };
  count(waitSeconds);
  return button;
};

/** It cannot be opened, and why; whoever can help it is offered to try again. */
export const showTrouble = (name: TroubleName, retry?: Retry): void => {
  const { title, text, icon: symbol, mayRetry } = troubles[name];
  const badge = element("div", "badge", icon(symbol));
  const button = retry && mayRetry ? [retryButton(retry)] : [];
  const section = element("section", "card trouble", badge, heading(title), element("p", "", text), ...button);
  show(name, `${title}. ${text}`, section);
};

const statuses = {
  active: { icon: "check", title: "Active", text: "You can withdraw cash." },
  blocked: {
    icon: "lock",
    title: "Blocked",
    text: "You can look around, but you cannot withdraw cash. Your bank can tell you why, and unblock you.",
  },
} as const satisfies Readonly<Record<Me["status"], object>>;

const intro = ({ profile, status }: Me): HTMLElement => {
  const { icon: symbol, title, text } = statuses[status];
  const pill = element("p", `status ${status}`, icon(symbol), element("strong", "", title), element("span", "", text));
  return element("div", "intro", heading(profile.firstName ? `Hello, ${profile.firstName}` : "Hello"), pill);
};

/** Whom the session is of, and what the bank lets them do. */
export const showMe = (me: Me, endsAtMs: number): void => {
  const { configuration } = me;
  const chips = element("ul", "chips", ...quickAmountsOf(configuration).map((amount) => said("li", amount)));
  const until = new Date(endsAtMs).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const columns = element(
    "div",
    "columns",
    card("Amounts", chips, list(amountLines(configuration))),
    card("Your limits", list(limitLines(configuration))),
    card("Your details", list(personLines(me))),
  );
  const { title, text } = statuses[me.status];
  const ends = element("p", "ends", `This page closes at ${until}.`);
  show("open", `Your page is open. ${title}: ${text}`, intro(me), columns, ends);
};
