import { makeProblem } from "../problem.ts";
import type { Problem } from "../problem.ts";
import type { ProblemCode } from "../problem-codes.ts";
import { classifyHost } from "./classify-host.ts";

const LONGEST = 2048;

/** What blocks an address in a manifest: another scheme, credentials, a host that reads differently than it is, or one where no service is. */
export function judgeUrl(text: string): Problem[] {
  if (text.length > LONGEST) return [blocking("manifest.too-long", `An address has at most ${LONGEST} characters.`)];
  const url = parseUrl(text);
  if (url === null || !/^https?:\/\/[^/]/i.test(text) || /[\s\\]/.test(text)) {
    return [blocking("manifest.invalid-url", "An address is a full `http://` or `https://` URL.", suggestScheme(text))];
  }
  if (url.username !== "" || url.password !== "") return [blocking("manifest.secret", "An address may not carry a user name or password.", "Declare `auth` instead.")];
  if (writtenHost(text) !== url.hostname) {
    return [blocking("manifest.invalid-url", "The host is written in another form than the one that is called.", `Write \`${url.hostname}\`.`)];
  }
  if (classifyHost(url.hostname) === "forbidden") return [blocking("manifest.forbidden-host", "No service answers there: the address is a cloud's metadata, link-local, unspecified or multicast.", "Name the service's own host.")];
  return [];
}

// An address of a number, of fewer parts, in percent signs or in another script becomes a plain one only in the parser.
function writtenHost(text: string): string {
  const authority = /^https?:\/\/([^/?#]*)/i.exec(text)?.[1] ?? "";
  return authority.replace(/^.*@/, "").replace(/:\d*$/, "").toLowerCase();
}

function suggestScheme(text: string): string | null {
  const looksLikeHost = /^[a-z0-9.-]+(?::\d+)?(?:\/\S*)?$/i.test(text) && parseUrl(`https://${text}`) !== null;
  return looksLikeHost ? `Use \`https://${text}\`.` : null;
}

/** The address, or null when it is none. */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

function blocking(code: ProblemCode, detail: string, suggestion: string | null = null): Problem {
  return makeProblem({ code, detail, suggestion, check: "manifest" });
}
