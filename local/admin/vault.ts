/** A stage's secret as its operator makes it: of Secrets Manager what `init` needs. No function may do this. */
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
  type SecretsManagerClientConfig,
} from "@aws-sdk/client-secrets-manager";
import type { Ports } from "#ports";

/** The one secret of a stage. */
export interface Vault {
  readonly stage: string;
  /** The secret's name. */
  readonly name: string;
  /** Its text; undefined where there is no such secret, or one that never had a value. */
  readonly find: () => Promise<string | undefined>;
  /** Puts the secret where there is none; false where there is one, which stays as it is. */
  readonly create: (text: string) => Promise<boolean>;
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
        return (await manager.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
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
