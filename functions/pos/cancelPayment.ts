import { endpoint } from "#edge/endpoint";
import { live } from "#live";
import { cancelPayment } from "#pos/cancelPayment";
import { cancelPaymentContract } from "#pos/contract";

export const handler = endpoint(cancelPaymentContract, cancelPayment, live);
