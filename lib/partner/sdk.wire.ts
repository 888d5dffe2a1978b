/** The web SDK's API as it is spoken: the exchange of a code, and who one is (sonect.md 2.5). */
import * as z from "zod";
import { example, text } from "#kernel/fields";
import { SESSION_LIFE_SECONDS } from "#partner/checkin.item";
import { type Configuration, tellConfiguration } from "#partner/configuration";
import { ConfigurationReply, configuration } from "#partner/reply.wire";
import { type User, userStatuses } from "#partner/user";

/** The longest code that is looked up, in characters; ours have 43. */
const MAX_CODE = 128;

/** What openSession is asked. */
export const ExchangeCodeRequest = z
  .object({
    // Another form than that of our codes is no fault of the request's: such a code is unknown.
    code: text(MAX_CODE).meta({ description: "What stands behind `#c=` in the check-in's URL." }),
  })
  .meta(example({ code: "Zm9yLXRlc3RzLW9ubHktMzItYnl0ZXMtb2YtY29kZSE" }));

/** A code to exchange. */
export type ExchangeCode = z.output<typeof ExchangeCodeRequest>;

/** A session's token, and for how many seconds it is good. */
export const SessionReply = z
  .object({
    accessToken: z.string().meta({ description: "An EdDSA JWT, to be sent as a bearer token." }),
    tokenType: z.literal("Bearer"),
    expiresIn: z.literal(SESSION_LIFE_SECONDS),
  })
  .meta({
    examples: [{ accessToken: "eyJhbGciOiJFZERTQSJ9…", tokenType: "Bearer", expiresIn: SESSION_LIFE_SECONDS }],
  });

/** Whom a session is of. */
export const MeReply = z
  .object({
    profile: z.object({
      id: z.string(),
      referenceId: z.string(),
      firstName: z.string(),
      lastName: z.string(),
      middleName: z.string().optional(),
      email: z.string(),
      phone: z.string(),
      dateOfBirth: z.string().optional(),
      address: z
        .record(z.string(), z.string())
        .optional()
        .meta({ description: "What of it the user was created with." }),
    }),
    status: z.enum(userStatuses).meta({ description: "A blocked user may look, and do nothing." }),
    configuration: ConfigurationReply,
  })
  .meta({
    examples: [
      {
        profile: {
          id: "usr_01J8ZK3V5Q8X4M2N7T6R9W0B1C",
          referenceId: "bank-user-1001",
          firstName: "Ann",
          lastName: "Meier",
          email: "ann.meier@example.com",
          phone: "+41790000001",
        },
        status: "active",
        configuration,
      },
    ],
  });

/** Says a session. */
export const encodeSession = ({ token }: { readonly token: string }) => ({
  status: 200,
  body: { accessToken: token, tokenType: "Bearer", expiresIn: SESSION_LIFE_SECONDS },
});

/** What is said of a session's user. */
export interface Me {
  readonly user: User;
  readonly configuration: Configuration;
}

/** Says whom a session is of. */
export const encodeMe = ({ user: { id, reference, person, status }, configuration }: Me) => ({
  status: 200,
  body: { profile: { id, referenceId: reference, ...person }, status, configuration: tellConfiguration(configuration) },
});
