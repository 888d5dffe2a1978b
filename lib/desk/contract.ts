/** What the desk itself answers: whether it serves, and how it is spoken to (sandbox.md). */
import * as z from "zod";
import { contract, type Dialect } from "#edge/contract";
import { answerPage } from "#edge/page";

/** How the desk itself says no, and to whom no protocol is near: HTTP's statuses, and no body where that says it all. */
export const sayPlainly: Dialect = ({ code }) =>
  code === "UNKNOWN_ROUTE" ? undefined : { status: 503, body: { status: "unavailable" } };

/** GET /health. */
export const healthContract = /* @__PURE__ */ contract({
  name: "desk/health",
  route: "GET /health",
  summary: "Tells whether the desk serves: its table answers.",
  reply: z.object({ status: z.literal("ok") }),
  encode: (said: { readonly status: "ok" }) => ({ status: 200, body: said }),
  dialect: sayPlainly,
  mayRefuse: [],
  io: { reads: 1, commits: 0 },
});

/** GET /docs. */
export const docsContract = /* @__PURE__ */ contract({
  name: "desk/docs",
  route: "GET /docs",
  summary: "This documentation, as one page that loads nothing else.",
  reply: z.string(),
  encode: (page: string) => answerPage(page),
  dialect: sayPlainly,
  mayRefuse: [],
  io: { reads: 0, commits: 0 },
});
