import { BlockList, isIP } from "node:net";

/**
 * The address that limits count by: the client's, of IPv6 the /64 network, since one customer holds a whole one.
 */
export function clientAddress(socketAddress: string | undefined, forwardedFor: string | undefined, trusted: BlockList): string {
  return network(fullAddress(socketAddress, forwardedFor, trusted));
}

/**
 * The client's address: the socket's, unless the socket belongs to a trusted proxy; then the last
 * address in X-Forwarded-For that is not one.
 */
function fullAddress(socketAddress: string | undefined, forwardedFor: string | undefined, trusted: BlockList): string {
  const socket = plain(socketAddress ?? "");
  if (!contains(trusted, socket) || forwardedFor === undefined) return socket;
  const hops = forwardedFor.split(",").map((hop) => plain(hop.trim()));
  for (const hop of hops.reverse()) {
    if (isIP(hop) === 0) break;
    if (!contains(trusted, hop)) return hop;
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
  const [head = "", tail] = (address.split("%")[0] ?? "").split("::").map((half) => half.split(":").filter((group) => group !== ""));
  const left = [...head];
  // `::` stands for as many zeros as are missing; a tail as long as the address may reach into its first half.
  if (tail !== undefined) left.push(...new Array<string>(Math.max(0, 8 - left.length - tail.length)).fill("0"), ...tail);
  return `${left.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`;
}

function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/, "").replace(/^\[|\]$/g, "");
}

function contains(list: BlockList, address: string): boolean {
  const family = isIP(address);
  return family !== 0 && list.check(address, family === 6 ? "ipv6" : "ipv4");
}
