import { startTransactionContract } from "#approval/contract";
import { startTransaction } from "#approval/startTransaction";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(startTransactionContract, startTransaction, live);
