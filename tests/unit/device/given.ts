/** Simulated phones in folders of their own, at a desk that is served over HTTP on this machine. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { runDevice } from "../../../local/device/run.ts";
import { type Approvals, openApprovals } from "../../support/approval.ts";
import { type DeskServer, type Middleman, serveDesk } from "../../support/deskServer.ts";
import { issueCode } from "../../support/enrolment.ts";

/** How a command line ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A desk, and phones that are driven by command lines. */
export interface Booth {
  readonly approvals: Approvals;
  readonly server: DeskServer;
  /** The file of a phone, by its name. */
  readonly fileOf: (phone: string) => string;
  /** Runs a command line, given as one text without quotes, on a phone; on the usual one unless it is told. */
  readonly run: (line: string, phone?: string) => Promise<Ended>;
  /** The same, which has to end well; resolves to what was printed. */
  readonly done: (line: string, phone?: string) => Promise<string>;
  /** Has a phone activated, with these options. */
  readonly activate: (options?: string, phone?: string) => Promise<string>;
  /** How far the phones' clock is ahead of the desk's. */
  skewMs: number;
}

/** Opens a desk without an identity; the middleman stands between it and its phones. */
export const openBooth = async (middleman?: Middleman): Promise<Booth> => {
  const approvals = await openApprovals();
  const server = await serveDesk(approvals.call, middleman);
  const folder = mkdtempSync(join(tmpdir(), "phones-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { clock } = approvals.world;
  const fileOf = (phone: string): string => join(folder, `${phone}.json`);
  const booth: Booth = {
    approvals,
    server,
    fileOf,
    skewMs: 0,
    run: async (line, phone = "usual") => {
      const said = { out: "", err: "" };
      const code = await runDevice([...line.split(" "), "--keys", fileOf(phone)], {
        out: (text) => {
          said.out += text;
        },
        err: (text) => {
          said.err += text;
        },
        world: { now: () => clock.nowMs + booth.skewMs, pause: async (ms) => clock.advance(ms) },
      });
      return { code, ...said };
    },
    done: async (line, phone) => {
      const { code, out, err } = await booth.run(line, phone);
      expect([line, code, line.includes("--verbose") ? "" : err]).toEqual([line, 0, ""]);
      return out;
    },
    activate: async (options = "", phone = "usual") => {
      const otp = await issueCode(approvals);
      const line = `activate --base ${server.base} --customer 999 --otp ${otp} ${options}`;
      return booth.done(line.trim(), phone);
    },
  };
  return booth;
};
