import { cancelTransaction } from "#approval/cancelTransaction";
import { cancelTransactionContract } from "#approval/contract";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(cancelTransactionContract, cancelTransaction, live);
