/** The verbs of approvals. */
import { statusCodes, typeOf } from "#approval/approval";
import { isToken } from "#approval/fields";
import { isoInstant } from "#kernel/time";
import { type Proof, type ShownApproval, type ShownHappenings, showApproval, showHappenings } from "./approval.ts";
import { columns, instantText, printable } from "./layout.ts";
import { day } from "./readings.ts";
import { defineVerb, optional, type Reading, type Said, type Verb } from "./verb.ts";

const token: Reading<string> = {
  says: "a TransactionToken: 24 characters",
  read: (text) => (isToken(text) ? text : undefined),
};

const proofRows = (proof: Proof | undefined): readonly (readonly string[])[] =>
  proof === undefined
    ? []
    : [
        ["decided by", proof.ownerKey],
        ...(proof.reason === undefined ? [] : [["reason", proof.reason]]),
        ["signature", proof.troubles.length === 0 ? `verifies, by its ${proof.key}` : proof.troubles.join("; ")],
      ];

const complaintOf = (proof: Proof | undefined): string | undefined =>
  proof === undefined || proof.troubles.length === 0
    ? undefined
    : `The decision proves nothing: ${proof.troubles.join("; ")}`;

const sayApproval = ({ approval, standing, proof }: ShownApproval): Said => {
  const { state, cause, endedAtMs } = standing;
  const whose = typeOf(approval) === 1 ? `device ${approval.device}` : "any device of the customer";
  return {
    text: [
      `Approval ${approval.token}`,
      "",
      columns([
        ["state", `${state} (${statusCodes[state]})${cause === undefined ? "" : `, ${cause}`}`],
        ["started by", approval.client],
        ["for", whose],
        ["name", printable(approval.name)],
        ["binding code", approval.isBound ? "needed" : "none"],
        ["started", instantText(approval.createdAtMs)],
        ["expires", instantText(approval.expiresAtMs)],
        ...(endedAtMs === undefined ? [] : [["ended", instantText(endedAtMs)]]),
        ...proofRows(proof),
      ]),
    ].join("\n"),
    document: {
      token: approval.token,
      state,
      status: statusCodes[state],
      cause: cause ?? null,
      client: approval.client,
      type: typeOf(approval),
      ownerKey: approval.device ?? null,
      name: approval.name,
      contentSha: approval.contentSha,
      bindingRequired: approval.isBound,
      createdAt: isoInstant(approval.createdAtMs),
      expiresAt: isoInstant(approval.expiresAtMs),
      endedAt: endedAtMs === undefined ? null : isoInstant(endedAtMs),
      evidence:
        proof === undefined
          ? null
          : {
              decision: proof.decision,
              ownerKey: proof.ownerKey,
              reason: proof.reason ?? null,
              frame: proof.framed,
              signature: proof.signature,
              signatureFormat: proof.format ?? null,
              publicKey: proof.publicKey ?? null,
              keySha: proof.keySha,
              verifies: proof.troubles.length === 0,
            },
    },
    complaint: complaintOf(proof),
  };
};

const sayHappenings = ({ day: shown, events }: ShownHappenings): Said => ({
  text:
    events.length === 0
      ? `Nothing has happened on ${shown}.`
      : events
          .flatMap(({ atMs, type, subject, actor, detail }) => [
            `${instantText(atMs)}  ${type}`,
            `  of ${subject}`,
            `  by ${actor}`,
            ...Object.entries(detail).map(([name, text]) => `  ${name}: ${text}`),
          ])
          .join("\n"),
  document: {
    day: shown,
    events: events.map(({ id, atMs, type, actor, subject, detail }) => ({
      id,
      at: isoInstant(atMs),
      type,
      actor,
      subject,
      detail,
    })),
  },
});

/** The verbs of approvals. */
export const approvalVerbs: readonly Verb[] = [
  defineVerb({
    name: "approval show",
    help: "Shows an approval; verifies its signature.",
    notes: [
      "Never its content. With --json also what was signed, by which key: all that it",
      "takes to verify it anywhere. Exit code 1 where it does not verify.",
    ],
    arguments: { token },
    options: {},
    examples: ["approval show AAECAwQFBgcICQoLDA0ODw=="],
    run: showApproval,
    say: sayApproval,
  }),
  defineVerb({
    name: "approval audit",
    help: "Lists what approvals and devices did on a UTC day.",
    notes: ["What operators did to them is in: audit desk."],
    arguments: {},
    options: { day: optional(day, "<YYYY-MM-DD>", "which day (default: today)") },
    examples: ["approval audit --day 2026-11-25"],
    run: showHappenings,
    say: sayHappenings,
  }),
];
