import { promises as dns } from "node:dns";
import { isIP } from "node:net";
import { isAllowed, type AllowedOutside } from "./allowed-outside.ts";
import { OutgoingError } from "./errors.ts";
import type { Target } from "./parse-target.ts";
import { refusedBecause } from "./refuse-address.ts";

const MOST_ANSWERS = 32;
const NONE = new Set(["ENODATA", "ENOTFOUND", "ENONAME"]);

export interface CheckedAddress {
  address: string;
  family: 4 | 6;
}

/**
 * The addresses of a host, every one of them checked: a single refused one refuses the name, since whoever answers for
 * it chooses which one a second question gets. Asks the name servers itself: the system's resolver would occupy one of
 * the few threads that everything else needs, and read this machine's own names.
 */
export async function resolveTarget(target: Target, allowed: AllowedOutside, options: { resolver: string[] | null; signal: AbortSignal }): Promise<CheckedAddress[]> {
  const addresses = target.literal ? [target.host] : await ask(target.host, options);
  for (const address of addresses) {
    const reason = isAllowed(allowed, target.host, address) ? null : refusedBecause(address);
    if (reason === null) continue;
    const where = target.literal ? `${address} is` : `\`${target.host}\` has the address ${address}, which is`;
    throw new OutgoingError("outgoing-address-refused", `${where} not on the internet (${reason}).`);
  }
  return addresses.map((address) => ({ address, family: isIP(address) === 6 ? 6 : 4 }));
}

async function ask(host: string, { resolver, signal }: { resolver: string[] | null; signal: AbortSignal }): Promise<string[]> {
  const asking = new dns.Resolver({ timeout: 2000, tries: 2 });
  if (resolver !== null) asking.setServers(resolver);
  const stop = () => asking.cancel();
  signal.addEventListener("abort", stop, { once: true });
  try {
    const answers = await Promise.all([asking.resolve4(host).catch(noneOf), asking.resolve6(host).catch(noneOf)]);
    signal.throwIfAborted();
    const addresses = [...new Set(answers.flat())];
    if (addresses.length === 0) throw new OutgoingError("outgoing-name-unresolved", `\`${host}\` has no address.`);
    if (addresses.length > MOST_ANSWERS) throw new OutgoingError("outgoing-name-unresolved", `\`${host}\` has more than ${MOST_ANSWERS} addresses.`);
    return addresses;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof OutgoingError) throw error;
    throw new OutgoingError("outgoing-name-unresolved", `\`${host}\` could not be resolved.`, error);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function noneOf(error: NodeJS.ErrnoException): string[] {
  if (NONE.has(error.code ?? "")) return [];
  throw error;
}
