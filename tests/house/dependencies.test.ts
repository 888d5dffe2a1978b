/** Who may lean on whom, from one table. */
import { describe, expect, test } from "vitest";
import { type Source, sourcesOf, targetOf } from "./sources.ts";

/** Folders of lib/, and the others that each may import; some are files beside them. */
const mayLeanOn: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  ports: ["kernel", "store"],
  store: ["kernel", "ports"],
  party: ["kernel", "store", "ports"],
  ledger: ["kernel", "store", "ports"],
  telemetry: ["ports"],
  edge: ["kernel", "store", "party", "ports", "telemetry"],
  desk: ["kernel", "store", "ports"],
  partner: ["kernel", "store", "party", "ports"],
  withdrawal: ["kernel", "store", "party", "ledger", "ports"],
  sale: ["kernel", "store", "party", "ports"],
  loyalty: [],
  pos: ["kernel", "store", "party", "ledger", "loyalty", "ports"],
  approval: ["kernel", "store", "party", "ports"],
  sweep: ["kernel", "store", "party", "ledger", "ports", "withdrawal", "pos", "approval"],
  secrets: ["kernel", "ports"],
  outgoing: ["kernel", "ports"],
  live: ["kernel", "store", "ports", "secrets", "outgoing", "telemetry"],
};

/** Packages that only these files may import. */
const packages: Readonly<Record<string, RegExp>> = {
  "@aws-sdk/client-secrets-manager": /^lib\/live\.ts$/,
  "@aws-sdk/": /^lib\/store\/(dynamo|query)\.ts$|^lib\/live\.ts$/,
  "@aws-lambda-powertools/": /^lib\/telemetry\.ts$/,
  "@middy/": /^lib\/edge\//,
  jose: /^lib\/kernel\/token\.ts$/,
  "zod-openapi": /^lib\/edge\/openapi/,
};

const sources = sourcesOf("lib", "functions");
const placeOf = (path: string): string => /^lib\/(\w+)/.exec(path)?.[1] ?? path.split("/")[0] ?? "";

const isAllowed = ({ path }: Source, target: string): boolean => {
  const [from, to] = [placeOf(path), placeOf(target)];
  if (to === "functions" || to === "local" || to === "tests") return false;
  if (from === "functions") return true;
  // A contract is where a slice meets the edge; nothing else of a slice knows it.
  if (to === "edge" && /[/.]contract\.ts$/.test(path)) return true;
  return from === to || (mayLeanOn[from] ?? []).includes(to);
};

describe("dependencies", () => {
  test("of lib/ and functions/ follow the table", () => {
    const wrong = sources.flatMap((source) =>
      source.imports
        .map(({ from }) => targetOf(source.path, from))
        .filter((target) => target?.endsWith(".ts") && !isAllowed(source, target))
        .map((target) => `${source.path} leans on ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test("on packages are where they belong", () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports.flatMap(({ from }) => {
        const rule = Object.entries(packages).find(([name]) => from.startsWith(name));
        return rule !== undefined && !rule[1].test(path) ? [`${path} imports ${from}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("of the gateway simulator are its own: what tries the server shares nothing with it (sbc.md 8)", () => {
    // How a terminal's lines are laid out is nobody's protocol.
    const isItsOwn = (target: string): boolean =>
      target.startsWith("local/gateway/") || target === "local/admin/layout.ts";
    const wrong = sourcesOf("local")
      .filter(({ path }) => path.startsWith("local/gateway"))
      .flatMap(({ path, imports }) =>
        imports
          .map(({ from }) => ({ from, target: targetOf(path, from) }))
          .filter(({ target }) => target !== undefined && !isItsOwn(target))
          .map(({ from }) => `${path} imports ${from}`),
      );
    expect(wrong).toEqual([]);
  });

  test("name every folder of lib/", () => {
    const places = new Set(sourcesOf("lib").map(({ path }) => placeOf(path)));
    expect([...places].sort()).toEqual(Object.keys(mayLeanOn).sort());
  });

  test("go round in no circle, not even of types, but for the ports that everything speaks of", () => {
    const leans = new Map(
      sources.map(({ path, imports }) => [
        path,
        imports.flatMap(({ from }) => targetOf(path, from) ?? []).filter((to) => to !== "lib/ports.ts"),
      ]),
    );
    const circles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      const since = trail.indexOf(path);
      if (since >= 0) {
        circles.push([...trail.slice(since), path].join(" → "));
        return;
      }
      for (const next of leans.get(path) ?? []) if (circles.length === 0) visit(next, [...trail, path]);
    };
    for (const path of leans.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });
});
