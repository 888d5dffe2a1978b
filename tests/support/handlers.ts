/** Every function by its name, `<slice>/<function>`: its real chain on given ports, and the events it is given. */
import { readFileSync } from "node:fs";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { sayPlainly } from "#desk/contract";
import type { UseCase } from "#edge/contract";
import { endpoint } from "#edge/endpoint";
import { type Job, scheduled } from "#edge/schedule";
import { unknownRoute } from "#edge/unknownRoute";
import type { Ports } from "#ports";
import { closeDueDays } from "#sweep/closeDays";
import { sweepDue } from "#sweep/expireDue";
import { joinPage, pageFile } from "../../local/page.ts";
import { contextOf, everyContract, useCaseOf } from "./desk.ts";

/** What the clock calls, by name. */
export const jobs = { "sweep/expireDue": sweepDue, "sweep/closeDays": closeDueDays } as const satisfies Record<
  string,
  Job
>;

/** Runs a job as its schedule does, with a minute to do it in. */
export const runJob = (name: keyof typeof jobs, ports: Ports): Promise<void> =>
  scheduled(name, jobs[name], () => ports)(undefined, contextOf(name));

/** An event of `events/`, by its path there. */
export const readEvent = (path: string): APIGatewayProxyEventV2 =>
  JSON.parse(readFileSync(new URL(`../../events/${path}`, import.meta.url), "utf8"));

/** The endpoints without a use case: their functions answer a page, which the build puts into their bundles. */
const pages: Readonly<Record<string, () => Promise<string>>> = {
  "desk/docs": async () => readFileSync(new URL("../../docs/api.html", import.meta.url), "utf8"),
  "partner/sdkPage": () => joinPage(pageFile("sdk")),
};

/** The chain of an HTTP function on these ports; throws where there is no such endpoint. */
export const handlerOf = async (name: string, ports: Ports): Promise<ReturnType<typeof endpoint>> => {
  const contracts = await everyContract();
  if (name === "desk/unknownRoute") return unknownRoute(contracts, sayPlainly, () => ports);
  const contract = contracts.find((each) => each.name === name);
  const useCase = pages[name] ?? (contract && (await useCaseOf(contract)));
  if (contract === undefined || useCase === undefined) throw new Error(`there is no endpoint ${name}`);
  return endpoint(contract, useCase as UseCase<unknown, never, unknown>, () => ports);
};
