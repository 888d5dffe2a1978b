/** Clients and their secrets: known by keyed digests, two at once. */
import { describe, expect, test } from "vitest";
import {
  type Client,
  clientOf,
  createClient,
  digestOfSecret,
  dropPrevious,
  findTenantOfClient,
  keyOfClient,
  type Protocol,
  rotateClient,
} from "#party/client";
import type { Write } from "#store/write";
import { NOW_MS, openTestPorts, PEPPER } from "../support/ports.ts";

const digestOf = (secret: string, id = "core", protocol: Protocol = "partner") =>
  digestOfSecret(PEPPER, protocol, id, secret);
const first: Client = { protocol: "partner", id: "core", tenant: "bank", current: digestOf("first") };

const opened = async () => {
  const { twin, ports } = openTestPorts();
  const commit = (write: Write) => twin.commit([write], ports.ids.uuid());
  expect(await commit(createClient(first, NOW_MS))).toMatchObject({ done: true });
  const read = async (): Promise<Client> => {
    const [item] = await twin.read([keyOfClient(first)]);
    if (item === undefined) throw new Error("there is no client");
    return clientOf("partner", item);
  };
  // Nothing is remembered here.
  const recall = async (key: Parameters<typeof ports.recall>[0]) => (await twin.read([key]))[0];
  const find = (secret: string, id = "core", protocol: Protocol = "partner") =>
    findTenantOfClient({ ...ports, recall }, protocol, { id, secret });
  return { commit, read, find, twin };
};

describe("a client", () => {
  test("is its tenant's, by its secret alone, in its protocol alone", async () => {
    const { find } = await opened();
    expect(await Promise.all([find("first"), find("First"), find("")])).toEqual(["bank", undefined, undefined]);
    expect(await find("first", "other")).toBeUndefined();
    expect(await find("first", "core", "sale")).toBeUndefined();
    expect(await find("-")).toBeUndefined();
  });

  test("is as much work to know nothing of as to know another secret of", async () => {
    let reads = 0;
    const { twin, ports } = openTestPorts((store) => ({
      ...store,
      read: (keys) => {
        reads += 1;
        return store.read(keys);
      },
    }));
    await twin.commit([createClient(first, NOW_MS)], "client");
    const readsOf = async (id: string, secret: string): Promise<number> => {
      const before = reads;
      await findTenantOfClient(ports, "partner", { id, secret });
      return reads - before;
    };
    await readsOf("core", "first");
    expect([await readsOf("core", "first"), await readsOf("core", "wrong"), await readsOf("nobody", "first")]).toEqual([
      0, 1, 1,
    ]);
  });

  test("is created once", async () => {
    const { commit } = await opened();
    const again = await commit(createClient({ ...first, tenant: "thief" }, NOW_MS));
    expect(again).toMatchObject({ done: false, otherwise: "CLIENT_EXISTS" });
  });

  test("has two secrets at the most: the third ends the first", async () => {
    const { commit, read, find } = await opened();
    await commit(rotateClient(await read(), digestOf("second")));
    expect(await read()).toEqual({ ...first, current: digestOf("second"), previous: digestOf("first") });
    expect(await Promise.all(["first", "second"].map((secret) => find(secret)))).toEqual(["bank", "bank"]);
    await commit(rotateClient(await read(), digestOf("third")));
    expect(await Promise.all(["first", "second", "third"].map((secret) => find(secret)))).toEqual([
      undefined,
      "bank",
      "bank",
    ]);
  });

  test("has one when its rotation is ended", async () => {
    const { commit, read, find } = await opened();
    await commit(rotateClient(await read(), digestOf("second")));
    await commit(dropPrevious(await read()));
    expect(await read()).toEqual({ ...first, current: digestOf("second") });
    expect(await find("first")).toBeUndefined();
  });

  test("is rotated by one of those who read it at once", async () => {
    const { commit, read } = await opened();
    const seen = await read();
    expect(await commit(rotateClient(seen, digestOf("mine")))).toMatchObject({ done: true });
    expect(await commit(rotateClient(seen, digestOf("theirs")))).toMatchObject({ done: false, otherwise: "stale" });
    expect(await commit(dropPrevious(seen))).toMatchObject({ done: false, otherwise: "stale" });
  });

  test("leaves neither id nor secret in its key, and no secret in its item", async () => {
    const { twin } = await opened();
    const [item] = twin.items();
    expect(item).toEqual({
      pk: expect.stringMatching(/^desk#client#[\w-]{43}$/),
      sk: "client",
      client: "core",
      tenant: "bank",
      current: digestOf("first"),
      createdAtMs: BigInt(NOW_MS),
    });
  });
});

test("a secret's digest is of its client and protocol, and of the pepper", () => {
  const digests = [
    digestOf("secret"),
    digestOf("secret", "other"),
    digestOf("secret", "core", "sale"),
    digestOf("other"),
    digestOfSecret(new TextEncoder().encode("another pepper"), "partner", "core", "secret"),
    // What belongs to the id is nothing of the secret's.
    digestOf("bc", "a"),
    digestOf("c", "ab"),
  ];
  expect(new Set(digests).size).toBe(digests.length);
});
