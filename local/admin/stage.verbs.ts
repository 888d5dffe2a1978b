/** The verb that begins a stage. */
import { beginStage } from "./stage.ts";
import { defineVerb, type Verb } from "./verb.ts";

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
];
