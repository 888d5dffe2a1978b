/** The verbs of devices of approvals. */
import type { Device } from "#approval/device";
import { isOwnerKey } from "#approval/fields";
import { isoInstant } from "#kernel/time";
import { blockDevice, type ChangedDevice, listDevices, unblockDevice } from "./device.ts";
import { byCustomer, namedBy, nameOf } from "./identity.words.ts";
import { columns, cut, instantText, printable } from "./layout.ts";
import { defaulting, defineVerb, type Reading, type Said, type Verb } from "./verb.ts";

const device: Reading<string> = {
  says: "an OwnerKey, as device list shows it",
  read: (text) => (isOwnerKey(text) ? text : undefined),
};

/** What a channel's is, too (approvals.md 2.5). */
const reason: Reading<string> = {
  says: "1-64 of A-Z, 0-9 and _",
  read: (text) => (/^[A-Z0-9_]{1,64}$/.test(text) ? text : undefined),
};

const byDevice = {
  arguments: { device },
  options: { reason: defaulting(reason, "<REASON>", "what ListDevices tells the bank", "OPERATOR") },
};

const documentOf = (shown: Device) => ({
  ownerKey: shown.ownerKey,
  state: shown.state,
  reason: shown.reason ?? null,
  name: shown.name,
  platform: shown.platform,
  model: shown.model ?? null,
  signatureFormat: shown.format,
  publicKey: shown.publicKey,
  approvalPublicKey: shown.approvalKey ?? null,
  hasPushToken: shown.push !== undefined,
  activatedAt: isoInstant(shown.activatedAtMs),
  removedAt: shown.removedAtMs === undefined ? null : isoInstant(shown.removedAtMs),
  lastSeenAt: shown.lastSeenAtMs === undefined ? null : isoInstant(shown.lastSeenAtMs),
});

const DAY_LENGTH = "2026-11-25".length;
const NAME_WIDTH = 12;

const sayDevices = ({ named, devices }: { named: Parameters<typeof nameOf>[0]; devices: readonly Device[] }): Said => ({
  text:
    devices.length === 0
      ? `Customer ${nameOf(named)} has no device.`
      : columns([
          ["OWNER KEY", "STATE", "SINCE", "NAME"],
          ...devices.map((each) => [
            each.ownerKey,
            each.state,
            instantText(each.activatedAtMs).slice(0, DAY_LENGTH),
            cut(printable(each.name), NAME_WIDTH),
          ]),
        ]),
  document: { customerId: named.customerId, userCode: named.userCode ?? null, devices: devices.map(documentOf) },
});

const sayChanged =
  (word: string) =>
  ({ device: shown, changed }: ChangedDevice): Said => ({
    text: [
      `The device ${shown.ownerKey} of customer ${printable(nameOf(shown))} is ${word}.`,
      ...(changed ? [] : ["It was so already: nothing was changed."]),
    ].join("\n"),
    document: { customerId: shown.customerId, userCode: shown.userCode ?? null, ...documentOf(shown), changed },
  });

/** The verbs of devices. */
export const deviceVerbs: readonly Verb[] = [
  defineVerb({
    name: "device list",
    help: "Lists the phones that a customer approves with.",
    notes: ["Oldest first. --json also tells keys, how they sign, when they were last seen."],
    ...byCustomer,
    examples: ["device list 999"],
    run: async (ports, asked) => ({
      named: namedBy(asked),
      devices: await listDevices(ports, namedBy(asked)),
    }),
    say: sayDevices,
  }),
  defineVerb({
    name: "device block",
    help: "Lets a phone approve nothing until it is unblocked.",
    notes: ["At once; what waits for it goes on waiting. A bank's own call is BlockDevice."],
    ...byDevice,
    examples: ["device block 20260102-6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b --reason STOLEN"],
    run: blockDevice,
    say: sayChanged("blocked"),
  }),
  defineVerb({
    name: "device unblock",
    help: "Lets a blocked phone approve again.",
    notes: ["Whoever has blocked it. A bank's own call is UnblockDevice."],
    ...byDevice,
    examples: ["device unblock 20260102-6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b --reason FOUND"],
    run: unblockDevice,
    say: sayChanged("active"),
  }),
];
