/** The verbs of channels of approvals. */
import { CHANNEL_ID } from "#approval/channel";
import { isoInstant } from "#kernel/time";
import {
  type ChangedChannel,
  type ChannelCredentials,
  createChannel,
  listChannels,
  retireChannel,
  rotateChannel,
  type ShownChannel,
  setChannel,
  showChannel,
} from "./channel.ts";
import { columns, instantText } from "./layout.ts";
import { word } from "./readings.ts";
import { defineVerb, type Reading, required, type Said, type Verb } from "./verb.ts";

const channel: Reading<string> = {
  says: "1-64 letters, digits, ., - and _",
  read: (text) => (CHANNEL_ID.test(text) ? text : undefined),
};

const call = { arguments: { channel }, options: {} };

const told = (headline: string, { id, secret }: ChannelCredentials, ...more: readonly string[]): Said => ({
  text: [
    headline,
    "",
    columns([
      ["  id", id],
      ["  secret", secret],
    ]),
    "",
    "The secret is shown this once and stored nowhere: put it where it belongs now.",
    ...more,
  ].join("\n"),
  document: { id, secret },
});

const documentOf = ({ id, isEnabled, tellsIdentity, liveSecrets, createdAtMs }: ShownChannel) => ({
  id,
  enabled: isEnabled,
  loginOtpIdentity: tellsIdentity,
  liveSecrets,
  createdAt: isoInstant(createdAtMs),
});

const sayChanged =
  (words: (shown: ShownChannel) => string) =>
  ({ channel: shown, changed }: ChangedChannel): Said => ({
    text: [
      `The channel ${shown.id} ${words(shown)}`,
      ...(changed ? [] : ["It was so already: nothing was changed."]),
    ].join("\n"),
    document: { ...documentOf(shown), changed },
  });

const yes = (is: boolean): string => (is ? "yes" : "no");

const sayChannel = (shown: ShownChannel): Said => ({
  text: [
    `Channel ${shown.id} of approvals`,
    "",
    columns([
      ["enabled", yes(shown.isEnabled)],
      ["login OTP identity", shown.tellsIdentity ? "on" : "off"],
      ["live secrets", String(shown.liveSecrets)],
      ["created", instantText(shown.createdAtMs)],
    ]),
  ].join("\n"),
  document: documentOf(shown),
});

const sayChannels = (shown: readonly ShownChannel[]): Said => ({
  text:
    shown.length === 0
      ? "There is no channel yet."
      : columns([
          ["CHANNEL", "ENABLED", "LIVE SECRETS", "CREATED"],
          ...shown.map((each) => [
            each.id,
            yes(each.isEnabled),
            String(each.liveSecrets),
            instantText(each.createdAtMs),
          ]),
        ]),
  document: { channels: shown.map(documentOf) },
});

const switching = (isEnabled: boolean) => ({
  ...call,
  run: (ports: Parameters<typeof setChannel>[0], wish: { readonly channel: string; readonly actor: string }) =>
    setChannel(ports, { ...wish, type: isEnabled ? "channel.enabled" : "channel.disabled", switches: { isEnabled } }),
});

const secretVerbs: readonly Verb[] = [
  defineVerb({
    name: "channel rotate",
    help: "Gives a channel a new secret; tells it, once.",
    notes: ["The secret before it lives until the next rotation, or until it is retired."],
    ...call,
    examples: ["channel rotate bank-web"],
    run: rotateChannel,
    say: (made) =>
      told(
        `Rotated the secret of the channel ${made.id}. The new one:`,
        made,
        "The one before lives until the next rotation, or until it is retired.",
      ),
  }),
  defineVerb({
    name: "channel retire",
    help: "Ends a channel's secret before the newest one.",
    notes: ["It may still be remembered for 30 seconds."],
    ...call,
    examples: ["channel retire bank-web"],
    run: retireChannel,
    say: ({ id, changed }) => ({
      text: changed
        ? `Retired the secret before the newest one of the channel ${id}.`
        : `The channel ${id} has one secret: nothing was changed.`,
      document: { id, changed },
    }),
  }),
];

const settingVerbs: readonly Verb[] = [
  defineVerb({
    name: "channel set",
    help: "Lets login codes tell a channel whose they are.",
    notes: ["In use within 30 seconds."],
    arguments: { channel },
    options: { loginOtpIdentity: required(word(["on", "off"]), "<on|off>", "whether VerifyLoginOtp names the device") },
    examples: ["channel set bank-web --login-otp-identity on"],
    run: (ports, { channel: id, actor, loginOtpIdentity }) =>
      setChannel(ports, {
        channel: id,
        actor,
        type: "channel.changed",
        switches: { tellsIdentity: loginOtpIdentity === "on" },
      }),
    say: sayChanged((shown) => (shown.tellsIdentity ? "is told whose a login code is." : "is told no identity.")),
  }),
  defineVerb({
    name: "channel disable",
    help: "Lets nobody in as a channel any more.",
    notes: ["It may still be let in for 30 seconds. What it has started goes on."],
    ...switching(false),
    examples: ["channel disable bank-web"],
    say: sayChanged(() => "is disabled."),
  }),
  defineVerb({
    name: "channel enable",
    help: "Lets a channel in again.",
    ...switching(true),
    examples: ["channel enable bank-web"],
    say: sayChanged(() => "is enabled."),
  }),
];

/** The verbs of channels. */
export const channelVerbs: readonly Verb[] = [
  defineVerb({
    name: "channel create",
    help: "Makes a channel of approvals; tells its secret.",
    notes: ["A channel is an API client: a bank's back end. What one starts no other sees."],
    ...call,
    examples: ["channel create bank-web"],
    run: (ports, { channel: id, actor }) => createChannel(ports, { channel: id, actor }),
    say: (made) => told(`Made the channel ${made.id} of approvals:`, made),
  }),
  defineVerb({
    name: "channel show",
    help: "Shows a channel; never its secrets.",
    ...call,
    examples: ["channel show bank-web"],
    run: showChannel,
    say: sayChannel,
  }),
  defineVerb({
    name: "channel list",
    help: "Lists the channels of approvals.",
    arguments: {},
    options: {},
    examples: ["channel list"],
    run: listChannels,
    say: sayChannels,
  }),
  ...settingVerbs,
  ...secretVerbs,
];
