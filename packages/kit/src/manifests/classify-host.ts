/**
 * Where a host of a manifest leads: `public`; `loopback`, the machine that asks; `private`, another machine in every
 * network; `forbidden`, where no service is: clouds' metadata, link-local, unspecified and multicast addresses.
 */
export type HostClass = "public" | "loopback" | "private" | "forbidden";

const FORBIDDEN_NAME = /^(?:metadata|metadata\.google\.internal|metadata\.goog|instance-data|instance-data\.ec2\.internal)$/;
const PRIVATE_NAME = /\.(?:internal|intranet|local|lan|home|corp|private)$|\.home\.arpa$|^[^.]+$/;

// The registries of special addresses, RFC 6890 and its successors: https://www.iana.org/assignments/iana-ipv4-special-registry
const V4_RANGES: readonly [string, number, HostClass][] = [
  ["127.0.0.0", 8, "loopback"],
  ["10.0.0.0", 8, "private"],
  ["172.16.0.0", 12, "private"],
  ["192.168.0.0", 16, "private"],
  ["100.100.100.200", 32, "forbidden"], // metadata of Alibaba Cloud, inside of the next range
  ["100.64.0.0", 10, "private"],
  ["0.0.0.0", 8, "forbidden"],
  ["169.254.0.0", 16, "forbidden"],
  ["192.0.0.0", 24, "forbidden"],
  ["224.0.0.0", 3, "forbidden"],
];

/** Classifies a host as `URL.hostname` gives it: lower case, addresses in canonical form, IPv6 in brackets. */
export function classifyHost(host: string): HostClass {
  if (host.startsWith("[")) return classifyV6(host.slice(1, -1));
  const v4 = parseV4(host);
  if (v4 !== null) return classifyV4(v4);
  const name = host.replace(/\.$/, "");
  if (name === "localhost" || name.endsWith(".localhost")) return "loopback";
  if (FORBIDDEN_NAME.test(name)) return "forbidden";
  return PRIVATE_NAME.test(name) ? "private" : "public";
}

function parseV4(text: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  return parts === undefined ? null : parts.reduce((sum, part) => sum * 256 + part, 0);
}

function classifyV4(address: number): HostClass {
  const found = V4_RANGES.find(([base, bits]) => Math.floor(address / 2 ** (32 - bits)) === Math.floor((parseV4(base) ?? 0) / 2 ** (32 - bits)));
  return found?.[2] ?? "public";
}

function classifyV6(text: string): HostClass {
  if (text === "::1") return "loopback";
  // Unspecified, metadata of Amazon's, link-local (fe80::/10) and multicast (ff00::/8).
  if (text === "::" || text === "fd00:ec2::254" || /^(?:fe[89ab]|ff)/.test(text)) return "forbidden";
  if (/^(?:f[cd]|fe[c-f])/.test(text)) return "private";
  // An IPv4 address in another's clothes: mapped (RFC 4291) or translated (RFC 6052).
  const inner = /^(?:::ffff:|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text);
  return inner === null ? "public" : classifyV4(Number.parseInt(inner[1] ?? "0", 16) * 65_536 + Number.parseInt(inner[2] ?? "0", 16));
}
