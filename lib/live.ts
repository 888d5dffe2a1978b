/** The real world; the only module that reads the environment, the clock and chance. */
import { randomInt } from "node:crypto";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { idsBy } from "#kernel/ids";
import { Fault } from "#kernel/refusal";
import { MINUTE_MS, SECOND_MS } from "#kernel/time";
import { openPost } from "#outgoing";
import type { Ports } from "#ports";
import { readSecret, SANDBOX } from "#secrets";
import { CALL_TIMEOUT_MS, openDynamo } from "#store/dynamo";
import { openRecall } from "#store/recall";
import { openTelemetry } from "#telemetry";

/** How long secrets are kept: a new key is in use everywhere after that. */
const SECRETS_KEPT_MS = 5 * MINUTE_MS;

/** How long they serve on while they cannot be read anew, before that is tried again. */
const KEPT_ON_FAILURE_MS = MINUTE_MS;

/** How long credentials and settings are remembered: the most that a rotation or a block can lag (DESIGN 4). */
const RECALLED_MS = { sandbox: SECOND_MS, deployed: 30 * SECOND_MS };

const Environment = z.object({
  STAGE: z.string().min(1),
  TABLE: z.string().min(1),
  SECRET_ID: z.string().min(1),
  // The admin, who answers no requests, has none.
  PUBLIC_URL: z.url().optional(),
  AWS_ENDPOINT_URL_DYNAMODB: z.string().optional(),
  AWS_ENDPOINT_URL_SECRETS_MANAGER: z.string().optional(),
  TILLGATE_CLOCK_OFFSET_MS: z.coerce.number().int().default(0),
});

/** Reads the environment; throws where it is incomplete, or where a stage would leave the real world without being the sandbox. */
export const readEnvironment = (environment: Readonly<Record<string, string | undefined>>) => {
  const read = Environment.parse(environment);
  const moved =
    read.AWS_ENDPOINT_URL_DYNAMODB ??
    read.AWS_ENDPOINT_URL_SECRETS_MANAGER ??
    (read.TILLGATE_CLOCK_OFFSET_MS || undefined);
  if (read.STAGE !== SANDBOX && moved !== undefined)
    throw new Fault("only the sandbox may have its own endpoints or clock");
  return read;
};

const pause = (belowMs: number): Promise<void> =>
  new Promise((resume) => setTimeout(resume, randomInt(Math.max(1, Math.floor(belowMs)))));

/** Keeps what was made for so long; when it cannot be made anew, what there was serves a little longer. */
const keep = <T>(make: () => Promise<T>, forMs: number, clock: () => number): (() => Promise<T>) => {
  let kept: { readonly made: Promise<T>; readonly untilMs: number } | undefined;
  return () => {
    if (kept !== undefined && clock() < kept.untilMs) return kept.made;
    const before = kept?.made;
    const made = make().catch((error: unknown) => {
      kept = before && { made: before, untilMs: clock() + KEPT_ON_FAILURE_MS };
      if (before === undefined) throw error;
      return before;
    });
    kept = { made, untilMs: clock() + forMs };
    return made;
  };
};

const openWatch = ({ STAGE, TILLGATE_CLOCK_OFFSET_MS }: ReturnType<typeof readEnvironment>) => ({
  clock: () => Date.now() + TILLGATE_CLOCK_OFFSET_MS,
  telemetry: openTelemetry({ stage: STAGE }),
});

/** Opens the ports that an environment describes. */
export const openPorts = (environment: Readonly<Record<string, string | undefined>>): Ports => {
  const read = readEnvironment(environment);
  const { STAGE, TABLE, SECRET_ID } = read;
  const { clock, telemetry } = openWatch(read);
  const requestHandler = {
    connectionTimeout: SECOND_MS,
    requestTimeout: CALL_TIMEOUT_MS,
    socketTimeout: CALL_TIMEOUT_MS,
    throwOnRequestTimeout: true,
  };
  const at = (endpoint: string | undefined) => ({ requestHandler, ...(endpoint !== undefined && { endpoint }) });
  const store = openDynamo({ table: TABLE, client: at(read.AWS_ENDPOINT_URL_DYNAMODB), pause });
  const vault = new SecretsManagerClient(at(read.AWS_ENDPOINT_URL_SECRETS_MANAGER));
  const secrets = async () => {
    const { SecretString } = await vault.send(new GetSecretValueCommand({ SecretId: SECRET_ID }));
    return readSecret(SecretString ?? "{}", STAGE);
  };
  return {
    store,
    clock,
    ids: idsBy(clock),
    origin: read.PUBLIC_URL === undefined ? "" : new URL(read.PUBLIC_URL).origin,
    post: openPost({ loopback: STAGE === SANDBOX }),
    secrets: keep(secrets, SECRETS_KEPT_MS, clock),
    recall: openRecall(store, clock, STAGE === SANDBOX ? RECALLED_MS.sandbox : RECALLED_MS.deployed),
    pause,
    telemetry,
  };
};

const unreachable = (): never => {
  throw new Fault("this function reaches nothing but its clock and its telemetry");
};

/** Opens the ports of a function that reaches nothing of the world but these two: whatever else it tried would be a fault. */
export const openSecluded = (environment: Readonly<Record<string, string | undefined>>): Ports => ({
  ...openWatch(readEnvironment(environment)),
  store: { read: unreachable, readEach: unreachable, commit: unreachable, list: unreachable },
  ids: {
    number: unreachable,
    uuid: unreachable,
    uuid4: unreachable,
    ulid: unreachable,
    letters: unreachable,
    digits: unreachable,
    nonce: unreachable,
    secret: unreachable,
  },
  origin: "",
  post: unreachable,
  secrets: unreachable,
  recall: unreachable,
  pause: unreachable,
});

let ports: Ports | undefined;

/** The ports of this process, made at the first call; throws where the stage is not set up. */
export const live = (): Ports => {
  ports ??= openPorts(process.env);
  return ports;
};

/** The same for a function that reaches nothing of the world, so that its bundle carries no client of AWS's. */
export const secluded = (): Ports => {
  ports ??= openSecluded(process.env);
  return ports;
};
