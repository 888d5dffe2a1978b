/** What only the sandbox may have: public values, and addresses on this machine. */
import { digest } from "#kernel/crypto";
import { Refused, refuse } from "#kernel/refusal";
import type { Ports } from "#ports";
import { SANDBOX_DIGESTS } from "#secrets";

/** Whether this is the sandbox: no other stage can have its pepper. */
export const isSandbox = async ({ secrets }: Pick<Ports, "secrets">): Promise<boolean> => {
  const { pepper } = await secrets();
  return SANDBOX_DIGESTS.includes(digest(Buffer.from(pepper).toString("base64")));
};

/** Throws the refusal SANDBOX_VALUE unless this is the sandbox. */
export const onlyInSandbox = async (ports: Pick<Ports, "secrets">): Promise<void> => {
  if (!(await isSandbox(ports))) throw new Refused(refuse("SANDBOX_VALUE"));
};
