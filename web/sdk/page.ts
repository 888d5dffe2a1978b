/** The web SDK's page: opens a check-in's link and shows whom it is of (sonect.md 2.5). */
import { type Asked, askMe, openSession, type Session } from "./api.ts";
import { bindSwitch, dress, wearBanks } from "./theme.ts";
import { showMe, showOpening, showTrouble } from "./view.ts";

/** What a code looks like: 32 bytes in base64url. */
const CODE = /^[\w-]{43}$/;

/** Reads the link's code, and takes it out of the address before anything else may see it there. */
const takeCode = (): string | undefined => {
  const code = new URLSearchParams(location.hash.slice(1)).get("c") ?? undefined;
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  return code;
};

/** The newest visit: another link may be opened on the same page, and what an older one still hears is nobody's. */
let visit = {};

/** Ends a session on the screen when it ends for the server; a page that was asleep looks when it wakes. */
const endInTime = ({ endsAtMs }: Session): void => {
  const own = visit;
  let timer = 0;
  const look = (): void => {
    clearTimeout(timer);
    // A timer may come a moment early.
    if (own === visit && Date.now() < endsAtMs) {
      timer = setTimeout(look, endsAtMs - Date.now());
      return;
    }
    document.removeEventListener("visibilitychange", look);
    if (own !== visit) return;
    visit = {};
    showTrouble("over");
  };
  look();
  document.addEventListener("visibilitychange", look);
};

/** Asks; goes on with what was told, or offers to ask again. */
const tell = async <Told>(ask: () => Promise<Asked<Told>>, goOn: (told: Told) => void): Promise<void> => {
  const own = visit;
  const retry = { ask: () => void tell(ask, goOn) };
  showOpening();
  const asked = await ask();
  if (own !== visit) return;
  if ("trouble" in asked) return showTrouble(asked.trouble, { ...retry, waitSeconds: asked.waitSeconds });
  try {
    goOn(asked.told);
  } catch (error) {
    console.error(error);
    showTrouble("failed", retry);
  }
};

const showSession = (session: Session): void => {
  endInTime(session);
  void tell(
    () => askMe(session),
    (me) => {
      wearBanks(me.configuration.theme);
      showMe(me, session.endsAtMs);
    },
  );
};

/** Opens a link by its code. */
const begin = (code?: string): void => {
  visit = {};
  if (code !== undefined && CODE.test(code)) void tell(() => openSession(code), showSession);
  else showTrouble(code === undefined ? "none" : "incomplete");
};

const first = takeCode();
dress();
document.addEventListener("DOMContentLoaded", () => {
  bindSwitch();
  begin(first);
});
addEventListener("hashchange", () => {
  const next = takeCode();
  if (next !== undefined) begin(next);
});
