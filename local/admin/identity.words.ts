/** How an operator names a customer of approvals, and how it is shown. */
import { plainText } from "#approval/fields";
import { bySchema } from "./readings.ts";
import { optional } from "./verb.ts";

const text = bySchema(plainText(), "1-64 characters, none of them a control character");

/** What a verb takes that is about a customer. */
export const byCustomer = {
  arguments: { customer: text },
  options: { userCode: optional(text, "<code>", "which of the customer's users") },
};

/** The same, read. */
export interface Asked {
  readonly customer: string;
  readonly userCode: string | undefined;
}

/** Whom a verb is about. */
export const namedBy = ({ customer, userCode }: Asked) => ({ customerId: customer, userCode });

/** A customer in words. */
export const nameOf = ({
  customerId,
  userCode,
}: {
  readonly customerId: string;
  readonly userCode?: string | undefined;
}): string => (userCode === undefined ? customerId : `${customerId}, user ${userCode}`);
