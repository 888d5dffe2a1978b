/** The verbs of a stage's secret. */
import { isoInstant } from "#kernel/time";
import { instantText } from "./layout.ts";
import { word } from "./readings.ts";
import { ringNames, rotateRing, type Turned } from "./ring.ts";
import { beginStage } from "./stage.ts";
import { defineVerb, required, type Said, type Verb } from "./verb.ts";

const sayTurned = ({ secret, ring, key, now, usableAtMs, resealed }: Turned): Said => {
  const told =
    usableAtMs === undefined
      ? [
          `The key ${key} of the ring "${ring}" is in use.`,
          "The one before it still opens and verifies what it has made.",
        ]
      : [
          `Made the key ${key} of the ring "${ring}". It is not in use yet:`,
          `once every function knows it, at ${instantText(usableAtMs)}, do this again.`,
        ];
  const sealed = resealed === 0 ? [] : [`Sealed the secrets of ${resealed} partners, merchants and gateways anew.`];
  return {
    text: [...told, ...sealed].join("\n"),
    document: {
      secret,
      ring,
      key,
      now,
      ...(usableAtMs !== undefined && { usableAt: isoInstant(usableAtMs) }),
      resealed,
    },
  };
};

/** The verbs of stages. */
export const stageVerbs: readonly Verb[] = [
  defineVerb({
    name: "init",
    help: "Makes a deployed stage's secret, once and for all.",
    notes: [
      "It holds the pepper that everything is digested with, and is printed nowhere.",
      "One that is there is never changed. This comes first: see docs/operations.md.",
    ],
    stageOnly: true,
    arguments: {},
    options: {},
    examples: ["init --stage prod"],
    run: beginStage,
    say: ({ secret, created }) => ({
      text: created
        ? `Made the secret ${secret}. Nothing can replace it: without it, every\ncredential and every known start of the stage is unknown.`
        : `The secret ${secret} is there and usable: nothing was changed.`,
      document: { secret, created },
    }),
  }),
  defineVerb({
    name: "secret rotate",
    help: "Takes the next step of rotating a stage's keys.",
    notes: [
      "Of the keys that seal what is kept, or of those that sign sessions. The first",
      "step makes a key and drops the oldest; the second, ten minutes later, puts it",
      "into use. Too early is refused, and says how long to wait. Nobody is signed out.",
    ],
    stageOnly: true,
    arguments: {},
    options: { ring: required(word(ringNames), ringNames.join("|"), "which keys") },
    examples: ["secret rotate --ring sign --stage prod"],
    run: rotateRing,
    say: sayTurned,
  }),
];
