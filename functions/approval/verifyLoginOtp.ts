import { verifyLoginOtpContract } from "#approval/contract";
import { verifyLoginOtp } from "#approval/verifyLoginOtp";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(verifyLoginOtpContract, verifyLoginOtp, live);
