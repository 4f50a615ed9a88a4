import { BlockList, isIP } from "node:net";
import { addressGroups, dottedAddress } from "../canonical-address.ts";

/** What no server on the internet has as its address (IANA special-purpose registries), and what clouds keep for their own machines. */
const REFUSED_V4 = {
  unspecified: ["0.0.0.0/8"],
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"],
  "carrier-grade NAT": ["100.64.0.0/10"],
  loopback: ["127.0.0.0/8"],
  "link-local or metadata": ["169.254.0.0/16", "168.63.129.16/32"],
  reserved: ["192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4"],
  documentation: ["192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"],
  benchmarking: ["198.18.0.0/15"],
  multicast: ["224.0.0.0/4"],
};
const REFUSED_V6 = {
  unspecified: ["::/128"],
  loopback: ["::1/128"],
  private: ["fc00::/7", "fec0::/10"],
  "link-local or metadata": ["fe80::/10"],
  multicast: ["ff00::/8"],
  documentation: ["2001:db8::/32", "3fff::/20"],
  benchmarking: ["2001:2::/48"],
  reserved: ["2001:10::/28", "2001:20::/28"],
};
const LISTS = { 4: lists(REFUSED_V4, "ipv4"), 6: lists(REFUSED_V6, "ipv6") };

/**
 * Why nobody may be sent to this address, or null. IPv6 is refused outside of global unicast (2000::/3), and where an
 * IPv4 address inside it (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) is refused: a relay would go there.
 */
export function refusedBecause(address: string): string | null {
  const family = isIP(address);
  if (family === 4) return listed(address, 4);
  if (family !== 6 || address.includes("%")) return "no address";
  const named = listed(address, 6);
  if (named !== null) return named;
  const groups = addressGroups(address);
  const embedded = embeddedV4(groups);
  for (const inner of embedded) {
    const reason = listed(inner, 4);
    if (reason !== null) return `${reason}, as ${inner}`;
  }
  const [first = 0] = groups;
  return first >> 13 === 1 || embedded.length > 0 ? null : "reserved";
}

function listed(address: string, family: 4 | 6): string | null {
  return LISTS[family].find(({ list }) => list.check(address, family === 4 ? "ipv4" : "ipv6"))?.reason ?? null;
}

function lists(ranges: Record<string, string[]>, family: "ipv4" | "ipv6"): { reason: string; list: BlockList }[] {
  return Object.entries(ranges).map(([reason, entries]) => {
    const list = new BlockList();
    for (const entry of entries) list.addSubnet(entry.split("/")[0] ?? "", Number(entry.split("/")[1]), family);
    return { reason, list };
  });
}

function embeddedV4(groups: number[]): string[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const zero = (...values: number[]) => values.every((value) => value === 0);
  // Mapped (RFC 4291, 2.5.5.2), translated (RFC 2765) and compatible (RFC 4291, 2.5.5.1).
  if (zero(a, b, c, d) && ((e === 0 && (f === 0xffff || f === 0)) || (e === 0xffff && f === 0))) return [dottedAddress(g, h)];
  // NAT64 (RFC 6052); its local prefix (RFC 8215) has no fixed place for the address and stays reserved.
  if (a === 0x64 && b === 0xff9b && zero(c, d, e, f)) return [dottedAddress(g, h)];
  // 6to4 (RFC 3056).
  if (a === 0x2002) return [dottedAddress(b, c)];
  // Teredo (RFC 4380): its server, and the client with every bit turned.
  if (a === 0x2001 && b === 0) return [dottedAddress(c, d), dottedAddress(g ^ 0xffff, h ^ 0xffff)];
  // ISATAP (RFC 5214).
  if ((e & ~0x0200) === 0 && f === 0x5efe && a >> 13 === 1) return [dottedAddress(g, h)];
  return [];
}
