/** What the desk itself may be asked, of nobody's slice: its health, its page, and what is nowhere. */
import type { Ports } from "#ports";
import { contextOf } from "../desk.ts";
import { handlerOf, readEvent } from "../handlers.ts";
import { openTestPorts, type TestWorld } from "../ports.ts";
import { type Act, type Setting, scenariosIn } from "./scenario.ts";

const setting: Setting<{ readonly world: TestWorld }, undefined> = {
  open: async (replace) => ({ world: openTestPorts(replace) }),
  begin: async () => undefined,
};

const send = async (endpoint: string, event: string, ports: Ports) =>
  (await handlerOf(endpoint, ports))(readEvent(event), contextOf(event));

/** A row whose request is that of an event. */
const row = (endpoint: string, act: string, event: string, cost: { reads: number; commits: 0; refusal?: string }) => {
  const asked: Act<{ readonly world: TestWorld }, undefined> = ({ world }) => send(endpoint, event, world.ports);
  return { endpoint, act, asked, cost };
};

/** What the desk's endpoints may be asked. */
export const deskScenarios = scenariosIn(setting, [
  row("desk/health", "whether it serves", "desk/health.ok.json", { reads: 1, commits: 0 }),
  row("desk/docs", "its page", "desk/docs.page.json", { reads: 0, commits: 0 }),
  row("desk/unknownRoute", "what is nowhere", "desk/unknownRoute.404.json", {
    reads: 0,
    commits: 0,
    refusal: "UNKNOWN_ROUTE",
  }),
]);
