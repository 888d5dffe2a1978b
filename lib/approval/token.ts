/** What an approval is named by: the token to its parties, a digest of it to the table and the log. */
import { digest } from "#kernel/crypto";

/** The id of the approval that has this token; any text has one. */
export const approvalIdOf = (token: string): string => digest(token);
