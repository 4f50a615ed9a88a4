import { randomBytes } from "node:crypto";
import { promises as dns } from "node:dns";
import { recordName, recordValue, type ProofText } from "./proof-text.ts";

const NONE = new Set(["ENODATA", "ENOTFOUND", "ENONAME"]);
const DEADLINE_MS = 8000;
const MOST_RECORDS = 64;

/**
 * Asks for the TXT record of a proof. Null when it stands there; else why not, in a sentence. An alias is refused, since
 * somebody else answers for it, and so is a wildcard, which says the same of names that nobody set up.
 */
export async function verifyRecord(proof: ProofText, servers: string[] | null): Promise<string | null> {
  const asking = new dns.Resolver({ timeout: 2000, tries: 2 });
  if (servers !== null) asking.setServers(servers);
  const timer = setTimeout(() => asking.cancel(), DEADLINE_MS);
  const name = recordName(proof.domain);
  const expected = recordValue(proof);
  try {
    if ((await asking.resolveCname(name).catch(noneOf)).length > 0) return `\`${name}\` is an alias (CNAME); put the TXT record there itself.`;
    const records = await texts(asking, name);
    if (records.length > MOST_RECORDS) return `\`${name}\` has more than ${MOST_RECORDS} TXT records.`;
    if (!records.includes(expected)) return records.length === 0 ? `\`${name}\` has no TXT record.` : `None of the TXT records of \`${name}\` says \`${expected}\`.`;
    // A name that nobody can have set up: whatever answers it the same way answers every name.
    const elsewhere = await texts(asking, `_kos-${randomBytes(8).toString("hex")}.${proof.domain}`);
    return elsewhere.includes(expected) ? `\`${proof.domain}\` answers every name below it with this record (a wildcard); set \`${name}\` alone.` : null;
  } catch {
    return `The name servers of \`${proof.domain}\` did not answer.`;
  } finally {
    clearTimeout(timer);
  }
}

/** A record of more than 255 characters comes in parts. */
async function texts(asking: dns.Resolver, name: string): Promise<string[]> {
  return (await asking.resolveTxt(name).catch(noneOf)).map((parts) => parts.join(""));
}

function noneOf(error: NodeJS.ErrnoException): never[] {
  if (NONE.has(error.code ?? "")) return [];
  throw error;
}
