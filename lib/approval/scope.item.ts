/** The scope of what a client starts for an owner: a start that cancels what waits there begins its next generation, whatever waits (approvals.md 6, GEN and BUMP). */
import type { Approval, Owner } from "#approval/approval";
import { bounds } from "#approval/limits";
import { lengthPrefixed } from "#kernel/canonical";
import { digest } from "#kernel/crypto";
import { absent, equals } from "#store/condition";
import { amountIn, maybeTimeIn } from "#store/field";
import type { Item, Key } from "#store/item";
import { generationKey, scopeKey } from "#store/keys/approval";
import { ttlAfter } from "#store/table";
import { check, put, update, type Write } from "#store/write";

type Scoped = Owner & Pick<Approval, "client">;

/** What the table knows a scope by: a device's and its identity's are two, and a device's is known before its identity is. */
const scopeOf = ({ client, device, identity }: Scoped): string =>
  digest(lengthPrefixed([client, ...(device === undefined ? ["identity", identity] : ["device", device])]));

/** Where the present generation is. */
export const scopeKeyOf = (scoped: Scoped): Key => scopeKey(scopeOf(scoped));

/** The present generation. */
export const generationIn = (item: Item | undefined): bigint => amountIn(item ?? {}, "generation");

/** Where it is noted when the generation after this approval's has begun. */
export const nextGenerationKey = (approval: Pick<Approval, "generation"> & Scoped): Key =>
  generationKey(scopeOf(approval), approval.generation + 1n);

/** When a generation has begun; undefined where it has not. */
export const begunIn = (item: Item | undefined): number | undefined => item && maybeTimeIn(item, "begunAtMs");

/** The generation as a condition sees it: a scope that has never cancelled anything has none. */
const isGeneration = (generation: bigint) => equals("generation", generation === 0n ? undefined : generation);

/** The check that an approval's generation still is the present one (W4, W6, W7). */
export const checkGeneration = (scoped: Scoped, generation: bigint): Write =>
  check(scopeKeyOf(scoped), [[isGeneration(generation), "stale"]]);

/** The writes that begin the next generation, if this still is the present one (W4). */
export const nextGeneration = (scoped: Scoped, generation: bigint, nowMs: number): readonly Write[] => [
  update(scopeKeyOf(scoped), { set: { generation: generation + 1n }, orCreate: true }, [
    [isGeneration(generation), "stale"],
  ]),
  put(
    generationKey(scopeOf(scoped), generation + 1n),
    { begunAtMs: BigInt(nowMs), ttl: ttlAfter(nowMs, bounds.retentionDays.most + 1) },
    [[absent(), "stale"]],
  ),
];
