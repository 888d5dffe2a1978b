/** The verbs of waking devices. */
import { columns } from "./layout.ts";
import { address } from "./partner.readings.ts";
import { removePush, setPush, showPush } from "./push.ts";
import { defineVerb, required, type Verb } from "./verb.ts";

/** The verbs of push messages. */
export const pushVerbs: readonly Verb[] = [
  defineVerb({
    name: "push set",
    help: "Has phones woken for approvals; tells the key, once.",
    notes: [
      "A POST to a gateway for each phone that something waits for; never what. The key",
      "signs it:",
      "PF-Signature is HMAC-SHA-256 of PF-Timestamp, a dot and the body, in hex.",
    ],
    arguments: {},
    options: { url: required(address, "<url>", "the gateway's address") },
    examples: ["push set --url https://push.bank.example/wake"],
    run: setPush,
    say: ({ url, key }) => ({
      text: [
        "Phones are woken within 30 seconds from now at",
        "",
        columns([
          ["  url", url],
          ["  key", key],
        ]),
        "",
        "The key is shown this once, and kept sealed: put it where it belongs now.",
      ].join("\n"),
      document: { url, key },
    }),
  }),
  defineVerb({
    name: "push show",
    help: "Shows where phones are woken; never the key.",
    arguments: {},
    options: {},
    examples: ["push show"],
    run: showPush,
    say: ({ url }) => ({
      text: url === undefined ? "Phones are not woken: they ask what waits." : `Phones are woken at ${url}`,
      document: { url: url ?? null },
    }),
  }),
  defineVerb({
    name: "push remove",
    help: "Has no phone woken any more.",
    arguments: {},
    options: {},
    examples: ["push remove"],
    run: removePush,
    say: ({ changed }) => ({
      text: changed ? "Phones are not woken any more." : "Phones were not woken: nothing was changed.",
      document: { changed },
    }),
  }),
];
