/** The verbs of integrators. */
import { isoInstant } from "#kernel/time";
import { createIntegrator, listIntegrators, rotateIntegrator, type Token } from "./integrator.ts";
import { columns, instantText } from "./layout.ts";
import { name, tenantName } from "./readings.ts";
import { defineVerb, type Said, type Verb } from "./verb.ts";

const tell = (headline: string, { tenant, integrator, token }: Token, ...more: readonly string[]): Said => ({
  text: [
    headline,
    "",
    `  ${token}`,
    "",
    "It is shown this once and stored nowhere: put it where it belongs now.",
    ...more,
  ].join("\n"),
  document: { tenant, integrator, token },
});

const call = { arguments: { tenant: tenantName, integrator: name }, options: {} };

/** The verbs of integrators. */
export const integratorVerbs: readonly Verb[] = [
  defineVerb({
    name: "integrator create",
    help: "Creates an integrator; prints its token, once.",
    notes: ["An integrator is a bank's system that calls the integrator API."],
    ...call,
    examples: ["integrator create bank-x core"],
    run: (ports, { tenant, integrator, actor }) => createIntegrator(ports, { tenant, integrator, actor }),
    say: (made) => tell(`Created the integrator ${made.integrator} of ${made.tenant}. Its token:`, made),
  }),
  defineVerb({
    name: "integrator rotate",
    help: "Gives an integrator a new token; tells it, once.",
    notes: [
      "The token before it lives until the next rotation. Rotate twice to end one that",
      "has leaked; it may still be remembered for 30 seconds.",
    ],
    ...call,
    examples: ["integrator rotate bank-x core"],
    run: rotateIntegrator,
    say: (made) =>
      tell(
        `Rotated the token of the integrator ${made.integrator} of ${made.tenant}. The new one:`,
        made,
        "The token before it lives until the next rotation; any older one is dead.",
      ),
  }),
  defineVerb({
    name: "integrator list",
    help: "Lists a tenant's integrators and their live tokens.",
    arguments: { tenant: tenantName },
    options: {},
    examples: ["integrator list bank-a"],
    run: async (ports, { tenant }) => ({ tenant, integrators: await listIntegrators(ports, { tenant }) }),
    say: ({ tenant, integrators }) => ({
      text:
        integrators.length === 0
          ? `${tenant} has no integrator yet.`
          : columns([
              ["INTEGRATOR", "LIVE TOKENS", "CREATED"],
              ...integrators.map((each) => [each.name, String(each.liveTokens), instantText(each.createdAtMs)]),
            ]),
      document: {
        tenant,
        integrators: integrators.map((each) => ({
          integrator: each.name,
          liveTokens: each.liveTokens,
          createdAt: isoInstant(each.createdAtMs),
        })),
      },
    }),
  }),
];
