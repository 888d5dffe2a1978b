/** The API clients of approvals that the sandbox is filled with (sandbox.md). */
import { expect, test } from "vitest";
import { channelFor } from "#approval/channel";
import { listChannels, setChannel } from "../../../local/admin/channel.ts";
import { channels } from "../../../local/sandbox/values/channels.ts";
import { seedSandbox } from "../../../local/sandbox.ts";
import { openTestPorts } from "../../support/ports.ts";
import { inSandbox } from "./given.ts";

const promised = [
  ["bank-web", "sandbox-core-secret-0000000000000000000000000000001"],
  ["bank-atm", "sandbox-core-secret-0000000000000000000000000000002"],
] as const;

test("the sandbox has the API clients of its specification, and shows how they call", async () => {
  const ports = inSandbox(openTestPorts().ports);
  await seedSandbox(ports);
  for (const [id, secret] of promised)
    expect(await channelFor({ id, secret }, ports)).toEqual({ client: id, tellsIdentity: false });
  expect(channels.map(({ who, how }) => [who, how.basic])).toEqual(
    promised.map(([id, secret]) => [id, { id, secret }]),
  );
});

test("a second filling leaves an API client as it was changed", async () => {
  const ports = inSandbox(openTestPorts().ports);
  await seedSandbox(ports);
  const wish = { channel: "bank-atm", actor: "dana", type: "channel.disabled", switches: { isEnabled: false } };
  await setChannel(ports, wish);
  await seedSandbox(ports);
  expect((await listChannels(ports)).map(({ id, isEnabled }) => [id, isEnabled])).toEqual([
    ["bank-atm", false],
    ["bank-web", true],
  ]);
});
