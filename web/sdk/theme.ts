/** White or dark: the system's until the bank's is known, and the user's own from the first touch of the switch. */
import type { Configuration } from "./me.ts";

type Theme = Configuration["theme"];

/** The colour of the browser's own bars, as the page's background is in frame.css. */
const bars: Readonly<Record<Theme, string>> = { white: "#f4f6f8", dark: "#0e131b" };

const system = matchMedia("(prefers-color-scheme: dark)");
let decidedBy: "system" | "bank" | "user" = "system";

const wear = (theme: Theme): void => {
  document.documentElement.dataset.theme = theme;
  document.querySelector("meta[name=theme-color]")?.setAttribute("content", bars[theme]);
  document.querySelector(".theme")?.setAttribute("aria-checked", String(theme === "dark"));
};

const wearSystems = (): void => {
  if (decidedBy === "system") wear(system.matches ? "dark" : "white");
};

/** The bank's theme, unless the user has chosen. */
export const wearBanks = (theme: Theme): void => {
  if (decidedBy === "user") return;
  decidedBy = "bank";
  wear(theme);
};

/** Dresses the page before it is seen. */
export const dress = (): void => {
  wearSystems();
  system.addEventListener?.("change", wearSystems);
};

/** Lets the user choose. */
export const bindSwitch = (): void => {
  wear(document.documentElement.dataset.theme === "dark" ? "dark" : "white");
  document.querySelector(".theme")?.addEventListener("click", () => {
    decidedBy = "user";
    wear(document.documentElement.dataset.theme === "dark" ? "white" : "dark");
  });
};
