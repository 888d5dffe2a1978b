/** The partner whose check-ins SONECT makes, on a desk that really asks it. */
import { openPost } from "#outgoing";
import { findPartner } from "#partner/partner.item";
import { changeUser, userOf } from "#partner/user.item";
import type { Ports, Post } from "#ports";
import type { Answered } from "./desk.ts";
import { ANN, basicOf, itemsOf, openPartnership, type Partnership, SHOWN_UPSTREAM, UPSTREAM } from "./partnership.ts";
import { PEPPER } from "./ports.ts";
import { type Behaviour, openServer, type Server } from "./upstream.ts";

const post = openPost({ loopback: true });

/** What a request to SONECT bears. */
export const SHOWN = basicOf(SHOWN_UPSTREAM).authorization;

/** A partner. */
export interface UpstreamPartner extends Pick<Partnership, "world"> {
  /** What was asked of SONECT, in order. */
  readonly asked: readonly Post[];
  readonly checkIn: (wish?: Readonly<Record<string, unknown>>) => Promise<Answered>;
  /** Without it, only SONECT knows the user. */
  readonly createUser: () => Promise<Answered>;
  readonly blockUser: () => Promise<void>;
  /** Whom the user is linked to here. */
  readonly linkOfUser: () => unknown;
}

/** Opens the partner that asks a server, or nobody where SONECT's address is not known yet. */
export const openUpstreamPartner = async (
  server: Pick<Server, "port"> | undefined,
  send: Ports["post"] = post,
): Promise<UpstreamPartner> => {
  const asked: Post[] = [];
  const partnership = await openPartnership({
    post: (wish) => {
      asked.push(wish);
      return send(wish);
    },
  });
  const { twin, ports } = partnership.world;
  const checkin = (await findPartner(ports, UPSTREAM.tenant))?.checkin;
  if (checkin?.mode !== "upstream") throw new Error("not a partner whose check-ins are passed on");
  const { baseUrl: _, ...unreachable } = checkin;
  const reachable = server && { ...checkin, baseUrl: `http://127.0.0.1:${server.port}/v7` };
  await partnership.change(UPSTREAM, { checkin: reachable ?? unreachable });
  const itemOfUser = () => {
    const [item] = itemsOf(partnership, "user").filter(({ reference }) => reference === ANN.referenceId);
    if (item === undefined) throw new Error("no user");
    return item;
  };
  return {
    world: partnership.world,
    asked,
    checkIn: (wish = { referenceId: ANN.referenceId }) => partnership.checkIn(wish, UPSTREAM),
    createUser: () => partnership.createUser(ANN, UPSTREAM),
    blockUser: async () => {
      const user = userOf(UPSTREAM.tenant, itemOfUser());
      await twin.commit([changeUser(user, PEPPER, { status: "blocked" })], "block");
    },
    linkOfUser: () => itemOfUser().bankUserId,
  };
};

/** Checks in with a server that answers so; tells how many requests, connections and tries there were. */
export const checkInWith = async (behave: Behaviour, send?: Ports["post"]) => {
  const server = await openServer(behave);
  const partner = await openUpstreamPartner(server, send);
  const answered = await partner.checkIn();
  await server.close();
  return { partner, answered, requests: [server.received.length, server.connections(), partner.asked.length] };
};

/** One request over one connection, and no other try. */
export const ONE_REQUEST = [1, 1, 1];

/** A URL as SONECT gives it, with something in it that is nobody else's business. */
export const URL_GIVEN = "https://sdk.sonect.example/start?lang=de#token=eyJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl";

/** SONECT's own success with a URL. */
export const given = (url: string, name = "checkinUrl"): string =>
  `{"result":0,"payload":{"result":0,"${name}":${JSON.stringify(url)}}}`;

/** SONECT's own success. */
export const RIGHT = given(URL_GIVEN);
