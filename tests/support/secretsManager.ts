/** AWS Secrets Manager in memory, as a transport for the real SDK: it creates, tells and replaces secrets, as the service does. */
import { createHash } from "node:crypto";
import type { SecretsManagerClientConfig } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { ServiceError, unknownOperation } from "../../local/dynamodb/errors.ts";
import { createRequestHandler, type RequestHandler } from "../../local/dynamodb/requestHandler.ts";
import { accept, refuse } from "../../local/dynamodb/wire.ts";

const Created = z.object({ Name: z.string(), SecretString: z.string() });
const Asked = z.object({ SecretId: z.string() });
const Put = z.object({
  SecretId: z.string(),
  SecretString: z.string(),
  VersionStages: z.tuple([z.literal("AWSPENDING")]),
});
const Moved = z.object({
  SecretId: z.string(),
  VersionStage: z.literal("AWSCURRENT"),
  MoveToVersionId: z.string(),
  RemoveFromVersionId: z.string(),
});

/** The id of a version, of 32 characters at least. */
const versionOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** What it keeps, by name (undefined: a secret that never had a value), and how a client reaches it. */
export interface SecretsManager {
  readonly kept: Map<string, string | undefined>;
  readonly client: SecretsManagerClientConfig & { readonly requestHandler: RequestHandler };
}

/** Opens one that keeps nothing yet; `clock` tells when versions are made. */
export const openSecretsManager = (clock: () => number): SecretsManager => {
  const kept: SecretsManager["kept"] = new Map();
  const pending = new Map<string, string>();
  const madeAtMs = new Map<string, number>();
  const current = (name: string): string => {
    const text = kept.get(name);
    if (text === undefined)
      throw new ServiceError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    return text;
  };
  const operations: Readonly<Record<string, (input: unknown) => object>> = {
    "secretsmanager.CreateSecret": (input) => {
      const { Name, SecretString } = Created.parse(input);
      if (kept.has(Name))
        throw new ServiceError(
          "ResourceExistsException",
          `The operation failed because the secret ${Name} already exists.`,
        );
      kept.set(Name, SecretString);
      madeAtMs.set(versionOf(SecretString), clock());
      return { Name };
    },
    "secretsmanager.GetSecretValue": (input) => {
      const { SecretId } = Asked.parse(input);
      const SecretString = current(SecretId);
      const VersionId = versionOf(SecretString);
      return { Name: SecretId, SecretString, VersionId, CreatedDate: (madeAtMs.get(VersionId) ?? 0) / 1_000 };
    },
    "secretsmanager.PutSecretValue": (input) => {
      const { SecretId, SecretString } = Put.parse(input);
      current(SecretId);
      const VersionId = versionOf(SecretString);
      pending.set(VersionId, SecretString);
      madeAtMs.set(VersionId, clock());
      return { Name: SecretId, VersionId };
    },
    "secretsmanager.UpdateSecretVersionStage": (input) => {
      const { SecretId, MoveToVersionId, RemoveFromVersionId } = Moved.parse(input);
      if (versionOf(current(SecretId)) !== RemoveFromVersionId)
        throw new ServiceError(
          "InvalidParameterException",
          "The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to another version.",
        );
      kept.set(SecretId, pending.get(MoveToVersionId));
      return { Name: SecretId };
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
