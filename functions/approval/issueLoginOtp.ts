import { issueLoginOtpContract } from "#approval/device.contract";
import { issueLoginOtp } from "#approval/issueLoginOtp";
import { endpoint } from "#edge/endpoint";
import { live } from "#live";

export const handler = endpoint(issueLoginOtpContract, issueLoginOtp, live);
