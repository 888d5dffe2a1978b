/** The answers of both APIs (approvals.md 1, 2, 4): members in the order shown there. */
import * as z from "zod";
import { LOGIN, LOGIN_CODE, NONCE, OWNER_KEY, SERVER_TIME_MS, TOKEN } from "#approval/example";

/** What every success ends in; an answer's examples show it too. */
const DONE = { Results: [], Success: true } as const;

const done = { Results: z.array(z.never()).max(0), Success: z.literal(true) };
const instantMs = z.int().meta({ description: "Epoch milliseconds." });
const deviceState = z.enum(["ACTIVE", "BLOCKED", "REMOVED"]);
const customer = { CustomerId: z.string(), UserCode: z.string().nullable(), OwnerKey: z.string() };

const reply = <Shape extends z.ZodRawShape>(shape: Shape, example: Readonly<Record<string, unknown>>) =>
  z.object({ ...shape, ...done }).meta({ examples: [{ ...example, ...DONE }] });

const say = (said: Readonly<Record<string, unknown>>) => ({ status: 200, body: { ...said, ...DONE } });

/** 2.1. */
export const OtpReply = reply({ Otp: z.string() }, { Otp: "958495" });
/** Says 2.1. */
export const encodeOtp = ({ otp }: { readonly otp: string }) => say({ Otp: otp });

/** 2.2. */
export const LoginReply = z.union([
  reply({ Value: z.literal(true) }, { Value: true }),
  reply(
    { Value: z.literal(true), ...customer },
    { Value: true, CustomerId: "999", UserCode: null, OwnerKey: OWNER_KEY },
  ),
]);
/** Whose login code it was, told to a client that has the switch. */
export interface LoggedIn {
  readonly who?: { readonly customerId: string; readonly userCode?: string; readonly ownerKey: string };
}
/** Says 2.2. */
export const encodeLogin = ({ who }: LoggedIn) =>
  say({
    Value: true,
    ...(who && { CustomerId: who.customerId, UserCode: who.userCode ?? null, OwnerKey: who.ownerKey }),
  });

/** 2.3; the misspelling is the protocol's. */
export const StartReply = reply(
  { TranscationToken: z.string(), BindingCode: z.string().optional() },
  { TranscationToken: TOKEN },
);
/** What is said of an approval that was started. */
export interface Started {
  readonly token: string;
  readonly bindingCode?: string;
  readonly replayed: boolean;
}
/** Says 2.3. */
export const encodeStarted = ({ token, bindingCode, replayed }: Started) => ({
  ...say({ TranscationToken: token, ...(bindingCode !== undefined && { BindingCode: bindingCode }) }),
  replayed,
});

/** 2.4. */
export const StatusReply = reply({ Status: z.int().min(0).max(6) }, { Status: 2 });
/** How an approval stands, by the protocol's number. */
export interface Stands {
  readonly status: number;
}
/** Says 2.4. */
export const encodeStatus = ({ status }: Stands) => say({ Status: status });

const listedDevice = z.object({
  OwnerKey: z.string(),
  CustomerId: z.string(),
  UserCode: z.string().nullable(),
  State: deviceState,
  Reason: z.string().nullable(),
  DeviceName: z.string(),
  Platform: z.string(),
  DeviceModel: z.string().nullable(),
  HasApprovalKey: z.boolean(),
  CreatedAt: instantMs,
  LastSeenAt: instantMs.nullable(),
});

/** 2.5. */
export const DevicesReply = reply(
  { Devices: z.array(listedDevice) },
  {
    Devices: [
      {
        OwnerKey: OWNER_KEY,
        CustomerId: "999",
        UserCode: null,
        State: "ACTIVE",
        Reason: null,
        DeviceName: "My phone",
        Platform: "ios",
        DeviceModel: null,
        HasApprovalKey: false,
        CreatedAt: SERVER_TIME_MS,
        LastSeenAt: null,
      },
    ],
  },
);
/** What a channel sees of a device. */
export interface SeenDevice {
  readonly ownerKey: string;
  readonly customerId: string;
  readonly userCode?: string;
  readonly state: string;
  readonly reason?: string;
  readonly name: string;
  readonly platform: string;
  readonly model?: string;
  readonly approvalKey?: string;
  readonly activatedAtMs: number;
  readonly lastSeenAtMs?: number;
}
/** Says 2.5, ListDevices. */
export const encodeDevices = (devices: readonly SeenDevice[]) =>
  say({
    Devices: devices.map((device) => ({
      OwnerKey: device.ownerKey,
      CustomerId: device.customerId,
      UserCode: device.userCode ?? null,
      State: device.state,
      Reason: device.reason ?? null,
      DeviceName: device.name,
      Platform: device.platform,
      DeviceModel: device.model ?? null,
      HasApprovalKey: device.approvalKey !== undefined,
      CreatedAt: device.activatedAtMs,
      LastSeenAt: device.lastSeenAtMs ?? null,
    })),
  });

