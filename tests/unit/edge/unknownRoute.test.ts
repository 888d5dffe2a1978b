import { describe, expect, it } from "vitest";
import * as z from "zod";
import { contract, type Dialect } from "#edge/contract";
import { unknownRoute } from "#edge/unknownRoute";
import { context, eventWith, everyAnswer, portsWith, rememberTelemetry } from "./given.ts";

/** Says where it is from. */
const from =
  (name: string): Dialect =>
  ({ facts: { allow } }) => ({
    status: allow === undefined ? 404 : 405,
    headers: { From: name, ...(allow !== undefined && { Allow: String(allow) }) },
  });

const row = (slice: string, route: `${"GET" | "POST" | "PUT"} /${string}`) =>
  contract({
    name: `${slice}/any`,
    route,
    summary: "Any.",
    reply: z.object({}),
    encode: () => ({ status: 200 }),
    dialect: from(slice),
    mayRefuse: [],
    io: { reads: 0, commits: 0 },
  });

const contracts = [
  { ...row("partner", "POST /v7/user"), aliases: ["POST /v7/user/create"] as const },
  row("shop", "GET /v7/transactions/{id}"),
  row("pos", "POST /orders"),
  row("pos", "GET /orders"),
  row("pos", "PUT /orders/{id}/close"),
  row("pos", "POST /orders/{id}/close"),
  row("app", "GET /app/orders/{id}"),
];

const ask = async (verb: string, path: string) => {
  const { telemetry, told } = rememberTelemetry();
  const handler = unknownRoute(contracts, from("nobody"), () => portsWith(telemetry));
  return { answer: await handler(eventWith({}, verb, path), context), told };
};

describe("a route that is none", () => {
  const cases: readonly (readonly [string, string, string | undefined, string])[] = [
    ["GET", "/v7/user", "POST", "partner"],
    ["HEAD", "/v7/user", "POST", "partner"],
    ["OPTIONS", "/v7/user", "POST", "partner"],
    ["PATCH", "/v7/user/create", "POST", "partner"],
    ["DELETE", "/orders", "GET, POST", "pos"],
    ["GET", "/orders/7/close", "POST, PUT", "pos"],
    ["POST", "/v7/transactions/x%2Fy", "GET", "shop"],
    ["GET", "/orders//close", undefined, "pos"],
    ["GET", "/orders/7", undefined, "pos"],
    ["GET", "/orders/7/close/now", undefined, "pos"],
    ["GET", "/orders/", undefined, "pos"],
    ["POST", "/v7/transactions", undefined, "shop"],
    ["POST", "/v7/users", undefined, "partner"],
    ["POST", "/v7/user/other", undefined, "partner"],
    ["GET", "/app", undefined, "app"],
    ["GET", "/app/elsewhere", undefined, "app"],
    ["GET", "/V7/user", undefined, "nobody"],
    ["GET", "/", undefined, "nobody"],
    ["GET", "/favicon.ico", undefined, "nobody"],
    ["POST", "/{id}", undefined, "nobody"],
  ];
  it.each(cases)("%s %s allows %s, says %s", async (verb, path, allow, dialect) => {
    const { answer } = await ask(verb, path);
    expect(answer).toEqual({
      statusCode: allow === undefined ? 404 : 405,
      headers: { From: dialect, ...(allow !== undefined && { Allow: allow }), ...everyAnswer },
    });
  });

  it("is observed like any endpoint", async () => {
    const { told } = await ask("GET", "/wp-login.php");
    const endpoint = "desk/unknownRoute";
    expect(told).toEqual([
      {
        log: "info",
        message: "refused",
        fields: {
          endpoint,
          requestId: context.awsRequestId,
          status: 404,
          refusal: "UNKNOWN_ROUTE",
          durationMs: 5,
          coldStart: true,
        },
      },
      { count: "Requests", value: 1, endpoint },
      { count: "Refusals", value: 1, endpoint },
      "flushed",
    ]);
  });
});
