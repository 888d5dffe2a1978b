/** What the steps of a chain hand to each other: middy's request and its `internal` state, typed; nothing of it has a business meaning. */
import type middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import type { Asked } from "#edge/contract";
import type { Refusal } from "#kernel/refusal";
import type { Ports } from "#ports";

/** A request as the HTTP API delivers it, payload format 2.0. */
export type Event = APIGatewayProxyEventV2;

/** An answer as the HTTP API takes it. */
export type Result = APIGatewayProxyStructuredResultV2;

/** The Lambda handler of an HTTP endpoint; it never rejects. */
export type Handler = (event: Event, context: Context) => Promise<Result>;

/** Makes the ports, or remembers them; may reject when the stage is not set up. */
export type Live = () => Promise<Ports> | Ports;

/** The state of a request. A step may rely on what the steps before it have set. */
export type State = {
  /** Set by `observe`. */
  coldStart: boolean;
  ports: Ports;
  startedAtMs: number;
  /** Set by `asked`. */
  asked: Asked;
  /** Set by `authenticate`. */
  caller: unknown;
  /** Set by `validate`. */
  wish: unknown;
  /** Set by `perform`. */
  said: unknown;
  subject: string | undefined;
  /** Set by `speak`: the refusal that the answer utters, and what was behind it if that is FAULT. */
  refusal: Refusal;
  fault: unknown;
};

/** A middleware that uses these fields of the state; `E` is `unknown` where the event does not matter. */
export type Step<Uses extends Partial<State>, E = Event> = middy.MiddlewareObj<E, Result, Error, Context, Uses>;

/** A middleware that can run when steps before it have failed. */
export type AnywayStep<E = Event> = Step<Partial<State>, E>;
