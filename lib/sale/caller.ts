/** Who calls: the merchant's back end, by its client; the gateway, by its address alone (sbc.md 4.1, 9). */
import { BlockList, isIP } from "node:net";
import { Fault } from "#kernel/refusal";
import { findTenantOfClient } from "#party/client";
import type { Ports } from "#ports";
import type { Merchant, MerchantCaller } from "#sale/merchant";
import { findMerchant } from "#sale/merchant.item";

/** The settings of a merchant that something of ours has named. */
export const knownMerchant = async (ports: Pick<Ports, "recall">, tenant: string): Promise<Merchant> => {
  const merchant = await findMerchant(ports, tenant);
  if (merchant === undefined) throw new Fault("a merchant that is named does not exist");
  return merchant;
};

/** Knows the merchant of a client's id and secret; undefined for nobody's. */
export const merchantFor = async (
  shown: { readonly id: string; readonly secret: string },
  ports: Ports,
): Promise<MerchantCaller | undefined> => {
  const tenant = await findTenantOfClient(ports, "sale", shown);
  return tenant === undefined ? undefined : { tenant, merchant: await knownMerchant(ports, tenant) };
};

/** Who calls as the gateway. */
export interface GatewayCaller {
  readonly address: string;
}

const familyOf = (address: string): "ipv4" | "ipv6" => (isIP(address) === 6 ? "ipv6" : "ipv4");

/** A network as CIDR, or one address; undefined for what is neither. */
export const readNetwork = (text: string): { readonly address: string; readonly prefix: number } | undefined => {
  const [, address = "", digits] = /^([0-9A-Fa-f:.]+?)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const longest = { 4: 32, 6: 128 }[isIP(address)];
  if (longest === undefined) return undefined;
  const prefix = digits === undefined ? longest : Number(digits);
  return prefix <= longest ? { address, prefix } : undefined;
};

/** Whether anybody may play the gateway: the merchant has named no networks, or one that is all of them (sbc.md 9). */
export const isOpenToAnybody = ({ gatewaySources }: Merchant): boolean =>
  gatewaySources.length === 0 || gatewaySources.some((source) => readNetwork(source)?.prefix === 0);

/** Whether the gateway may call from this address: from any where the merchant has named none. */
export const isGatewayAt = ({ gatewaySources }: Merchant, address: string): boolean => {
  if (gatewaySources.length === 0) return true;
  const list = new BlockList();
  for (const source of gatewaySources) {
    const network = readNetwork(source);
    if (network) list.addSubnet(network.address, network.prefix, familyOf(network.address));
  }
  return isIP(address) !== 0 && list.check(address, familyOf(address));
};
