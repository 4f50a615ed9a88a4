import { isIP } from "node:net";

/**
 * The network of a client, as it is kept and shown: /24 of IPv4, /48 of IPv6. Enough for its owner to know it again,
 * and not one machine's address; null for what is no address. Takes what limits count by: an IPv4 address, or the /64 of an IPv6 one.
 */
export function networkOf(client: string): string | null {
  const [address = ""] = client.split("/");
  if (isIP(address) === 4) return `${address.split(".").slice(0, 3).join(".")}.0/24`;
  if (isIP(address) !== 6) return null;
  const groups = address.split("::")[0]?.split(":") ?? [];
  return `${[0, 1, 2].map((at) => groups[at] || "0").join(":")}::/48`;
}
