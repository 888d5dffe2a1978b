/** AWS Secrets Manager in memory, as a transport for the real SDK: it creates secrets and tells them, as the service does. */
import type { SecretsManagerClientConfig } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { ServiceError, unknownOperation } from "../../local/dynamodb/errors.ts";
import { createRequestHandler } from "../../local/dynamodb/requestHandler.ts";
import { accept, refuse } from "../../local/dynamodb/wire.ts";

const Created = z.object({ Name: z.string(), SecretString: z.string() });
const Asked = z.object({ SecretId: z.string() });

/** What it keeps, by name (undefined: a secret that never had a value), and how a client reaches it. */
export interface SecretsManager {
  readonly kept: Map<string, string | undefined>;
  readonly client: SecretsManagerClientConfig;
}

/** Opens one that keeps nothing yet. */
export const openSecretsManager = (): SecretsManager => {
  const kept: SecretsManager["kept"] = new Map();
  const operations: Readonly<Record<string, (input: unknown) => object>> = {
    "secretsmanager.CreateSecret": (input) => {
      const { Name, SecretString } = Created.parse(input);
      if (kept.has(Name))
        throw new ServiceError(
          "ResourceExistsException",
          `The operation failed because the secret ${Name} already exists.`,
        );
      kept.set(Name, SecretString);
      return { Name };
    },
    "secretsmanager.GetSecretValue": (input) => {
      const { SecretId } = Asked.parse(input);
      const SecretString = kept.get(SecretId);
      if (SecretString === undefined)
        throw new ServiceError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
      return { Name: SecretId, SecretString };
    },
  };
  const handle = async (target: string, body: string) => {
    try {
      const operation = operations[target];
      if (operation === undefined) throw unknownOperation();
      return accept(operation(JSON.parse(body)));
    } catch (error) {
      return refuse(error);
    }
  };
  const credentials = { accessKeyId: "tests", secretAccessKey: "tests" };
  return { kept, client: { requestHandler: createRequestHandler(handle), region: "local", credentials } };
};
