/** Parties that are wrong in checks: rows 10 to 19. */
import {
  answers,
  at,
  invoiceIn,
  type Mutant,
  readSaid,
  reads,
  says,
  signed,
  tells,
  told,
} from "../../../support/brokenParty.ts";
import { A } from "../../../support/checkout.ts";
import type { Answered } from "../../../support/desk.ts";

/** Changes what is answered to checks, knowing what was answered with success before: to the same body, and of the same sale. */
const remembers =
  (
    change: (answered: Answered, before: Before, asked: { readonly route: string; readonly body: string }) => Answered,
  ): Mutant["party"] =>
  () => {
    const [bodies, sales] = [new Map<string, Answered>(), new Map<string, Answered>()];
    return async (asked, forward) => {
      const { route, body } = asked;
      const answered = await forward();
      if (!at.check.test(route)) return answered;
      const before = { ofBody: bodies.get(body), ofSale: sales.get(invoiceIn(route)) };
      if (answered.status === 200) {
        bodies.set(body, before.ofBody ?? answered);
        sales.set(invoiceIn(route), before.ofSale ?? answered);
      }
      return change(answered, before, asked);
    };
  };

interface Before {
  readonly ofBody: Answered | undefined;
  readonly ofSale: Answered | undefined;
}

/** Says of a sale that is refused whether it is known. */
const tellsUnknownSales: Mutant["party"] = () => {
  const known = new Set<string>();
  return async ({ route }, forward) => {
    const answered = await forward();
    if (at.initiate.test(route)) known.add(readSaid(answered.body).invoiceId ?? "");
    const isUnknown = at.check.test(route) && answered.status === 403 && !known.has(invoiceIn(route));
    return isUnknown ? says(answered, "No such sale") : answered;
  };
};

/** What was said when a sale began is put in the place of what a check says, by `change`. */
const knowsBeginnings =
  (change: (check: Fields, begun: Fields) => Fields): Mutant["party"] =>
  () => {
    const begun = new Map<string, Fields>();
    return async ({ route, body }, forward) => {
      const { session = {}, consumer, ...more } = readSaid(body);
      const fields = { ...session, serialNumber: consumer?.device?.serialNumber ?? "" };
      const known = begun.get(invoiceIn(route));
      if (at.check.test(route) && known) {
        const { serialNumber, ...changed } = { ...fields, ...change(fields, known) };
        return forward({ body: JSON.stringify({ ...more, consumer: { device: { serialNumber } }, session: changed }) });
      }
      const answered = await forward();
      const said = readSaid(answered.body);
      if (at.initiate.test(route)) begun.set(said.invoiceId ?? "", { ...fields, ...said.session });
      return answered;
    };
  };

type Fields = Readonly<Record<string, string>>;

/** Refuses as something else whoever comes third with a session of its own. */
const losesPatience: Mutant["party"] = () => {
  const sessions = new Map<string, ReadonlySet<string>>();
  return async ({ route, body }, forward) => {
    const answered = await forward();
    const { token = "" } = readSaid(body).session ?? {};
    const tried = new Set([...(sessions.get(route) ?? []), token]);
    sessions.set(route, tried);
    const isTooMuch = at.check.test(route) && answered.status === 403 && tried.size > 2;
    return isTooMuch ? { ...answered, status: 429 } : answered;
  };
};

/** Tells that it is the session that is over, of a sale that it has shown before. */
const tellsThatItIsOver: Mutant["party"] = () => {
  const shown = new Set<string>();
  return async ({ route }, forward) => {
    const answered = await forward();
    const { state } = readSaid(answered.body);
    if (at.look.test(route) && state === "initiated") shown.add(invoiceIn(route));
    const isOver = at.check.test(route) && answered.status === 403 && shown.has(invoiceIn(route));
    return isOver ? says(answered, "Session is over") : answered;
  };
};

const failed = (answered: Answered): Answered => ({ ...answered, status: 500, body: "oops" });

