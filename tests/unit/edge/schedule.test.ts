import { describe, expect, it } from "vitest";
import { type Job, scheduled } from "#edge/schedule";
import { Fault, Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { context, portsWith, rememberTelemetry } from "./given.ts";

const fields = { endpoint: "sweep/tidy", requestId: context.awsRequestId, durationMs: 5, coldStart: true };
const one = (count: string) => ({ count, value: 1, endpoint: "sweep/tidy" });

describe("a scheduled job", () => {
  it("gets the ports and the time that is left, and is observed", async () => {
    const { telemetry, told } = rememberTelemetry();
    const ports = portsWith(telemetry);
    const given: [Ports, number][] = [];
    const job: Job = async (its, { remainingMs }) => {
      given.push([its, remainingMs()]);
      its.telemetry.count("SweepExpired", 3, "sweep/tidy");
    };
    await expect(scheduled("sweep/tidy", job, () => ports)({ source: "aws.events" }, context)).resolves.toBe(undefined);
    expect(given).toEqual([[ports, 1_234]]);
    expect(told).toEqual([
      { count: "SweepExpired", value: 3, endpoint: "sweep/tidy" },
      { log: "info", message: "done", fields },
      one("Requests"),
      "flushed",
    ]);
  });

  const failures: readonly (readonly [string, Error])[] = [
    ["Fault: the table is gone", new Fault("the table is gone")],
    ["Refused: BUSY", new Refused(refuse("BUSY"))],
  ];
  it.each(failures)("fails loudly: %s", async (described, error) => {
    const { telemetry, told } = rememberTelemetry();
    const job: Job = async () => {
      throw error;
    };
    await expect(scheduled("sweep/tidy", job, () => portsWith(telemetry))({}, context)).rejects.toBe(error);
    expect(told).toEqual([
      {
        log: "error",
        message: "fault",
        fields: { ...fields, fault: expect.stringMatching(new RegExp(`^${described}\n`)) },
      },
      one("Requests"),
      one("Faults"),
      "flushed",
    ]);
  });
});
