/** Fills the sandbox with API clients of approvals; nothing else has to be there before. */
import { createChannel } from "../../admin/channel.ts";
import { sandboxChannels } from "../values/channels.ts";
import { actor, type Seeder, unlessThere } from "./seeder.ts";

/** The API clients. */
export const seedChannels: Seeder = (ports) =>
  Promise.all(
    sandboxChannels.map(({ id, secret }) =>
      unlessThere(createChannel(ports, { channel: id, secret, actor }), "CLIENT_EXISTS"),
    ),
  );
