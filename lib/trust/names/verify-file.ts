import { fetchOutside, OutgoingError } from "#lib/http/index.ts";
import { filePath, type ProofText } from "./proof-text.ts";

const MAX_BYTES = 16 * 1024;
const DEADLINE_MS = 8000;
/** Publishers that one site may vouch for. */
const MOST_ENTRIES = 20;

/** How the outside is reached; what is left out is as it is for everyone. */
export interface Outside {
  allow: string[];
  nameServers: string[] | null;
  /** Certificates that are trusted instead of the system's. */
  ca?: string;
  port?: number;
}

/**
 * Fetches the file of a proof over https. Null when it names this publisher and token; else why not, in a sentence. No
 * redirect is followed: whoever a site sends readers to does not hold the site's name.
 */
export async function verifyFile(proof: ProofText, outside: Outside): Promise<string | null> {
  const url = `https://${proof.domain}${outside.port === undefined ? "" : `:${outside.port}`}${filePath}`;
  try {
    const answer = await fetchOutside(url, { allow: outside.allow, httpsOnly: true, redirects: 0, maxBytes: MAX_BYTES, deadlineMs: DEADLINE_MS, ...(outside.nameServers === null ? {} : { resolver: outside.nameServers }), ...(outside.ca === undefined ? {} : { ca: outside.ca }) });
    if (answer.status !== 200) return `\`https://${proof.domain}${filePath}\` answers ${answer.status}.`;
    return namesUs(answer.body.toString("utf8"), proof) ? null : `\`https://${proof.domain}${filePath}\` does not name this publisher with its token.`;
  } catch (error) {
    // Which address a name has is not told: the name servers asked may know names of this network.
    if (error instanceof OutgoingError) return error.code === "outgoing-address-refused" ? `\`${proof.domain}\` leads to an address that is not on the internet.` : error.message;
    throw error;
  }
}

/** One entry, or a list of them where a site vouches for several publishers. */
function namesUs(body: string, proof: ProofText): boolean {
  try {
    const value: unknown = JSON.parse(body);
    const entries: unknown[] = Array.isArray(value) ? value.slice(0, MOST_ENTRIES) : [value];
    return entries.some((entry) => typeof entry === "object" && entry !== null && "publisher" in entry && "token" in entry && entry.publisher === proof.publisher && entry.token === proof.token);
  } catch {
    return false;
  }
}
