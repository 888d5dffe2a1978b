/** Why the page cannot show what it is for, and what it says then. */

/** A reason, in the page's words. */
export interface Trouble {
  readonly title: string;
  readonly text: string;
  /** A symbol of page.html. */
  readonly icon: "link" | "clock" | "away" | "alert";
  /** Whether to ask again may help. */
  readonly mayRetry: boolean;
}

const AGAIN = "Go back to your bank’s app and open it again.";

/** Every reason. */
export const troubles = {
  used: {
    title: "This link no longer works",
    text: `This link has been used or has expired. ${AGAIN}`,
    icon: "link",
    mayRetry: false,
  },
  incomplete: {
    title: "This link is incomplete",
    text: `A part of it has been lost on the way. ${AGAIN}`,
    icon: "link",
    mayRetry: false,
  },
  none: {
    title: "Open this page from your bank’s app",
    text: `It cannot be opened on its own, nor be loaded again. ${AGAIN}`,
    icon: "link",
    mayRetry: false,
  },
  over: {
    title: "Your session has ended",
    text: `For your safety it lasts half an hour at the most. ${AGAIN}`,
    icon: "clock",
    mayRetry: false,
  },
  /** The exchange has been asked for, and nobody knows whether it came to pass. */
  lost: {
    title: "We could not be reached",
    text: "Check your connection and try again. A link works only once: if it has been used by now, go back to your bank’s app.",
    icon: "away",
    mayRetry: true,
  },
  unreachable: {
    title: "We could not be reached",
    text: "Check your connection and try again.",
    icon: "away",
    mayRetry: true,
  },
  busy: {
    title: "Too many tries",
    text: "Wait a moment, then try again.",
    icon: "clock",
    mayRetry: true,
  },
  failed: {
    title: "Something went wrong on our side",
    text: "Try again in a moment. If it goes on, go back to your bank’s app and open it again.",
    icon: "alert",
    mayRetry: true,
  },
} as const satisfies Readonly<Record<string, Trouble>>;

/** A reason's name. */
export type TroubleName = keyof typeof troubles;
