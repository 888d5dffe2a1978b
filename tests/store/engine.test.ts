import { openEngineStore } from "../support/engine.ts";
import { bindStore } from "./specification.ts";

bindStore("the engine", async () => (await openEngineStore()).store);
