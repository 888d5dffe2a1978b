/** The file that a phone's keys lie in: nobody but its owner may read it. */
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Phone, readPhone, writePhone } from "./phone.ts";

/** The file cannot be used, and why. */
export class FileTrouble extends Error {
  override readonly name = "FileTrouble";
}

/** For the owner alone. */
const PRIVATE = 0o600;

/** The bits by which anybody else could read or change a file. */
const OTHERS = 0o077;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The phone in a file; undefined where there is no such file. Throws `FileTrouble`. */
export const loadPhone = (path: string): Phone | undefined => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  // Windows has no such bits.
  if (process.platform !== "win32" && (found.mode & OTHERS) !== 0)
    throw new FileTrouble(`${path} holds keys that others may read: chmod 600 ${path}`);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new FileTrouble(`${path} cannot be read: ${reasonOf(error)}`);
  }
  const phone = readPhone(text);
  if (phone === undefined) throw new FileTrouble(`${path} holds no phone`);
  return phone;
};

/** Keeps a phone, whole or not at all. Throws `FileTrouble`. */
export const savePhone = (path: string, phone: Phone): void => {
  const draft = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, writePhone(phone), { mode: PRIVATE, flag: "wx" });
    renameSync(draft, path);
  } catch (error) {
    throw new FileTrouble(`${path} cannot be written: ${reasonOf(error)}`);
  }
};

/** Forgets a phone: its keys are good for nothing any more. Throws `FileTrouble`. */
export const forgetPhone = (path: string): void => {
  try {
    rmSync(path);
  } catch (error) {
    throw new FileTrouble(`${path} cannot be removed: ${reasonOf(error)}`);
  }
};
