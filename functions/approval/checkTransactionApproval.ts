import { checkTransactionApproval } from "#approval/checkTransactionApproval";
import { checkTransactionApprovalContract } from "#approval/contract";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(checkTransactionApprovalContract, checkTransactionApproval, live);
