/** The verbs of identities of approvals, and of their devices. */
import type { Device } from "#approval/device";
import { plainText } from "#approval/fields";
import { isoInstant } from "#kernel/time";
import { listDevices, type ShownIdentity, showIdentity, unlockIdentity } from "./identity.ts";
import { columns, cut, instantText, printable } from "./layout.ts";
import { bySchema } from "./readings.ts";
import { defineVerb, optional, type Said, type Verb } from "./verb.ts";

const text = bySchema(plainText(), "1-64 characters, none of them a control character");

const call = {
  arguments: { customer: text },
  options: { userCode: optional(text, "<code>", "which of the customer's users") },
};

interface Asked {
  readonly customer: string;
  readonly userCode: string | undefined;
}

const namedBy = ({ customer, userCode }: Asked) => ({ customerId: customer, userCode });

const nameOf = ({ customerId, userCode }: { readonly customerId: string; readonly userCode?: string | undefined }) =>
  userCode === undefined ? customerId : `${customerId}, user ${userCode}`;

const guardText = ({ guard, pausedUntilMs }: ShownIdentity): string =>
  pausedUntilMs === undefined ? guard : `paused until ${instantText(pausedUntilMs)}`;

const codeText = ({ identity: { code }, nowMs }: ShownIdentity): string => {
  if (code === undefined) return "none";
  if (code.usedKeyDigest !== undefined) return "used";
  return nowMs < code.expiresAtMs ? `good until ${instantText(code.expiresAtMs)}` : "expired";
};

const sayIdentity = (shown: ShownIdentity): Said => {
  const { identity, guard, pausedUntilMs } = shown;
  return {
    text: [
      `Customer ${nameOf(identity)}`,
      "",
      columns([
        ["activation", guardText(shown)],
        ["failures", String(identity.fails)],
        ["code", codeText(shown)],
        ["tries of it", String(identity.code?.tries ?? 0n)],
        ["devices", `${identity.devices}, ${identity.activeDevices} of them active`],
      ]),
    ].join("\n"),
    document: {
      customerId: identity.customerId,
      userCode: identity.userCode ?? null,
      activation: guard,
      pausedUntil: pausedUntilMs === undefined ? null : isoInstant(pausedUntilMs),
      failures: Number(identity.fails),
      code: codeText(shown).split(" ")[0],
      codeTries: Number(identity.code?.tries ?? 0n),
      devices: Number(identity.devices),
      activeDevices: Number(identity.activeDevices),
    },
  };
};

const deviceDocument = (device: Device) => ({
  ownerKey: device.ownerKey,
  state: device.state,
  reason: device.reason ?? null,
  name: device.name,
  platform: device.platform,
  model: device.model ?? null,
  signatureFormat: device.format,
  publicKey: device.publicKey,
  approvalPublicKey: device.approvalKey ?? null,
  hasPushToken: device.push !== undefined,
  activatedAt: isoInstant(device.activatedAtMs),
  removedAt: device.removedAtMs === undefined ? null : isoInstant(device.removedAtMs),
  lastSeenAt: device.lastSeenAtMs === undefined ? null : isoInstant(device.lastSeenAtMs),
});

const DAY_LENGTH = "2026-11-25".length;
const NAME_WIDTH = 12;

const sayDevices = ({ named, devices }: { named: Parameters<typeof nameOf>[0]; devices: readonly Device[] }): Said => ({
  text:
    devices.length === 0
      ? `Customer ${nameOf(named)} has no device.`
      : columns([
          ["OWNER KEY", "STATE", "SINCE", "NAME"],
          ...devices.map((device) => [
            device.ownerKey,
            device.state,
            instantText(device.activatedAtMs).slice(0, DAY_LENGTH),
            cut(printable(device.name), NAME_WIDTH),
          ]),
        ]),
  document: {
    customerId: named.customerId,
    userCode: named.userCode ?? null,
    devices: devices.map(deviceDocument),
  },
});

/** The verbs of identities and devices. */
export const identityVerbs: readonly Verb[] = [
  defineVerb({
    name: "identity show",
    help: "Shows how activation codes of a customer were tried.",
    notes: ["Never a code. Each ten failures pause it for 15 minutes, a hundred lock it."],
    ...call,
    examples: ["identity show 999", "identity show 999 --user-code anna"],
    run: (ports, asked) => showIdentity(ports, namedBy(asked)),
    say: sayIdentity,
  }),
  defineVerb({
    name: "identity unlock",
    help: "Forgets a customer's failed activation codes.",
    notes: ["Ends a lock and a pause. Be sure who asks for it: somebody was guessing codes."],
    ...call,
    examples: ["identity unlock 999"],
    run: async (ports, asked) => ({
      ...(await unlockIdentity(ports, { ...namedBy(asked), actor: asked.actor })),
      named: namedBy(asked),
    }),
    say: ({ named, identity, changed }) => ({
      text: changed
        ? `Forgot ${identity.fails} failures of customer ${nameOf(named)}: codes can be issued and tried.`
        : `Customer ${nameOf(named)} has no failures: nothing was changed.`,
      document: {
        customerId: named.customerId,
        userCode: named.userCode ?? null,
        failures: Number(identity.fails),
        changed,
      },
    }),
  }),
  defineVerb({
    name: "device list",
    help: "Lists a customer's devices, oldest first.",
    notes: ["--json also tells their keys, how they sign, and when they were last seen."],
    ...call,
    examples: ["device list 999"],
    run: async (ports, asked) => ({
      named: namedBy(asked),
      devices: await listDevices(ports, namedBy(asked)),
    }),
    say: sayDevices,
  }),
];
