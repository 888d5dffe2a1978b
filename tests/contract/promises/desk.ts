/** What the desk's own events promise. */
import type { Promises } from "./promise.ts";

/** The desk's promises. */
export const deskPromises: Promises = {
  answers: {
    ok: [200, '{"status":"ok"}'],
    page: [200, /^<!doctype html>/],
    404: [404, ""],
    405: [405, ""],
  },
};
