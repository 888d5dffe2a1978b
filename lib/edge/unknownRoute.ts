/** The `$default` route: what no endpoint's route matches (sonect.md section 1). */
import middy from "@middy/core";
import { type AnyContract, type Dialect, routesOf } from "#edge/contract";
import { asked } from "#edge/middleware/asked";
import { observe } from "#edge/middleware/observe";
import { speak } from "#edge/middleware/speak";
import type { AnywayStep, Handler, Live } from "#edge/middleware/state";
import { Refused, refuse } from "#kernel/refusal";

interface Route {
  readonly verb: string;
  readonly segments: readonly string[];
  readonly dialect: Dialect;
}

const segmentsOf = (path: string): readonly string[] => path.split("/").slice(1);

const splitRoutes = (row: AnyContract): readonly Route[] =>
  routesOf(row).map((route) => {
    const [verb = "", path = ""] = route.split(" ");
    return { verb, segments: segmentsOf(path), dialect: row.dialect };
  });

/** How many first segments agree; `{id}` agrees with any one segment. */
const agreement = ({ segments }: Route, asked: readonly string[]): number => {
  const differs = segments.findIndex((segment, at) => (segment.startsWith("{") ? !asked[at] : segment !== asked[at]));
  return differs < 0 ? segments.length : differs;
};

const matches = (route: Route, asked: readonly string[]): boolean =>
  route.segments.length === asked.length && agreement(route, asked) === asked.length;

const nearestDialect = (routes: readonly Route[], asked: readonly string[], fallback: Dialect): Dialect => {
  // A route that matches outranks a longer one that only begins the same way.
  const rank = (route: Route): number => agreement(route, asked) + (matches(route, asked) ? 1 : 0);
  const [nearest] = routes.filter((route) => rank(route) > 0).toSorted((one, other) => rank(other) - rank(one));
  return nearest?.dialect ?? fallback;
};

const noRoute = (routes: readonly Route[]): AnywayStep => ({
  before: ({ event }) => {
    const asked = segmentsOf(event.rawPath);
    const verbs = new Set(routes.filter((route) => matches(route, asked)).map(({ verb }) => verb));
    throw new Refused(refuse("UNKNOWN_ROUTE", verbs.size > 0 ? { allow: [...verbs].sort().join(", ") } : {}));
  },
});

/**
 * Refuses with UNKNOWN_ROUTE; its fact `allow` lists the path's verbs, sorted, if it has any. Spoken in the dialect of
 * the contract whose route matches the path or shares its longest beginning, else in the fallback.
 */
export const unknownRoute = (contracts: readonly AnyContract[], fallback: Dialect, live: Live): Handler => {
  const routes = contracts.flatMap(splitRoutes);
  const chain = middy({ timeoutEarlyInMillis: 0 })
    .use(asked())
    .use(observe("desk/unknownRoute", live))
    .use(noRoute(routes))
    .use(speak((event) => nearestDialect(routes, segmentsOf(event.rawPath), fallback), []));
  return (event, context) => chain(event, context);
};
