import { BlockList, isIP } from "node:net";

/** What an operator explicitly allows: ranges of addresses, and names whatever they resolve to. */
export interface AllowedOutside {
  ranges: BlockList;
  names: Set<string>;
}

/** Entries of `OUTGOING_ALLOW`, checked where the configuration is read. */
export function allowedOutside(entries: string[]): AllowedOutside {
  const allowed: AllowedOutside = { ranges: new BlockList(), names: new Set() };
  for (const entry of entries) {
    const [address = "", prefix] = entry.split("/");
    const family = isIP(address);
    if (family === 0) allowed.names.add(entry.toLowerCase());
    else allowed.ranges.addSubnet(address, Number(prefix ?? (family === 6 ? 128 : 32)), family === 6 ? "ipv6" : "ipv4");
  }
  return allowed;
}

export function isAllowed(allowed: AllowedOutside, host: string, address: string): boolean {
  return allowed.names.has(host) || allowed.ranges.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
