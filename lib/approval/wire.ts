/** The Core API's requests (approvals.md 2). Unknown fields are ignored; null is absent where a field is optional. */
import * as z from "zod";
import { CUSTOMER_ID, LOGIN, LOGIN_CODE, OWNER_KEY, TOKEN } from "#approval/example";
import { customerId, ownerKeyText, plainText, userCode } from "#approval/fields";
import { bounds } from "#approval/limits";
import { example, members, optional } from "#kernel/fields";
import { integer } from "#kernel/json";

/** The longest body of a channel's, in bytes (approvals.md 1). */
export const MAX_CORE_BYTES = 131_072;

/** The longest content, in bytes as UTF-8 (approvals.md 2.3). */
const MAX_CONTENT_BYTES = 65_536;

/** 2.1. */
export const ActivationOtpRequest = z
  .object({ CustomerId: customerId, UserCode: optional(userCode) })
  .meta(example({ CustomerId: CUSTOMER_ID }))
  .transform((said) => ({ customerId: said.CustomerId, userCode: said.UserCode }));

/** 2.2. Any text is a code; most are none of ours. */
export const LoginOtpRequest = z
  .object({ LoginOtp: z.string() })
  .meta(example({ LoginOtp: LOGIN_CODE }))
  .transform(({ LoginOtp }) => ({ loginCode: LoginOtp.toLowerCase() }));

const content = z
  .string()
  .refine((text) => text !== "" && Buffer.byteLength(text) <= MAX_CONTENT_BYTES, `1-${MAX_CONTENT_BYTES} bytes`)
  .meta({ description: "What is confirmed, opaque: 1-65,536 bytes as UTF-8." });

const owner = members({
  OwnerKey: optional(ownerKeyText),
  CustomerId: optional(customerId),
  UserCode: optional(userCode),
}).meta({ description: "Type 1: `OwnerKey` alone. Type 2: `CustomerId`, and `UserCode` if the identity has one." });

/** 2.3. */
export const StartRequest = z
  .object({
    TransactionOwner: owner,
    TransactionContent: content,
    TransactionName: plainText(128),
    TransactionType: integer(1n, 2n).meta({ description: "1 is for this device alone, 2 for any of the identity's." }),
    TimeoutDuration: integer(1n, BigInt(bounds.timeoutSeconds.most)).meta({ description: "Seconds." }),
    CancelPendingTransactions: optional(z.boolean()),
    BindingMode: optional(z.literal("code6")),
  })
  .meta(
    example({
      TransactionOwner: { CustomerId: CUSTOMER_ID },
      ...LOGIN,
      TransactionType: 2,
      TimeoutDuration: 180,
      CancelPendingTransactions: true,
    }),
  )
  .transform((said, context) => {
    const { OwnerKey, CustomerId, UserCode } = said.TransactionOwner;
    const asked = {
      content: said.TransactionContent,
      name: said.TransactionName,
      timeoutSeconds: Number(said.TimeoutDuration),
      cancelsWaiting: said.CancelPendingTransactions ?? false,
      isBound: said.BindingMode !== undefined,
    };
    const hasIdentity = CustomerId !== undefined || UserCode !== undefined;
    if (said.TransactionType === 1n && OwnerKey !== undefined && !hasIdentity)
      return { ...asked, owner: { ownerKey: OwnerKey } };
    if (said.TransactionType === 2n && OwnerKey === undefined && CustomerId !== undefined)
      return { ...asked, owner: { customerId: CustomerId, userCode: UserCode } };
    context.issues.push({ code: "custom", message: "exactly one form", input: said, path: ["TransactionOwner"] });
    return z.NEVER;
  });

/** The header that a repeated start bears. */
export const StartParameters = z
  .object({
    headers: z.object({
      "idempotency-key": z
        .string()
        .regex(/^[!-~]{1,255}$/)
        .optional(),
    }),
  })
  .transform(({ headers }) => ({ idempotencyKey: headers["idempotency-key"] }));

/** 2.4. Any text is a token; most are none of ours. */
export const TokenRequest = z
  .object({ TransactionToken: z.string() })
  .meta(example({ TransactionToken: TOKEN }))
  .transform(({ TransactionToken }) => ({ token: TransactionToken }));

/** 2.5. */
export const DevicesRequest = z
  .object({ OwnerKey: optional(ownerKeyText), CustomerId: optional(customerId), UserCode: optional(userCode) })
  .meta(example({ CustomerId: CUSTOMER_ID }))
  .transform((said, context) => {
    const { OwnerKey, CustomerId, UserCode } = said;
    if (OwnerKey !== undefined && CustomerId === undefined && UserCode === undefined) return { ownerKey: OwnerKey };
    if (OwnerKey === undefined && CustomerId !== undefined) return { customerId: CustomerId, userCode: UserCode };
    context.issues.push({ code: "custom", message: "exactly one form", input: said, path: ["OwnerKey"] });
    return z.NEVER;
  });

/** 2.5: what blocks, unblocks and removes a device. */
export const DeviceChangeRequest = z
  .object({ OwnerKey: ownerKeyText, Reason: z.string().regex(/^[A-Z0-9_]{1,64}$/) })
  .meta(example({ OwnerKey: OWNER_KEY, Reason: "REPORTED_LOST" }))
  .transform(({ OwnerKey, Reason }) => ({ ownerKey: OwnerKey, reason: Reason }));

/** An identity as it is named. */
export type IdentityName = z.output<typeof ActivationOtpRequest>;
/** 2.2, read. */
export type VerifyLogin = z.output<typeof LoginOtpRequest>;
/** 2.3, read. */
export type Start = z.output<typeof StartRequest> & z.output<typeof StartParameters>;
/** 2.4, read. */
export type NameToken = z.output<typeof TokenRequest>;
/** 2.5, read: a device, or the devices of an identity. */
export type FindDevices = z.output<typeof DevicesRequest>;
/** 2.5, read. */
export type ChangeDevice = z.output<typeof DeviceChangeRequest>;
