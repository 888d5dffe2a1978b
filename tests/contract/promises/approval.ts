/** What the approval slice's events promise: approvals.md 2, 4, with its vectors' key, token and challenge. */
import { failed, type Method, refused, served, succeeded } from "../../support/envelope.ts";
import { NOW_MS } from "../../support/ports.ts";
import type { Promises } from "./promise.ts";

const uuid = "6f1d2c3b-4a59-4e6f-8a7b-9c0d1e2f3a4b";
const loginCode = "0b7e3c1a-52d4-4f86-9a1e-6c2f8d9b7a35";
const ownerKey = `20261125-${uuid}`;
const token = "AAECAwQFBgcICQoLDA0ODw==";
const challenge = "EBESExQVFhcYGRobHB0eHw==";

/** `<status> <body>` in two. */
const parted = (text: string): readonly [number, string] => [Number(text.slice(0, 3)), text.slice(4)];

const done = (fields: string) => parted(succeeded(fields));
const no = (method: Method, name: Parameters<typeof failed>[1]) => parted(failed(method, name));
const toDevice = (fields: string) => parted(served(fields, NOW_MS));
const noToDevice = (name: Parameters<typeof refused>[0]) => parted(refused(name, NOW_MS));

const device = `{"OwnerKey":"${ownerKey}","CustomerId":"8053944","UserCode":null,"State":"ACTIVE","Reason":null,"DeviceName":"My phone","Platform":"ios","DeviceModel":null,"HasApprovalKey":false,"CreatedAt":${NOW_MS},"LastSeenAt":null}`;
const transaction = `{"TransactionToken":"${token}","TransactionType":2,"TransactionName":"WEBLOGIN","TransactionContent":"ENCRYPTEDCONFIRMATIONDATA","CreatedAt":${NOW_MS},"ExpiresAt":${NOW_MS + 180_000},"Challenge":"${challenge}","BindingRequired":false}`;

const issued = ["approval/getActivationOtp.issued.json"];
const activated = [...issued, "approval/activate.activated.json"];
const started = [...activated, "approval/startTransaction.started.json"];
const listed = [...started, "approval/listPending.listed.json"];

/** The approval slice's promises. The device's requests are signed at the time of the tests. */
export const approvalPromises: Promises = {
  answers: {
    issued: done('"Otp":"042317"'),
    invalidCustomer: no("GetActivationOtp", "28"),
    unauthenticated: no("GetActivationOtp", "9401"),
    verified: done('"Value":true'),
    invalidCode: no("VerifyLoginOtp", "29"),
    started: done(`"TranscationToken":"${token}"`),
    noSession: no("StartTransaction", "22"),
    waiting: done('"Status":2'),
    unknownToken: no("CheckTransactionApproval", "510"),
    cancelled: done('"Status":6'),
    nothingToCancel: no("CancelTransaction", "510 in Cancel"),
    devices: done(`"Devices":[${device}]`),
    noDevice: done('"Devices":[]'),
    blocked: done('"State":"BLOCKED"'),
    unknownDevice: no("BlockDevice", "9411"),
    unblocked: done('"State":"ACTIVE"'),
    removed: done('"State":"REMOVED"'),
    activated: toDevice(`"OwnerKey":"${ownerKey}","State":"ACTIVE"`),
    failed: noToDevice("9420"),
    malformed: noToDevice("9400"),
    active: toDevice(`"OwnerKey":"${ownerKey}","State":"ACTIVE","Pending":1`),
    late: noToDevice("9401"),
    noted: toDevice(""),
    loginCode: toDevice(`"LoginOtp":"${loginCode}","ExpiresAt":${NOW_MS + 120_000}`),
    listed: toDevice(`"Transactions":[${transaction}]`),
    approved: toDevice(`"Status":1,"DecidedAt":${NOW_MS}`),
    rejected: toDevice(`"Status":0,"DecidedAt":${NOW_MS}`),
    forged: noToDevice("9421"),
    unknownTransaction: noToDevice("9404"),
    deactivated: toDevice('"State":"REMOVED"'),
  },
  ids: () => {
    const uuids = [uuid, loginCode].values();
    const nonces = [token, challenge].values();
    return {
      digits: () => "042317",
      uuid4: () => uuids.next().value ?? "11111111-2222-4333-8444-666666666666",
      nonce: () => nonces.next().value ?? "/////////////////////w==",
    };
  },
  before: {
    activate: issued,
    verifyLoginOtp: [...activated, "approval/issueLoginOtp.loginCode.json"],
    startTransaction: activated,
    checkTransactionApproval: started,
    cancelTransaction: started,
    listDevices: activated,
    blockDevice: activated,
    unblockDevice: activated,
    removeDevice: activated,
    status: started,
    setPushToken: activated,
    issueLoginOtp: activated,
    listPending: started,
    respond: listed,
    deactivate: activated,
  },
};
