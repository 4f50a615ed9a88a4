import { isIP } from "node:net";

/**
 * One form for each IP address: without a zone, IPv4 inside IPv6 (`::ffff:…`; RFC 4291, 2.5.5.2) as IPv4, other IPv6 as the URL
 * standard writes it: lower case, shortest, all groups in hex. What is no address comes back as it is.
 */
export function canonicalAddress(address: string): string {
  if (isIP(address) !== 6) return address;
  const canonical = urlForm(address.replace(/%.*$/, ""));
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  return mapped === null ? canonical : dottedAddress(Number.parseInt(mapped[1] ?? "", 16), Number.parseInt(mapped[2] ?? "", 16));
}

/** The eight numbers of an IPv6 address without a zone. */
export function addressGroups(address: string): number[] {
  const [before = [], after] = urlForm(address).split("::").map((half) => half.split(":").filter((group) => group !== "").map((group) => Number.parseInt(group, 16)));
  // `::` stands for as many zeros as are missing; a tail as long as the address may reach into its first half.
  return after === undefined ? before : [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** The IPv4 address that two groups of an IPv6 address hold. */
export function dottedAddress(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

function urlForm(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
