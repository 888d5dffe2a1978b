import { getActivationOtpContract } from "#approval/contract";
import { getActivationOtp } from "#approval/getActivationOtp";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(getActivationOtpContract, getActivationOtp, live);
