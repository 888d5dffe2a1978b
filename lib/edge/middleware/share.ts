/**
 * Lets pages of known origins read what is answered, refusals too (CORS). Any other page gets the same answer without
 * these headers, and its browser keeps it to itself. Never `*`, never credentials: a session is sent as a bearer token.
 */
import type { Contract } from "#edge/contract";
import type { AnywayStep, Result } from "#edge/middleware/state";
import type { Ports } from "#ports";

/** What a page may read of the headers, besides those that every page may. */
const READABLE = "X-Request-Id, Retry-After";

const openTo = (result: Result, origin: string): Result => ({
  ...result,
  headers: {
    ...result.headers,
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers": READABLE,
    Vary: "Origin",
  },
});

/** Adds the headers where the request's origin is one of the contract's. Never throws: where that cannot be told, it is none. */
export const share = (origins: Contract<unknown, never, unknown>["origins"]): AnywayStep => {
  const isKnown = async (origin: string, ports: Ports): Promise<boolean> => {
    try {
      return (await origins?.(origin, ports)) ?? false;
    } catch {
      return false;
    }
  };
  const open: NonNullable<AnywayStep["after"]> = async (request) => {
    const { asked, ports } = request.internal;
    const origin = asked?.headers.origin;
    if (ports === undefined || origin === undefined || !(await isKnown(origin, ports))) return;
    if (request.response) request.response = openTo(request.response, origin);
  };
  return { after: open, onError: open };
};
