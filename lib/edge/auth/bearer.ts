/** A token as HTTP bears it (RFC 6750), as several schemes have it. */
import type { Headers } from "#edge/contract";

/** The token that a request bears; undefined where it bears none, or one that is longer than any of ours. */
export const bearerIn = ({ authorization = "" }: Headers, longest: number): string | undefined => {
  const token = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  return token !== undefined && token.length <= longest ? token : undefined;
};
