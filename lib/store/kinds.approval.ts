/** The kinds of item of approvals, the devices that give them and the clients that ask for them (lib/approval). */
import type { Kind } from "#store/kind";

/** The slice's part of the grammar. */
export const approvalKinds = {
  channel: {
    owner: "desk",
    id: "all",
    part: "<API client>",
    lifetime: "for ever",
    holds: "A pointer to each API client of approvals, for the administrator.",
  },
  identity: {
    owner: "desk",
    id: "<keyed digest of CustomerId and UserCode>",
    part: "identity, pending, device#<time>#<OwnerKey>",
    lifetime: "for ever",
    holds:
      "A customer as a holder of devices: the activation code as a keyed digest, its failures, how many devices; beside it what waits, and a pointer to each device.",
  },
  device: {
    owner: "desk",
    id: "<OwnerKey>",
    part: "device",
    lifetime: "for ever",
    holds: "A device: its public keys, state, names, sealed push token.",
  },
  deviceKey: {
    owner: "desk",
    id: "<digest of the public key>",
    part: "key",
    lifetime: "for ever",
    holds: "Whose device's key this is, or was: a key is activated once.",
  },
  deviceNonce: {
    owner: "desk",
    id: "<OwnerKey>#<nonce>",
    part: "nonce",
    lifetime: "3 minutes",
    holds: "That a device has signed a request with this nonce.",
  },
  loginCode: {
    owner: "desk",
    id: "<keyed digest of the code>",
    part: "code",
    lifetime: "its expiry and a day",
    holds: "Whose login code it is, until when, and whether it was used.",
  },
  approval: {
    owner: "desk",
    id: "<digest of the token>",
    part: "approval, content, challenge#<OwnerKey>",
    index: "due",
    lifetime: "30 days after its deadline, or fewer as the operator has set",
    holds:
      "What somebody is asked to confirm: state, owner, deadline, the decision with what was signed; beside it the content, and what each device was challenged with.",
  },
  approvalScope: {
    owner: "desk",
    id: "<digest of client and owner>",
    part: "scope, generation#<number>",
    lifetime: "for ever; a generation's beginning 31 days",
    holds: "How often a client has cancelled all that waited for an owner, and when each time.",
  },
  approvalStart: {
    owner: "desk",
    id: "<keyed digest of client and Idempotency-Key>",
    part: "start",
    lifetime: "two days",
    holds: "Which approval a start has begun, and the digest of what it said.",
  },
  approvalPush: {
    owner: "desk",
    id: "all",
    part: "push",
    lifetime: "for ever",
    holds: "Where devices' push messages are sent, and the sealed key that signs them.",
  },
  approvalLimits: {
    owner: "desk",
    id: "all",
    part: "limits",
    lifetime: "for ever",
    holds: "How far an operator has lowered what approvals allow; absent: not at all.",
  },
} as const satisfies Readonly<Record<string, Kind>>;
