/** What may be said at an endpoint, as one row: the source of its chain, its OpenAPI, its YAML check and its tests. */
import type * as z from "zod";
import type { Refusal } from "#kernel/refusal";
import type { Ports } from "#ports";

/** Who is calling, as the credential alone tells. */
export interface Caller {
  readonly tenant: string;
}

/** A request's headers: lower-case names; equal ones joined by commas. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** A body as it was sent: `wasText` when the gateway delivered it as a string and may have replaced bytes that were not UTF-8. */
export interface RawBody {
  readonly bytes: Uint8Array;
  readonly wasText: boolean;
}

/** A request as it was sent, before anybody has judged it. */
export interface Asked {
  readonly verb: string;
  /** As sent, still escaped. */
  readonly path: string;
  /** Without its question mark, still escaped. */
  readonly query: string;
  /** What stands in the path's `{…}`. */
  readonly segments: Readonly<Record<string, string | undefined>>;
  readonly headers: Headers;
  readonly body: RawBody;
  /** The client's address, as the gateway saw it. */
  readonly address: string;
}

/** How often the table is asked: a list is a reading. */
export interface RoundTrips {
  readonly reads: number;
  readonly commits: number;
}

/** One way to show a credential, as OpenAPI describes it. */
export type Credential =
  | { readonly type: "apiKey"; readonly in: "header"; readonly name: string }
  | { readonly type: "http"; readonly scheme: "basic" | "bearer"; readonly bearerFormat?: string };

/** A way to prove who is calling: how to look, and how OpenAPI describes it. */
export interface Scheme<Who> {
  /** Its name among OpenAPI's security schemes. */
  readonly name: string;
  /** Any of these will do; where there is none, `says` tells what the caller is known by. */
  readonly openapi: readonly Credential[];
  /** Who may ask, in a sentence for readers of the documentation. */
  readonly says?: string;
  /** The most round trips that it makes itself, settings warm: they come on top of the contract's. None unless it says so. */
  readonly io?: RoundTrips;
  /** How often one may fail to prove who is calling, before that is refused with RATE_LIMITED; whoever succeeds is never held up. */
  readonly failures?: readonly (Omit<Limit<never>, "by"> & { by(asked: Asked): string })[];
  /** What it refuses with, in order of precedence; UNAUTHENTICATED alone unless it says otherwise. */
  readonly mayRefuse?: readonly string[];
  /** Resolves to the caller, or throws one of those refusals. */
  readonly authenticate: (asked: Asked, ports: Ports) => Promise<Who>;
}

/** An answer before it is encoded: the body is an object to print compactly, text as it is, or nothing at all. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The request had been done before, and this is what was said then. */
  readonly replayed?: boolean;
}

/**
 * Says any refusal in a protocol's words: total over the slice's codes and the edge's. Undefined: the protocol has no
 * words for it, and HTTP's status says it all. `atMs` is when the request came; documents are printed without one.
 */
export type Dialect = (refusal: Refusal, asked?: Asked, atMs?: number) => Answer | undefined;

/**
 * How often somebody may ask: a bucket that holds `burst` permits and gains one each `everyMs`, whole numbers both. It fills
 * within a day, after which the table forgets it.
 */
export interface Limit<Who> {
  /** Of what each one has a bucket, in words: endpoints that say the same share its permits. */
  readonly per: string;
  /** Which one it is; the table knows it by a keyed digest only. */
  by(asked: Asked, who: Who): string;
  readonly everyMs: number;
  readonly burst: number;
}

/** The same by what a well-formed request says: looked at after the body, not before. */
export interface WishLimit<Wish, Who> extends Omit<Limit<never>, "by"> {
  of(wish: Wish, who: Who): string;
}

/** `VERB /path`, with `{name}` for a segment that is read. */
export type Route = `${"GET" | "POST" | "PUT" | "DELETE" | "OPTIONS"} /${string}`;

/** An endpoint. */
export interface Contract<Body, Said, Who, Told = unknown> {
  /** `<slice>/<endpoint>`: the path of its function, its use case and its events. */
  readonly name: `${string}/${string}`;
  readonly route: Route;
  /** Other routes to the same. */
  readonly aliases?: readonly Route[];
  /** One sentence for the documentation. */
  readonly summary: string;
  /** Absent: anybody may ask. */
  readonly auth?: Scheme<Who>;
  /** Who asks more often is refused with RATE_LIMITED, which goes without saying. */
  readonly limit?: Limit<Who>;
  /** The same, by what is asked about. */
  readonly wishLimit?: WishLimit<Body & Told, Who>;
  /** Whether pages of an origin, as browsers write it, may call from there; absent: none but the API's own. */
  readonly origins?: (origin: string, ports: Ports) => Promise<boolean>;
  /**
   * What is read of the path's segments, the query and the headers: an object of objects `path`, `query` and `headers`
   * (lower-case names), each absent where nothing is read of it. What it gives is a part of the wish.
   */
  readonly parameters?: z.ZodType<Told>;
  /** The body's schema; absent: a body is not looked at. What it gives is a part of the wish. */
  readonly request?: z.ZodType<Body>;
  /** No body at all is the same as `{}`. */
  readonly bodyIsOptional?: boolean;
  /** There is no schema, but a body that is sent has to be JSON all the same. */
  readonly bodyIsUnread?: boolean;
  /** The schema looks at whatever JSON there is, not at objects only. */
  readonly bodyIsAny?: boolean;
  /** The schema judges the texts of its fields, and nobody judges others; else a lone surrogate is refused wherever it is. */
  readonly textsAreOfFields?: boolean;
  /** The longest body, in bytes; 32 KiB unless the protocol says otherwise. */
  readonly maxBodyBytes?: number;
  /** The successful answer's schema; absent: it has no body. */
  readonly reply?: z.ZodType;
  /** Its status; 200 unless the protocol says otherwise. */
  readonly status?: number;
  /** Its media type, where a text is answered that is no HTML page. */
  readonly mediaType?: string;
  /** Whether a repeated request is answered as the first was. */
  readonly replays?: boolean;
  /** Turns what the use case said into the protocol's answer. */
  readonly encode: (said: Said) => Answer;
  /** What the log names a request by, once it is known; nothing personal. */
  subject?(wish: Body & Told, said: Said | undefined): string | undefined;
  readonly dialect: Dialect;
  /** The refusals of the slice that this endpoint may utter; the edge's and its scheme's go without saying. */
  readonly mayRefuse: readonly string[];
  /** The most round trips to the table, settings warm, the limiter's and the scheme's own apart; a test counts them. */
  readonly io: RoundTrips;
}

/** Any endpoint. */
export type AnyContract = Contract<unknown, never, unknown>;

/** Declares an endpoint; infers what its use case is given and says: no wish without a schema, no caller without a scheme. */
export const contract = <Body = unknown, Said = undefined, Who = undefined, Told = unknown>(
  row: Contract<Body, Said, Who, Told>,
): Contract<Body, Said, Who, Told> => row;

/** As `contract`, of a row that is spread together: made by a function, it is left out of other endpoints' bundles. */
export const contractOf = <Body = unknown, Said = undefined, Who = undefined, Told = unknown>(
  row: () => Contract<Body, Said, Who, Told>,
): Contract<Body, Said, Who, Told> => row();

/** All routes to an endpoint. */
export const routesOf = ({ route, aliases = [] }: Pick<AnyContract, "route" | "aliases">): readonly Route[] => [
  route,
  ...aliases,
];

/** What happens at an endpoint. */
export type UseCase<Wish, Said, Who> = (wish: Wish, ports: Ports, who: Who) => Promise<Said>;
