import { isIP } from "node:net";
import { domainToASCII, domainToUnicode } from "node:url";
import { idSkeleton } from "@kosmarket/kit";
import { inputProblem, invalidInput } from "#lib/http/index.ts";

/** Longest name under which the record's own label still fits into 253 characters. */
const LONGEST = 253 - "_kos-publisher.".length;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Names that nobody on the internet holds (RFC 6761, RFC 8375, RFC 9476 and what private networks use). */
const SPECIAL = new Set(["localhost", "local", "localdomain", "internal", "intranet", "lan", "home", "corp", "private", "test", "example", "invalid", "onion", "alt", "arpa"]);
/** Second labels under which country registries give names to everyone: `co.uk`, `com.au`, `gob.mx`. */
const SHARED_SECOND = new Set(["ac", "co", "com", "edu", "gob", "gov", "gouv", "go", "info", "mil", "ne", "net", "nom", "or", "org", "ltd", "plc", "me", "id", "web"]);
/** Suffixes of hosters under which strangers have names of their own: the suffix itself is nobody's to prove. */
const SHARED_HOSTS = new Set([
  "github.io", "githubusercontent.com", "gitlab.io", "bitbucket.io", "codeberg.page", "pages.dev", "workers.dev", "vercel.app", "netlify.app", "netlify.com", "herokuapp.com", "onrender.com", "fly.dev", "deno.dev",
  "web.app", "firebaseapp.com", "appspot.com", "run.app", "blogspot.com", "azurewebsites.net", "azurestaticapps.net", "cloudapp.net", "cloudfront.net", "amazonaws.com", "s3.amazonaws.com", "elasticbeanstalk.com",
  "ngrok.io", "ngrok.app", "ngrok-free.app", "trycloudflare.com", "repl.co", "replit.app", "glitch.me", "surge.sh", "readthedocs.io", "hf.space", "streamlit.app", "wordpress.com", "duckdns.org", "dyndns.org", "sslip.io", "nip.io",
]);

export interface Domain {
  /** Lower case, without the closing dot, every label in ASCII. */
  domain: string;
  /** How a browser would draw it. */
  unicode: string;
}

/**
 * The one form of a domain that a publisher may prove: a public name that one party holds. Throws `invalid-input` for an
 * address, a single label, a special-use name, and a suffix under which strangers have their names.
 */
export function parseDomain(text: string): Domain {
  const given = text.trim().replace(/\.$/, "");
  const domain = /[\s/:@?#[\]\\%]/.test(given) ? "" : domainToASCII(given);
  const labels = domain.split(".");
  if (domain === "" || isIP(domain) !== 0 || !labels.every((label) => LABEL.test(label)) || domain.length > LONGEST) throw refused("It is not a domain name, such as `tools.example.org`: no address, no port, no path.");
  const last = labels.at(-1) ?? "";
  if (labels.length < 2 || /^[0-9]+$/.test(last)) throw refused("A domain has at least two labels, such as `example.org`.");
  if (SPECIAL.has(last)) throw refused(`Names below \`.${last}\` are not on the internet.`);
  if (isSharedSuffix(labels)) throw refused(`\`${domain}\` is a suffix under which many parties have names; prove your own name below it.`);
  return { domain, unicode: domainToUnicode(domain) };
}

function isSharedSuffix(labels: string[]): boolean {
  const [second = "", last = ""] = labels.slice(-2);
  return SHARED_HOSTS.has(labels.join(".")) || (labels.length === 2 && last.length === 2 && SHARED_SECOND.has(second));
}

/** The form under which two domains look alike, label by label (UTS 39). */
export function domainSkeleton(domain: string): string {
  return domainToUnicode(domain).split(".").map((label) => idSkeleton(label)).join(".");
}

function refused(detail: string) {
  return invalidInput([inputProblem("/domain", detail)]);
}
