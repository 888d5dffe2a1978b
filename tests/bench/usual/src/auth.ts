/** Whose token this is; secrets and credentials are kept for a while. */
import { createHmac } from "node:crypto";
import { getSecret } from "@aws-lambda-powertools/parameters/secrets";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { documents, secretId, table } from "./clients.ts";

export interface Tenant {
  readonly id: string;
  readonly timeZone: string;
  readonly retentionDays: number;
}

const KEPT_SECONDS = 300;

const known = new Map<string, { readonly tenant: Tenant; readonly until: number }>();

const get = async (pk: string, sk: string) => {
  const { Item } = await documents.send(new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true }));
  return Item;
};

const digestOf = async (token: string): Promise<string> => {
  const secret = await getSecret<{ pepper: string }>(secretId, { transform: "json", maxAge: KEPT_SECONDS });
  if (!secret) throw new Error("no secret");
  const purpose = "integrator token";
  return createHmac("sha256", Buffer.from(secret.pepper, "base64"))
    .update(`${purpose.length}:${purpose}${token.length}:${token}`)
    .digest("base64url");
};

export const findTenant = async (token: string | undefined): Promise<Tenant | undefined> => {
  if (!token) return undefined;
  const digest = await digestOf(token);
  const remembered = known.get(digest);
  if (remembered && remembered.until > Date.now()) return remembered.tenant;
  const credential = await get(`desk#credential#${digest}`, "credential");
  const settings = credential && (await get("desk#tenant#all", credential.tenant));
  if (!credential || !settings) return undefined;
  const tenant: Tenant = {
    id: credential.tenant,
    timeZone: settings.timeZone,
    retentionDays: settings.retentionDays,
  };
  known.set(digest, { tenant, until: Date.now() + KEPT_SECONDS * 1000 });
  return tenant;
};
