/** The verbs of tenants. */
import { isoInstant } from "#kernel/time";
import type { Tenant } from "#party/tenant";
import { columns, instantText } from "./layout.ts";
import { label, retentionDays, tenantName, timeZone } from "./readings.ts";
import { createTenant, listTenants, RETENTION_DAYS, showTenant } from "./tenant.ts";
import { defaulting, defineVerb, required, type Verb } from "./verb.ts";

const documentOf = ({ id, createdAtMs, ...settings }: Tenant) => ({
  tenant: id,
  name: settings.name,
  timeZone: settings.timeZone,
  retentionDays: settings.retentionDays,
  createdAt: isoInstant(createdAtMs),
});

/** The verbs of tenants. */
export const tenantVerbs: readonly Verb[] = [
  defineVerb({
    name: "tenant create",
    help: "Creates a tenant: a bank, wallet or merchant.",
    notes: ["None of this can be changed later: limits count in the time zone's calendar."],
    arguments: { tenant: tenantName },
    options: {
      name: required(label, "<text>", "what people call it"),
      timeZone: required(timeZone, "<zone>", "an IANA name: its limits count in this calendar"),
      retentionDays: defaulting(retentionDays, "<days>", "how long ended orders are kept", RETENTION_DAYS),
    },
    examples: ['tenant create bank-x --name "Bank X" --time-zone UTC'],
    run: createTenant,
    say: (tenant) => ({ text: `Created the tenant ${tenant.id}.`, document: documentOf(tenant) }),
  }),
  defineVerb({
    name: "tenant list",
    help: "Lists the tenants.",
    arguments: {},
    options: {},
    examples: ["tenant list"],
    run: listTenants,
    say: (tenants) => ({
      text:
        tenants.length === 0
          ? "There is no tenant yet."
          : columns([
              ["TENANT", "TIME ZONE", "NAME"],
              ...tenants.map(({ id, name, timeZone: zone }) => [id, zone, name]),
            ]),
      document: { tenants: tenants.map(documentOf) },
    }),
  }),
  defineVerb({
    name: "tenant show",
    help: "Shows a tenant's settings.",
    arguments: { tenant: tenantName },
    options: {},
    examples: ["tenant show bank-a"],
    run: showTenant,
    say: (tenant) => ({
      text: columns([
        ["tenant", tenant.id],
        ["name", tenant.name],
        ["time zone", tenant.timeZone],
        ["retention", `${tenant.retentionDays} days`],
        ["created", instantText(tenant.createdAtMs)],
      ]),
      document: documentOf(tenant),
    }),
  }),
];
