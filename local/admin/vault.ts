/** A stage's secret as its operator makes it: of Secrets Manager what `init` and `secret rotate` need. No function may do this. */
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  InvalidParameterException,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import type { Ports } from "#ports";

/** Labels of versions: what is read, and what is about to be. */
const CURRENT = "AWSCURRENT";
const PENDING = "AWSPENDING";

/** A version of a secret. */
export interface Kept {
  readonly text: string;
  readonly version: string;
  readonly madeAtMs: number;
}

/** The one secret of a stage. */
export interface Vault {
  readonly stage: string;
  /** The secret's name. */
  readonly name: string;
  /** What it is now; undefined where there is no such secret, or one that never had a value. */
  readonly find: () => Promise<Kept | undefined>;
  /** Puts the secret where there is none; false where there is one, which stays as it is. */
  readonly create: (text: string) => Promise<boolean>;
  /** Puts another text in the place of this version; false where it is not the current one any more. */
  readonly replace: (version: string, text: string) => Promise<boolean>;
}

/** What the admin may reach: what a use case may, and the vault. */
export interface Reach extends Ports {
  readonly vault: Vault;
}

/** Opens the vault of a stage; region and credentials are the SDK's own business unless `client` gives them. */
export const openVault = (stage: string, client: SecretsManagerClientConfig = {}): Vault => {
  const name = `tillgate/${stage}`;
  const manager = new SecretsManagerClient(client);
  return {
    stage,
    name,
    find: async () => {
      try {
        const found = await manager.send(new GetSecretValueCommand({ SecretId: name }));
        const { SecretString: text = "", VersionId: version = "", CreatedDate } = found;
        return { text, version, madeAtMs: CreatedDate?.getTime() ?? Number.POSITIVE_INFINITY };
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
    replace: async (version, text) => {
      const { VersionId } = await manager.send(
        new PutSecretValueCommand({ SecretId: name, SecretString: text, VersionStages: [PENDING] }),
      );
      try {
        const move = { VersionStage: CURRENT, MoveToVersionId: VersionId, RemoveFromVersionId: version };
        await manager.send(new UpdateSecretVersionStageCommand({ SecretId: name, ...move }));
        return true;
      } catch (error) {
        if (!(error instanceof InvalidParameterException)) throw error;
        // The label was not where it was to be taken from: somebody has moved it, perhaps this very call, whose answer was lost.
        const found = await manager.send(new GetSecretValueCommand({ SecretId: name }));
        return found.VersionId === VersionId;
      }
    },
    create: async (text) => {
      const Description = `What the table tillgate-${stage} digests with: fixed for as long as the table lives`;
      try {
        await manager.send(new CreateSecretCommand({ Name: name, SecretString: text, Description }));
        return true;
      } catch (error) {
        if (error instanceof ResourceExistsException) return false;
        throw error;
      }
    },
  };
};
