/** approvals.md 4.2, /transactions/pending. */
import { type Approval, mayDecide, typeOf } from "#approval/approval";
import { approvalOf, stopApproval } from "#approval/approval.item";
import type { DeviceCaller } from "#approval/caller";
import { challengeOf, putChallenge } from "#approval/challenge.item";
import type { Device } from "#approval/device";
import type { ListPending } from "#approval/device.wire";
import { recordEvent } from "#approval/event";
import { isWaiting, slotsIn } from "#approval/pending.item";
import type { Waiting } from "#approval/reply";
import { sha256 } from "#approval/signature";
import { approvalIdOf } from "#approval/token";
import type { Ports } from "#ports";
import { decideOn, type Verdict } from "#store/decide";
import { textIn } from "#store/field";
import type { Item } from "#store/item";
import { approvalContentKey, approvalKey, challengeKey, pendingKey } from "#store/keys/approval";
import type { Write } from "#store/write";

/** The most content that is told at once, in bytes (approvals.md 4.2): an answer has to fit Lambda's 6 MB. */
const MOST_CONTENT_BYTES = 2 ** 20;

/** What a device is told. */
export interface Listed {
  readonly waiting: readonly Waiting[];
  readonly serverTimeMs: number;
}

/** Lists what waits for a device's decision, the oldest first. What it is told the first time, it is challenged to decide on. */
export const listPending = ({ most }: ListPending, ports: Ports, { device }: DeviceCaller): Promise<Listed> =>
  decideOn(
    ports,
    () => readRows(ports, device, most),
    (rows, nowMs): Verdict<Listed> => {
      const waiting: Waiting[] = [];
      const writes: Write[] = [];
      let bytes = 0;
      for (const row of rows) {
        if (row.approval.state !== "waiting" || nowMs >= row.approval.expiresAtMs) continue;
        if (!isReadable(row)) {
          writes.push(...fail(row.approval, ports, nowMs));
          continue;
        }
        bytes += Buffer.byteLength(row.content);
        if (bytes > MOST_CONTENT_BYTES) break;
        const challenge = row.challenge ?? ports.ids.nonce();
        if (row.challenge === undefined) writes.push(putChallenge(row.approval, device.ownerKey, challenge));
        waiting.push(show(row, challenge));
      }
      return { say: { waiting, serverTimeMs: nowMs }, writes };
    },
  );

interface Row {
  readonly approval: Approval;
  readonly content: string;
  readonly challenge: string | undefined;
}

const rowOf = (id: string, [found, content, challenge]: readonly (Item | undefined)[]): readonly Row[] =>
  found === undefined
    ? []
    : [
        {
          approval: approvalOf(id, found),
          content: content === undefined ? "" : textIn(content, "content"),
          challenge: challenge && challengeOf(challenge).text,
        },
      ];

/** Two readings, however much waits: what there is, and of the first so many all that is told. */
const readRows = async ({ store, clock }: Ports, device: Device, most: number): Promise<readonly Row[]> => {
  const { identity, ownerKey } = device;
  const [pending] = await store.read([pendingKey(identity)]);
  const nowMs = clock();
  const ids = slotsIn(identity, pending)
    .filter((slot) => isWaiting(slot, nowMs) && mayDecide(slot, device))
    .slice(0, most)
    .map(({ token }) => approvalIdOf(token));
  if (ids.length === 0) return [];
  const keysOf = (id: string) => [approvalKey(id), approvalContentKey(id), challengeKey(id, ownerKey)];
  const items = await store.read(ids.flatMap(keysOf));
  return ids.flatMap((id, nth) => rowOf(id, items.slice(3 * nth)));
};

/** Whether the content is what was started: nobody signs another. */
const isReadable = ({ approval, content }: Row): boolean =>
  Buffer.from(sha256(content)).toString("base64") === approval.contentSha;

const fail = (approval: Approval, ports: Ports, nowMs: number): readonly Write[] => {
  const event = {
    type: "transaction.failed",
    actor: "desk",
    subject: approval.token,
    detail: { cause: "content" },
  } as const;
  return [...stopApproval(approval, "content", nowMs), recordEvent(ports, event, nowMs)];
};

const show = ({ approval, content }: Row, challenge: string): Waiting => {
  const { token, name, createdAtMs, expiresAtMs, isBound } = approval;
  return { token, type: typeOf(approval), name, content, createdAtMs, expiresAtMs, challenge, isBound };
};
