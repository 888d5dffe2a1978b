/** Our desk, or somebody in front of it, as the subject of a conformance report. */
import { type Finding, makeReport, type Report } from "../../../local/gateway/report/report.ts";
import type { Subject } from "../../../local/gateway/report/tester.ts";
import { A, B, openCheckout, type Shop } from "../../support/checkout.ts";
import { type Middleman, serveDesk } from "../../support/deskServer.ts";
import { worldOf } from "../../support/gateway.ts";

/** A merchant's back end, as the report knows it. */
export const clientOf = ({ clientId: id, clientSecret: secret }: Shop) => ({ id, secret });

/** Enough for everything to expire. */
export const PATIENCE_MS = 3_600_000;

/** A's, with B for another merchant, without patience. */
export const subjectAt = (base: string): Subject => ({
  base,
  controlKey: A.controlKey,
  endpoint: "1234",
  currency: "EUR",
  callbackType: "sale",
  client: clientOf(A),
  otherClient: clientOf(B),
  timeoutMs: 10_000,
  patienceMs: 0,
});

/** Makes a report on a desk of its own. */
export const reportOn = async (middleman?: Middleman, change: Partial<Subject> = {}): Promise<Report> => {
  const checkout = await openCheckout();
  const { base } = await serveDesk(checkout.call, middleman);
  return makeReport({ ...subjectAt(base), ...change }, worldOf(checkout));
};

/** The findings that came out so. */
export const only = ({ findings }: Report, outcome: Finding["outcome"]) =>
  findings.filter((one) => one.outcome === outcome);
