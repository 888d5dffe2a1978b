// The SDK's transport without a network: a client whose `requestHandler` this is talks to a handle in its own process.
import { CONTENT_TYPE, type Handle } from "./wire.ts";

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Options {
  readonly abortSignal?: { readonly aborted: boolean };
}

interface Response {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** What SDK v3 asks of a client's `requestHandler`. */
export type RequestHandler = {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: Request, options?: Options): Promise<{ response: Response }>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): object;
  destroy(): void;
};

const textOf = (body: unknown): string => {
  if (typeof body === "string") return body;
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : "";
};

const aborted = (): Error => Object.assign(new Error("Request aborted"), { name: "AbortError" });

// Aborting does not undo a request that is under way, it only stops waiting for the answer, as over a network.
const untilAborted = <Result>(answer: Promise<Result>, signal: Options["abortSignal"]): Promise<Result> => {
  if (!(signal instanceof AbortSignal)) return answer;
  return new Promise((resolve, reject) => {
    const abort = () => reject(aborted());
    signal.addEventListener("abort", abort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
};

/** A `requestHandler` for SDK clients; a lost answer rejects at once as the TimeoutError that waiting would end in. */
export const createRequestHandler = (handle: Handle): RequestHandler => ({
  metadata: { handlerProtocol: "http/1.1" },
  handle: async (request, options) => {
    if (options?.abortSignal?.aborted) throw aborted();
    const answer = handle(request.headers["x-amz-target"] ?? "", textOf(request.body));
    const { statusCode, body } = await untilAborted(answer, options?.abortSignal);
    const headers = { "content-type": CONTENT_TYPE };
    return { response: { statusCode, headers, body: new TextEncoder().encode(body) } };
  },
  updateHttpClientConfig: () => undefined,
  httpHandlerConfigs: () => ({}),
  destroy: () => undefined,
});