/** 2.5: what a device's state is now. */
export const DeviceStateReply = reply({ State: deviceState }, { State: "BLOCKED" });
/** Says 2.5, BlockDevice and its like. */
export const encodeDeviceState = ({ state }: { readonly state: string }) => say({ State: state });

const timed = <Shape extends z.ZodRawShape>(shape: Shape, example: Readonly<Record<string, unknown>>) =>
  reply({ ...shape, ServerTime: instantMs }, { ...example, ServerTime: SERVER_TIME_MS });

/** What every answer to a device tells. */
export interface Timed {
  readonly serverTimeMs: number;
}
const sayTimed = (said: Readonly<Record<string, unknown>>, { serverTimeMs }: Timed) =>
  say({ ...said, ServerTime: serverTimeMs });

/** 4.1. */
export const ActivationReply = timed(
  { OwnerKey: z.string(), State: z.literal("ACTIVE") },
  { OwnerKey: OWNER_KEY, State: "ACTIVE" },
);
/** Says 4.1. */
export const encodeActivated = ({ ownerKey, ...time }: { readonly ownerKey: string } & Timed) =>
  sayTimed({ OwnerKey: ownerKey, State: "ACTIVE" }, time);

/** 4.2, /status. */
export const DeviceStatusReply = timed(
  { OwnerKey: z.string(), State: z.literal("ACTIVE"), Pending: z.int() },
  { OwnerKey: OWNER_KEY, State: "ACTIVE", Pending: 2 },
);
/** Says /status. */
export const encodeDeviceStatus = ({ ownerKey, waiting, ...time }: { ownerKey: string; waiting: number } & Timed) =>
  sayTimed({ OwnerKey: ownerKey, State: "ACTIVE", Pending: waiting }, time);

/** 4.2, /push-token. */
export const TimeReply = timed({}, {});
/** Says /push-token. */
export const encodeTime = (time: Timed) => sayTimed({}, time);

/** 4.2, /deactivate. */
export const DeactivationReply = timed({ State: z.literal("REMOVED") }, { State: "REMOVED" });
/** Says /deactivate. */
export const encodeDeactivated = (time: Timed) => sayTimed({ State: "REMOVED" }, time);

/** 4.2, /login-otp. */
export const LoginOtpReply = timed(
  { LoginOtp: z.string(), ExpiresAt: instantMs },
  { LoginOtp: LOGIN_CODE, ExpiresAt: SERVER_TIME_MS + 120_000 },
);
/** Says /login-otp. */
export const encodeLoginOtp = ({ code, expiresAtMs, ...time }: { code: string; expiresAtMs: number } & Timed) =>
  sayTimed({ LoginOtp: code, ExpiresAt: expiresAtMs }, time);

const listed = z.object({
  TransactionToken: z.string(),
  TransactionType: z.int().min(1).max(2),
  TransactionName: z.string(),
  TransactionContent: z.string(),
  CreatedAt: instantMs,
  ExpiresAt: instantMs,
  Challenge: z.string(),
  BindingRequired: z.boolean(),
});

/** 4.2, /transactions/pending. */
export const PendingReply = timed(
  { Transactions: z.array(listed) },
  {
    Transactions: [
      {
        TransactionToken: TOKEN,
        TransactionType: 2,
        ...LOGIN,
        CreatedAt: 1_767_312_000_000,
        ExpiresAt: 1_767_312_180_000,
        Challenge: NONCE,
        BindingRequired: false,
      },
    ],
  },
);
/** What a device sees of an approval that waits for it. */
export interface Waiting {
  readonly token: string;
  readonly type: 1 | 2;
  readonly name: string;
  readonly content: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly challenge: string;
  readonly isBound: boolean;
}
/** Says /transactions/pending. */
export const encodePending = ({ waiting, ...time }: { readonly waiting: readonly Waiting[] } & Timed) =>
  sayTimed(
    {
      Transactions: waiting.map((each) => ({
        TransactionToken: each.token,
        TransactionType: each.type,
        TransactionName: each.name,
        TransactionContent: each.content,
        CreatedAt: each.createdAtMs,
        ExpiresAt: each.expiresAtMs,
        Challenge: each.challenge,
        BindingRequired: each.isBound,
      })),
    },
    time,
  );

/** 4.2, /transactions/respond. */
export const DecisionReply = timed({ Status: z.int(), DecidedAt: instantMs }, { Status: 1, DecidedAt: SERVER_TIME_MS });
/** What is said of a decision, the first time and whenever it is repeated. */
export interface DecidedSo extends Timed {
  readonly status: number;
  readonly decidedAtMs: number;
}
/** Says /transactions/respond. */
export const encodeDecided = ({ status, decidedAtMs, ...time }: DecidedSo) =>
  sayTimed({ Status: status, DecidedAt: decidedAtMs }, time);
