/** A closed-loop HTTP client: so many connections, each asks again as soon as it was answered, until the time is over. */
import { Agent, request } from "node:http";

/** A request to make. */
export interface Wish {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer: its status and text. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** What a load came to. */
export interface Loaded {
  readonly timesMs: readonly number[];
  readonly perS: number;
}

/** Asks once over one of the agent's connections. */
export const ask = (url: string, { method, path, headers = {}, body = "" }: Wish, agent: Agent): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const length = { "content-length": String(Buffer.byteLength(body)) };
    const asked = request(url + path, { method, agent, headers: { ...headers, ...length } }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (more: string) => {
        text += more;
      });
      answer.once("end", () => resolve({ status: answer.statusCode ?? 0, body: text }));
      answer.once("error", reject);
    });
    asked.once("error", reject);
    asked.end(body);
  });

/** Loads a server for so long; throws for any answer but 200. */
export const load = async (
  url: string,
  wishes: () => Wish,
  { clients, forMs }: { readonly clients: number; readonly forMs: number },
): Promise<Loaded> => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const timesMs: number[] = [];
  const startedAt = performance.now();
  const client = async (): Promise<void> => {
    while (performance.now() - startedAt < forMs) {
      const wish = wishes();
      const askedAt = performance.now();
      const { status, body } = await ask(url, wish, agent);
      timesMs.push(performance.now() - askedAt);
      if (status !== 200) throw new Error(`${wish.path} was answered with ${status}: ${body}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: clients }, client));
  } finally {
    agent.destroy();
  }
  return { timesMs, perS: timesMs.length / ((performance.now() - startedAt) / 1_000) };
};
