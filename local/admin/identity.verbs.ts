/** The verbs of identities of approvals. */
import { isoInstant } from "#kernel/time";
import { type ShownIdentity, showIdentity, unlockIdentity } from "./identity.ts";
import { byCustomer, namedBy, nameOf } from "./identity.words.ts";
import { columns, instantText } from "./layout.ts";
import { defineVerb, type Said, type Verb } from "./verb.ts";

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

/** The verbs of identities. */
export const identityVerbs: readonly Verb[] = [
  defineVerb({
    name: "identity show",
    help: "Shows how activation codes of a customer were tried.",
    notes: ["Never a code. Each ten failures pause it for 15 minutes, a hundred lock it."],
    ...byCustomer,
    examples: ["identity show 999", "identity show 999 --user-code anna"],
    run: (ports, asked) => showIdentity(ports, namedBy(asked)),
    say: sayIdentity,
  }),
  defineVerb({
    name: "identity unlock",
    help: "Forgets a customer's failed activation codes.",
    notes: ["Ends a lock and a pause. Be sure who asks for it: somebody was guessing codes."],
    ...byCustomer,
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
];
