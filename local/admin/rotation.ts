/** What is told of a new secret when nobody knows whether it is in use. */
import { Fault } from "#kernel/refusal";

/** Lets a fault of a rotation tell the new secret: it may be live, and a second rotation would end the one that is in use. */
export const tellingOnFault = <Done>(rotated: Promise<Done>, secret: string): Promise<Done> =>
  rotated.catch((error: unknown) => {
    if (!(error instanceof Fault)) throw error;
    const advice = `Before you rotate again, which would end the one in use, try whether the new one works: ${secret}`;
    throw new Fault(`${error.message}. ${advice}`, { cause: error.cause });
  });
