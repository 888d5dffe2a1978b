// AWS Secrets Manager, as far as a Lambda needs it: GetSecretValue out of a fixed set of secrets.
import * as z from "zod";
import { ServiceError, unknownOperation } from "./errors.ts";
import { read } from "./operation.ts";
import { accept, decode, type Handle, refuse } from "./wire.ts";

/** Prefix of Secrets Manager's targets. */
export const SECRETS_TARGET = "secretsmanager.";

const ARN_PREFIX = "arn:aws:secretsmanager:us-east-1:000000000000:secret:";

const GetSecretValue = z.object({ SecretId: z.string() });

const tell = (secrets: Readonly<Record<string, string>>, body: string): object => {
  const { SecretId } = read(GetSecretValue, decode(body));
  const name = SecretId.startsWith(ARN_PREFIX) ? SecretId.slice(ARN_PREFIX.length) : SecretId;
  const secret = Object.hasOwn(secrets, name) ? secrets[name] : undefined;
  if (secret === undefined) {
    throw new ServiceError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
  }
  return { ARN: ARN_PREFIX + name, Name: name, SecretString: secret, VersionStages: ["AWSCURRENT"] };
};

/** Answers GetSecretValue from `secrets` (name to SecretString). */
export const answerSecrets =
  (secrets: Readonly<Record<string, string>>): Handle =>
  async (target, body) => {
    try {
      if (target !== `${SECRETS_TARGET}GetSecretValue`) throw unknownOperation();
      return accept(tell(secrets, body));
    } catch (error) {
      return refuse(error);
    }
  };
