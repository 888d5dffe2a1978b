/** What may be said at an endpoint, as one row: the source of its chain, its OpenAPI, its YAML check and its tests. */
import type * as z from "zod";
import type { Refusal } from "#kernel/refusal";
import type { Ports } from "#ports";

/** Who is calling, as the credential alone tells. */
export interface Caller {
  readonly tenant: string;
}

/** One way to show a credential, as OpenAPI describes it. */
export type Credential =
  | { readonly type: "apiKey"; readonly in: "header"; readonly name: string }
  | { readonly type: "http"; readonly scheme: "basic" | "bearer"; readonly bearerFormat?: string };

/** A way to prove who is calling: how to look, and how OpenAPI describes it. */
export interface Scheme<Who> {
  /** Its name among OpenAPI's security schemes. */
  readonly name: string;
  /** Any of these will do. */
  readonly openapi: readonly Credential[];
  /** Resolves to the caller, or throws the refusal UNAUTHENTICATED or FORBIDDEN. */
  readonly authenticate: (headers: Headers, ports: Ports) => Promise<Who>;
}

/** A request's headers: lower-case names. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** An answer before it is encoded: the body is an object to print compactly, text as it is, or nothing at all. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Says any refusal in a protocol's words: total over the slice's codes and the edge's. */
export type Dialect = (refusal: Refusal) => Answer;

/** An endpoint. */
export interface Contract<Wish, Said, Who> {
  /** `<slice>/<endpoint>`: the path of its function, its use case and its events. */
  readonly name: `${string}/${string}`;
  /** `VERB /path`. */
  readonly route: `${"GET" | "POST" | "PUT" | "DELETE"} /${string}`;
  /** One sentence for the documentation. */
  readonly summary: string;
  /** Absent: anybody may ask. */
  readonly auth?: Scheme<Who>;
  /** The body's schema; absent: a body is not looked at. */
  readonly request?: z.ZodType<Wish>;
  /** The successful answer's schema. */
  readonly reply: z.ZodType;
  /** Turns what the use case said into the protocol's answer. */
  readonly encode: (said: Said) => Answer;
  /** What the log names a request by, once it is known; nothing personal. */
  subject?(wish: Wish, said: Said | undefined): string | undefined;
  readonly dialect: Dialect;
  /** The refusals of the slice that this endpoint may utter; the edge's go without saying. */
  readonly mayRefuse: readonly string[];
  /** The most round trips to the table, settings warm; a test counts them. */
  readonly io: { readonly reads: number; readonly commits: number };
}

/** Any endpoint. */
export type AnyContract = Contract<unknown, never, unknown>;

/** Declares an endpoint; infers what its use case is given and says: no wish without a schema, no caller without a scheme. */
export const contract = <Wish = undefined, Said = undefined, Who = undefined>(
  row: Contract<Wish, Said, Who>,
): Contract<Wish, Said, Who> => row;

/** What happens at an endpoint. */
export type UseCase<Wish, Said, Who> = (wish: Wish, ports: Ports, who: Who) => Promise<Said>;
