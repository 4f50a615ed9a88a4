import { BlockList, isIP } from "node:net";

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
  const [head = "", tail] = address.split("::").map((half) => half.split(":").filter((group) => group !== ""));
  const left = [...head];
  // `::` stands for as many zeros as are missing; a tail as long as the address may reach into its first half.
  if (tail !== undefined) left.push(...new Array<string>(Math.max(0, 8 - left.length - tail.length)).fill("0"), ...tail);
  return `${left.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

/** The bare address of an entry: without the port and brackets that some proxies write, or the zone; IPv4 in IPv6 as IPv4. */
function plain(entry: string): string {
  const bare = /^\[(.*)\](?::\d{1,5})?$/.exec(entry)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(entry)?.[1] ?? entry;
  const address = bare.replace(/%.*$/, "");
  if (isIP(address) !== 6) return address;
  // The form of the URL standard: lower case, shortest, all groups in hex.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (mapped === null) return canonical;
  return mapped.slice(1).flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]).join(".");
}

/** A list may name IPv4 in either form. */
function contains(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family === 6 ? list.check(address, "ipv6") : family === 4 && (list.check(address, "ipv4") || list.check(`::ffff:${address}`, "ipv6"));
}
