/** The bytes of approvals.md 1 and 2: every error, and every failure of a method of the core. */
import type { Answered } from "./desk.ts";

const error = (code: string, message: string, rest = '"Severity":3,"IsFriendly":true', details = "null"): string =>
  `{"ErrorCode":"${code}","ErrorMessage":"${message}","ErrorMessageDetails":${details},"Exception":null,"Params":null,${rest}}`;

/** `E(code)`, byte for byte; the misspellings and the spaces at the ends are the vendor's. */
export const E = {
  22: error("22", "Invalid session. ", undefined, '"Active session not found. "'),
  28: error("28", "Invalid request."),
  "28 full": error("28", "Invalid request.", undefined, '"Too many waiting transactions."'),
  29: error("29", "Invalid login otp."),
  510: error("510", "Transcation not found.", '"Severity":1,"IsFriendly":true'),
  "510 in Cancel": error("510", "Transcation not found.", '"Severity":1,"IsFriendly":false'),
  1: error("1", "Unexpected error.", '"Severity":1,"IsFriendly":false'),
  9400: error("9400", "Malformed request.", '"Severity":3,"IsFriendly":false'),
  9401: error("9401", "Not authenticated.", '"Severity":3,"IsFriendly":false'),
  9403: error("9403", "Device not active."),
  9404: error("9404", "Transaction not found."),
  9409: error("9409", "Not possible in the current state."),
  9410: error("9410", "Transaction expired."),
  9411: error("9411", "Device not found."),
  9420: error("9420", "Activation failed."),
  9421: error("9421", "Decision not accepted."),
  9429: error("9429", "Too many requests."),
} as const;

/** What each method of the core puts first when it fails. */
export const prefixes = {
  GetActivationOtp: '"Otp":null',
  VerifyLoginOtp: '"Value":false',
  StartTransaction: '"TranscationToken":null',
  CheckTransactionApproval: '"Status":0',
  CancelTransaction: '"Status":0',
  ListDevices: '"Devices":null',
  BlockDevice: '"State":null',
  UnblockDevice: '"State":null',
  RemoveDevice: '"State":null',
} as const;

/** A method of the core. */
export type Method = keyof typeof prefixes;

/** A name of an error. */
export type ErrorName = `${keyof typeof E}`;

const coreStatus: Partial<Record<ErrorName, number>> = { 28: 400, "28 full": 400, 1: 500, 9401: 401, 9429: 429 };
const deviceStatus: Partial<Record<ErrorName, number>> = {
  ...{ 1: 500, 9400: 400, 9401: 401, 9403: 403, 9404: 404, 9409: 409, 9410: 410, 9420: 401, 9421: 401, 9429: 429 },
};

/** What a method of the core says when it fails: `<status> <body>`. */
export const failed = (method: Method, name: ErrorName, prefix: string = prefixes[method]): string =>
  `${coreStatus[name] ?? 200} {${prefix},"Results":[${E[name]}],"Success":false}`;

/** What the device API says when it fails at this time; a decision that comes too late is told how it stands. */
export const refused = (name: ErrorName, serverTime: number, status?: number): string =>
  `${deviceStatus[name]} {${status === undefined ? "" : `"Status":${status},`}"ServerTime":${serverTime},"Results":[${E[name]}],"Success":false}`;

/** A success of the core: `200 <body>`. */
export const succeeded = (fields: string): string => `200 {${fields},"Results":[],"Success":true}`;

/** A success of the device API at this time. */
export const served = (fields: string, serverTime: number): string =>
  `200 {${fields === "" ? "" : `${fields},`}"ServerTime":${serverTime},"Results":[],"Success":true}`;

/** An answer as `<status> <body>`. */
export const said = ({ status, body }: Answered): string => `${status} ${body}`;
