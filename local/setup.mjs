/**
 * Runs before `npm start`, `npm test` and the like, on whatever Node there is and with no dependency: installs what is
 * missing, and makes sure of the Node that everything runs on. Says nothing when all is well.
 */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The oldest Node that npm can install our packages with. */
const OLDEST_NODE = 20;

/** What everything runs on: the package `node`, in Lambda as here. */
const OUR_NODE = 24;

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

const stop = (why) => {
  process.stderr.write(`${why}\n`);
  process.exit(1);
};

const changedAtMs = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** npm keeps a record of what it installed; one that is older than the lock file is of another time. */
const isInstalled = () => changedAtMs("node_modules/.package-lock.json") >= changedAtMs("package-lock.json");

/** npm must not run on the Node that it is about to replace. */
const outside = {
  ...process.env,
  PATH: (process.env.PATH ?? "")
    .split(delimiter)
    .filter((path) => !path.endsWith("node_modules/.bin"))
    .join(delimiter),
};

const install = () => {
  process.stdout.write("Installing dependencies, once; this takes about half a minute.\n");
  const { status, error } = spawnSync("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
    env: outside,
  });
  if (status !== 0)
    stop(`npm ci failed: ${error?.message ?? "it says why above"}. Mend that and run the same command again.`);
};

const installedNode = () => {
  const { stdout } = spawnSync(join(root, "node_modules/.bin/node"), ["--version"], { encoding: "utf8" });
  return Number(/^v(\d+)/.exec(stdout ?? "")?.[1]);
};

const running = Number(process.versions.node.split(".")[0]);
if (running < OLDEST_NODE)
  stop(`Tillgate needs Node ${OLDEST_NODE} or later to install itself; this is ${process.version}.`);
if (!isInstalled()) install();
if (installedNode() !== OUR_NODE) {
  stop(
    `Node ${OUR_NODE} is missing because npm was not allowed to run install scripts. Run: npm rebuild node --ignore-scripts=false`,
  );
}
