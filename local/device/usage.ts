/** What `npm run device` says of itself. */
import { MOST_PENDING } from "./verbs.ts";

/** Where `npm start` serves. */
export const SANDBOX = "http://127.0.0.1:3000";

/** What is shown to whoever types something else. */
export const USAGE = `Usage: npm run device -- <verb> [options]

Is a phone with a bank's app: keys of its own, kept in a file, with which it
signs what it asks a desk and what it approves.

  activate --customer <id> --otp <code>
                          makes keys and has them activated by the code that
                          the bank got of GetActivationOtp
  status                  what the desk knows of it, and how much waits
  pending                 shows what waits for a decision
  approve [<token>]       decides one: by its token, or how that begins, or
  reject [<token>]        the only one that waits
  fraud [<token>]         reports it as one that its holder did not begin
  login-otp               gets a code to log in with
  push-token <apns|fcm> <token>
                          says where it can be woken; "push-token none": nowhere
  deactivate              ends its life as a device, for good

  --keys <file>           where the phone is kept (default .tillgate/phone.json)
  --base <url>            where the desk is: told once, and remembered
                          (default ${SANDBOX})
  --json                  the desk's answer alone, on standard output
  --verbose               what is signed, sent and answered, on standard error
  --help                  this

activate
  --user-code <code>      where the bank tells several users of a customer apart
  --format <der|p1363>    how it writes signatures (default p1363)
  --approval-key          approves by a second key, as one behind a PIN
  --name <text>           what the bank sees (default "Terminal")
  --model <text>          likewise
  --platform <ios|android|web>    likewise (default web)
  --new                   takes the place of the phone in the file, as soon as
                          the desk has activated it

pending
  --max <1-20>            at most so many (default ${MOST_PENDING})
  --wait <seconds>        waits for the first one, if there is none

approve, reject, fraud
  --code <6 digits>       of approve: what the initiator shows, if it is needed
  --reason <reason>       of the others: UNKNOWN, INCORRECT_DATA or
                          UNEXPECTED_OPERATION

Exit codes: 0 done · 1 refused · 2 wrong usage
            3 no desk answers, or the file cannot be used`;
