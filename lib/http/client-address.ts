import { BlockList, isIP } from "node:net";
import { addressGroups, canonicalAddress } from "./canonical-address.ts";

/** Proxies in a row; more is a client that writes its own. */
const MOST_HOPS = 32;

/**
 * The address that limits count by: the client's, of IPv6 the /64 network, since one customer holds a whole one.
 */
export function clientAddress(socketAddress: string | undefined, forwardedFor: string | undefined, trusted: BlockList): string {
  return network(fullAddress(socketAddress, forwardedFor, trusted));
}

/**
 * The client's address: the socket's, unless the socket belongs to a trusted proxy; then the last address in
 * X-Forwarded-For that is not one. What stands before that may be the client's own invention, as may `Forwarded` and
 * `X-Real-IP`, which are never read. An entry that is no address ends the search: the socket's counts.
 */
function fullAddress(socketAddress: string | undefined, forwardedFor: string | undefined, trusted: BlockList): string {
  const socket = plain(socketAddress ?? "");
  if (!contains(trusted, socket) || forwardedFor === undefined) return socket;
  // Node joins repeated headers with commas, in their order.
  for (const hop of forwardedFor.split(",").slice(-MOST_HOPS).reverse()) {
    const address = plain(hop.trim());
    if (isIP(address) === 0) break;
    if (!contains(trusted, address)) return address;
  }
  return socket;
}

/** Addresses and CIDR ranges of `TRUSTED_PROXIES` as a list to ask. Throws on what is neither. */
export function trustedProxies(entries: string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", prefix] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (isIP(address) === 0) throw new Error(`TRUSTED_PROXIES must hold addresses or CIDR ranges, not \`${entry}\`.`);
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

function network(address: string): string {
  if (isIP(address) !== 6) return address;
  return `${addressGroups(address).slice(0, 4).map((group) => group.toString(16)).join(":")}::/64`;
}

/** The bare address of an entry: without the port and brackets that some proxies write. */
function plain(entry: string): string {
  const bare = /^\[(.*)\](?::\d{1,5})?$/.exec(entry)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(entry)?.[1] ?? entry;
  return canonicalAddress(bare.replace(/%.*$/, ""));
}

/** A list may name IPv4 in either form. */
function contains(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family === 6 ? list.check(address, "ipv6") : family === 4 && (list.check(address, "ipv4") || list.check(`::ffff:${address}`, "ipv6"));
}
