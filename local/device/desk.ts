/** A phone's calls over HTTP: signed by the desk's clock, answered as the protocol has it, or else thrown. */
import { type Answer, ask, jsonOf } from "../gateway/http.ts";
import type { Phone } from "./phone.ts";
import type { Signed } from "./requests.ts";
import { type Call, Envelope, type Reply, replies } from "./wire.ts";

/** How long the desk may take, several times what it takes. */
const TIMEOUT_MS = 20_000;

/** The longest answer: 20 contents, none longer as JSON than the 128 KiB that it was started by, and room for the rest. */
const MAX_ANSWER_BYTES = 3 * 1_048_576;

/** How far a phone's clock may be off (approvals.md 7). */
const CLOCK_TOLERANCE_MS = 60_000;

/** What a phone reaches of the world. */
export interface World {
  readonly now: () => number;
  /** Waits. */
  readonly pause: (ms: number) => Promise<void>;
  /** Hears every request and what came of it. */
  readonly tell: (signed: Signed, heard: Answer | string) => void;
}

/** The desk says no. */
export class DeskRefusal extends Error {
  override readonly name = "DeskRefusal";
  readonly httpStatus: number;
  readonly code: string;
  /** The transaction's, where the call was a decision that came too late. */
  readonly status: number | undefined;
  /** After how many seconds one may ask again. */
  readonly retryAfter: string | undefined;
  readonly call: Call;

  constructor(call: Call, { status: httpStatus, headers }: Answer, { Results: [error], Status }: Envelope) {
    super(error?.ErrorMessage ?? "It does not say why.");
    this.call = call;
    this.httpStatus = httpStatus;
    this.code = error?.ErrorCode ?? "none";
    this.status = Status;
    this.retryAfter = headers["retry-after"];
  }
}

/** There is no answer, or none of a desk's. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** What a call led to; the phone knows the desk's clock now. */
export interface Done<Some extends Phone, Name extends Call> {
  readonly phone: Some;
  readonly reply: Reply<Name>;
}

const send = async (base: string, signed: Signed, { tell }: World): Promise<Answer> => {
  const url = `${base}${signed.route.replace("POST ", "")}`;
  const { headers, body } = signed;
  const asking = { method: "POST", headers, body, timeoutMs: TIMEOUT_MS, mostBytes: MAX_ANSWER_BYTES } as const;
  const heard = await ask(url, asking);
  tell(signed, heard.status === undefined ? heard.why : heard);
  if (heard.status === undefined) throw new NoAnswer(`No answer from ${base}: ${heard.why}`);
  return heard;
};

const envelopeOf = (base: string, heard: Answer): Envelope => {
  const { data } = Envelope.safeParse(jsonOf(heard));
  if (data === undefined) throw new NoAnswer(`What answers at ${base} is no desk: HTTP ${heard.status}`);
  return data;
};

/** Whether a refusal can come of the phone's clock alone. */
const isOff = (heard: Answer, { Results: [error], ServerTime }: Envelope, signedAtMs: number): boolean =>
  heard.status === 401 && error?.ErrorCode === "9401" && Math.abs(ServerTime - signedAtMs) > CLOCK_TOLERANCE_MS;

/** Makes a call; where the phone's clock is off, again by the desk's. Throws `DeskRefusal` and `NoAnswer`. */
export const callDesk = async <Some extends Phone, Name extends Call>(
  phone: Some,
  call: Name,
  sign: (nowMs: number) => Signed,
  world: World,
): Promise<Done<Some, Name>> => {
  let { clockOffsetMs } = phone;
  const attempt = async () => {
    const signedAtMs = world.now() + clockOffsetMs;
    const heard = await send(phone.base, sign(signedAtMs), world);
    return { signedAtMs, heard, said: envelopeOf(phone.base, heard) };
  };
  let { signedAtMs, heard, said } = await attempt();
  if (isOff(heard, said, signedAtMs)) {
    clockOffsetMs = said.ServerTime - world.now();
    ({ heard, said } = await attempt());
  }
  if (!said.Success) throw new DeskRefusal(call, heard, said);
  const { data } = replies[call].safeParse(said);
  if (data === undefined) throw new NoAnswer(`What answers at ${phone.base} is no desk: ${heard.body.slice(0, 200)}`);
  return { phone: { ...phone, clockOffsetMs }, reply: data as Reply<Name> };
};
