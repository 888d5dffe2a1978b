import { openTwin } from "../support/twin.ts";
import { bindStore } from "./specification.ts";

bindStore("the twin", async () => openTwin());