/** Rows 10 to 19. */
export const checkMutants: readonly Mutant[] = [
  {
    does: "takes the control key for text",
    party: tells(at.check, (said, { body }) => {
      const { consumer, session } = readSaid(body);
      const parts = [consumer?.device?.serialNumber, session?.nonce, "1234", said.invoiceId];
      return { ...said, session: { ...said.session, checkSignature: signed(parts, A.controlKey) } };
    }),
    fails: ["10", "11", "15", "16", "§7", "§7b"],
    why: /^the first: .* the control key is used as text, dashes and all/,
  },
  {
    does: "answers a repeated check with a space more",
    party: remembers((answered, { ofBody }) =>
      ofBody && answered.status === 200 ? { ...answered, body: `${answered.body} ` } : answered,
    ),
    fails: ["10"],
    why: /^the same again: /,
  },
  {
    does: "knows no signature in small digits",
    party: answers(at.check, (answered, { body }) =>
      /"signature":"[0-9a-f]+"/.test(body) ? failed(answered) : answered,
    ),
    fails: ["10"],
    why: /^with lower-case digits: .* but .*"status":500/,
  },
  {
    does: "tells which sales there are",
    party: tellsUnknownSales,
    fails: ["11", "17"],
    why: /^an unknown invoiceId: .*No such sale/,
  },
  {
    does: "takes any nonce",
    party: knowsBeginnings(({ nonce }, begun) => (nonce?.length === 64 ? { nonce: begun.nonce ?? "" } : {})),
    fails: ["11"],
    why: /^another nonce: 403 .* but 200 /,
  },
  {
    does: "lets a second check take a sale over",
    party: remembers((answered, { ofBody, ofSale }, { body }) => {
      if (answered.status !== 403 || ofSale === undefined || ofBody !== undefined) return answered;
      const { token } = readSaid(body).session ?? {};
      return told(ofSale, (said) => ({ ...said, session: { ...said.session, token } }));
    }),
    fails: ["12", "12b"],
    why: /^another session\.token: 403 .* but 200 /,
  },
  {
    does: "refuses the many that lose a race as something else",
    party: losesPatience,
    fails: ["12b"],
    why: /^a loser: 403 .* but 429 /,
  },
  {
    does: "does not say that a sale has expired",
    party: tells(at.look, (said) => ({ ...said, state: said.state === "expired" ? "initiated" : said.state })),
    fails: ["13"],
    why: /^the sale's state: expired but initiated$/,
  },
  {
    does: "says that it is the session that is over",
    party: tellsThatItIsOver,
    fails: ["13"],
    why: /^after its session: .*Session is over/,
  },
  {
    does: "repeats an answer for ever",
    party: remembers((answered, { ofBody }) => (answered.status === 403 ? (ofBody ?? answered) : answered)),
    fails: ["14"],
    why: /^the same check after its session: 403 .* but 200 /,
  },
  {
    does: "fails at a card that it does not know, as the vendor's sample does",
    party: answers(at.check, (answered, { body }) => {
      const isKnown = readSaid(answered.body).sourceOfFunds !== undefined;
      return answered.status === 200 && body.includes("clientCardId") && !isKnown ? failed(answered) : answered;
    }),
    fails: ["15"],
    why: /^unmapped: .* but 500/,
  },
  {
    does: "says null of what it does not know",
    party: tells(at.check, (said) => ({ ...said, location: null })),
    fails: ["16", "§7", "§7b"],
    why: /^a null in the answer: false but true$/,
  },
  {
    does: "takes no member that it does not know",
    party: answers(at.check, (answered, { body }) => (body.includes('"gateway"') ? failed(answered) : answered)),
    fails: ["16"],
    why: /^with members that nobody has specified: .* but 500$/,
  },
  {
    does: "compares an HMAC, and no fields",
    party: knowsBeginnings(({ accessToken = "", serialNumber = "" }, begun) =>
      accessToken + serialNumber === `${begun.accessToken}${begun.serialNumber}`
        ? { accessToken: begun.accessToken ?? "", serialNumber: begun.serialNumber ?? "" }
        : {},
    ),
    fails: ["17"],
    why: /^a character moved from accessToken to serialNumber: 403 .* but 200 /,
  },
  {
    does: "takes a short nonce for a wrong one",
    party: reads(at.check, /"nonce":"\w{31}"/, `"nonce":"${"0".repeat(64)}"`),
    fails: ["19"],
    why: /^31 characters: 400 .* but 403 /,
  },
  {
    does: "names no sale where a check is malformed",
    party: answers(at.check, (answered) => ({
      ...answered,
      body: answered.status === 400 ? answered.body.replace(/,"invoiceId":"[^"]+"/, "") : answered.body,
    })),
    fails: ["19"],
    why: /^no nonce: .*nonce" of [0-9a-f-]+ but .*nonce"$/,
  },
];
