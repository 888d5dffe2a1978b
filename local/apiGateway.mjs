/**
 * Preloaded into the gateway's process: hands requests on as AWS would where serverless-offline would not. Equal headers
 * are joined, not dropped; a body without a type is not called JSON, and one of JSON not read; a path with a slash at its
 * end is another path; what pages of other origins may do is the functions' to say.
 */
import { Server } from "node:http";
import { createRequire } from "node:module";
import "./leash.mjs";

/** Header lines by lower-case name, the values of equal names joined. */
const joined = (rawHeaders) => {
  const values = new Map();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at].toLowerCase();
    values.set(name, values.has(name) ? `${values.get(name)}, ${rawHeaders[at + 1]}` : rawHeaders[at + 1]);
  }
  return values;
};

const asAws = (request) => {
  const headers = joined(request.rawHeaders);
  // What a body without a type may be taken for (RFC 9110, 8.3); the gateway would say application/json.
  const hasBody = headers.has("transfer-encoding") || Number(headers.get("content-length")) > 0;
  if (hasBody && !headers.get("content-type")) headers.set("content-type", "application/octet-stream");
  request.rawHeaders = [...headers].flat();
  // The gateway would let any origin in, with its cookies, and answer its preflights itself; functions read the raw headers.
  delete request.headers.origin;
  const [path, query] = request.url.split(/\?(.*)/s, 2);
  // An escaped slash is a segment of its own to the router, which would trim a bare one.
  if (path.length > 1 && path.endsWith("/")) request.url = `${path}%2F${query === undefined ? "" : `?${query}`}`;
};

const { emit } = Server.prototype;

Server.prototype.emit = function (name, ...args) {
  if (name === "request") asAws(args[0]);
  return emit.call(this, name, ...args);
};

// The router's own class, as the gateway loads it.
const { Server: Router } = createRequire(import.meta.resolve("serverless-offline"))("@hapi/hapi");
const router = Object.getPrototypeOf(new Router());
const { route } = router;
const routes = new Set();

/** Of routes that differ by a slash at the end, which the gateway has trimmed, the second is the one that has it. */
const told = ({ path, ...given }) => {
  const name = `${given.method} ${path}`;
  const isSecond = routes.has(name);
  routes.add(name);
  const { handler } = given;
  const asAsked = (request, ...more) => {
    request.url.pathname = request.url.pathname.replace(/%2F$/, "");
    // It would read what is of JSON's type, and hand on `null` as no body, a text without its quotes, `0` as a number.
    request.mime = "application/octet-stream";
    return handler(request, ...more);
  };
  return {
    ...given,
    path: isSecond ? `${path}/%2F` : path,
    ...(typeof handler === "function" && { handler: asAsked }),
  };
};

router.route = function (given) {
  return route.call(this, [given].flat().map(told));
};
